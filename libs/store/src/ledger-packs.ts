import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** What was handed out of the ledger. The rows never change, so a pack is made again from these few words. */
export type LedgerPack = {
  readonly packId: string;
  readonly madeBy: string;
  /** Courts whose events are shown in it; null: all. */
  readonly courtCodes: readonly string[] | null;
  readonly from: number;
  readonly to: number;
  readonly withReasons: boolean;
  readonly createdAt: string;
};

export type LedgerPacks = {
  create(pack: Omit<LedgerPack, 'packId' | 'createdAt'>, tx: Transaction): Promise<LedgerPack>;
  /** Null: there is none, or somebody else made it. */
  get(packId: string, madeBy: string): Promise<LedgerPack | null>;
};

export const openLedgerPacks = (context: StoreContext): LedgerPacks => ({
  create: (pack, tx) => create(context, pack, tx),
  get: (packId, madeBy) => get(context, packId, madeBy),
});

async function create(
  { newId, clock, toInstant }: StoreContext,
  pack: Omit<LedgerPack, 'packId' | 'createdAt'>,
  tx: Transaction,
): Promise<LedgerPack> {
  const packId = newId('aud');
  const at = clock();
  const courts = pack.courtCodes === null ? null : [...pack.courtCodes];
  await sql`INSERT INTO audit_packs (pack_id, made_by, court_codes, first_seq, last_seq, with_reasons, created_at)
    VALUES (${packId}, ${pack.madeBy}, ${courts}, ${pack.from}, ${pack.to}, ${pack.withReasons}, ${at})`.execute(tx);
  return { ...pack, packId, createdAt: toInstant(at) };
}

type Row = {
  pack_id: string;
  made_by: string;
  court_codes: string[] | null;
  first_seq: string;
  last_seq: string;
  with_reasons: boolean;
  created_at: Date;
};

async function get({ db, toInstant }: StoreContext, packId: string, madeBy: string): Promise<LedgerPack | null> {
  const { rows } = await sql<Row>`SELECT pack_id, made_by, court_codes, first_seq, last_seq, with_reasons, created_at
    FROM audit_packs WHERE pack_id = ${packId} AND made_by = ${madeBy}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return {
    packId,
    madeBy,
    courtCodes: row.court_codes,
    from: Number(row.first_seq),
    to: Number(row.last_seq),
    withReasons: row.with_reasons,
    createdAt: toInstant(row.created_at),
  };
}
