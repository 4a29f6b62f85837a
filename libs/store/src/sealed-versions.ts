import { type ReportSignature, reportSignatureSchema } from '#contracts';
import { sql } from 'kysely';
import type { StoreContext } from './store-context.ts';

/** What may be said of a version to anybody who has its hash: nothing of its content. */
export type SealedVersion = {
  readonly reportId: string;
  readonly reportVersion: number;
  readonly contentHash: string;
  readonly sealedAt: string;
  readonly signature: ReportSignature | null;
  readonly supersededBy: { readonly reportId: string; readonly reportVersion: number } | null; // the newest one
};

type Row = {
  report_version: number;
  content_hash: string;
  created_at: Date;
  signature: unknown;
  latest_report_id: string;
  latest_report_version: number;
};

/** Without a row scope, because it is for everybody; null: no such version. */
export async function readSealedVersion(
  { db, toInstant }: StoreContext,
  reportId: string,
): Promise<SealedVersion | null> {
  const { rows } =
    await sql<Row>`SELECT r.report_version, r.content_hash, r.created_at, r.signature, i.latest_report_id,
      i.latest_report_version
    FROM reports r JOIN inquiries i USING (inquiry_id) WHERE r.report_id = ${reportId}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { latest_report_id: newest, latest_report_version: reportVersion } = row;
  return {
    reportId,
    reportVersion: row.report_version,
    contentHash: row.content_hash,
    sealedAt: toInstant(row.created_at),
    signature: readSignature(row.signature),
    supersededBy: newest === reportId ? null : { reportId: newest, reportVersion },
  };
}

export const readSignature = (column: unknown): ReportSignature | null =>
  column === null ? null : reportSignatureSchema.parse(column);
