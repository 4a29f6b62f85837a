import { type ExportClaims, type ExportSignature, type ExportView, exportViewSchema } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { rememberKey } from './signing-keys.ts';
import type { StoreContext } from './store-context.ts';

export type ExportToKeep = {
  readonly exportId: string;
  readonly reportId: string;
  readonly inquiryId: string;
  readonly createdBy: string;
  readonly mask: ExportView['mask'];
  readonly draft: boolean;
  readonly format: ExportView['format'];
  readonly hash: string;
  readonly content: Uint8Array;
  readonly expiresAt: Date;
};

/** What left the product (导出), sealed, for a short time, and only for whoever asked for it. */
export type Exports = {
  /** Signs what is exported, with the key that reports are signed with. */
  sign(claims: ExportClaims): ExportSignature;
  /** Keeps it in the transaction that also writes the ledger: there is no export without its entry. */
  keep(tx: Transaction, made: ExportToKeep): Promise<ExportView>;
  /** Null: no such export, or somebody else's. */
  get(exportId: string, userId: string): Promise<ExportView | null>;
  /** The document as it was made; null: expired, or not theirs. */
  content(exportId: string, userId: string): Promise<Uint8Array | null>;
};

export const openExports = (context: StoreContext): Exports => ({
  sign: (claims) => ({ claims, jws: context.signer.sign(claims) }),
  keep: (tx, made) => keep(context, tx, made),
  get: (exportId, userId) => find(context, exportId, userId),
  content: (exportId, userId) => readContent(context, exportId, userId),
});

const contentPlace = (exportId: string): string => `exports.content/${exportId}`;

async function keep(context: StoreContext, tx: Transaction, made: ExportToKeep): Promise<ExportView> {
  const { exportId, content } = made;
  const at = context.clock();
  const sealed = context.seals.sealBytes(content, contentPlace(exportId));
  await rememberKey(context, tx);
  await sql`INSERT INTO exports (export_id, report_id, inquiry_id, created_by, mask, draft, size_bytes, hash, content,
      created_at, expires_at, format)
    VALUES (${exportId}, ${made.reportId}, ${made.inquiryId}, ${made.createdBy}, ${made.mask}, ${made.draft},
      ${content.length}, ${made.hash}, ${sealed}, ${at}, ${made.expiresAt}, ${made.format})`.execute(tx);
  return viewOf(context, {
    ...{ export_id: exportId, report_id: made.reportId, mask: made.mask, draft: made.draft, hash: made.hash },
    format: made.format,
    ...{ size_bytes: content.length, created_at: at, expires_at: made.expiresAt, is_kept: true },
  });
}

type Row = {
  export_id: string;
  format: string;
  report_id: string;
  mask: string;
  draft: boolean;
  size_bytes: number;
  hash: string;
  created_at: Date;
  expires_at: Date;
  is_kept: boolean;
};

function viewOf({ clock, toInstant }: StoreContext, row: Row): ExportView {
  const isReady = row.is_kept && row.expires_at > clock();
  return exportViewSchema.parse({
    exportId: row.export_id,
    source: { kind: 'report', id: row.report_id },
    format: row.format,
    mask: row.mask,
    draft: row.draft,
    state: isReady ? 'ready' : 'expired',
    sizeBytes: row.size_bytes,
    hash: row.hash,
    createdAt: toInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
  });
}

async function find(context: StoreContext, exportId: string, userId: string): Promise<ExportView | null> {
  const { rows } =
    await sql<Row>`SELECT export_id, report_id, format, mask, draft, size_bytes, hash, created_at, expires_at,
      content IS NOT NULL AS is_kept FROM exports
    WHERE export_id = ${exportId} AND created_by = ${userId}`.execute(context.db);
  return rows[0] ? viewOf(context, rows[0]) : null;
}

async function readContent(context: StoreContext, exportId: string, userId: string): Promise<Uint8Array | null> {
  const { rows } = await sql<{ content: Buffer | null }>`SELECT content FROM exports
    WHERE export_id = ${exportId} AND created_by = ${userId} AND expires_at > ${context.clock()}`.execute(context.db);
  const sealed = rows[0]?.content ?? null;
  return sealed === null ? null : context.seals.openBytes(sealed, contentPlace(exportId));
}
