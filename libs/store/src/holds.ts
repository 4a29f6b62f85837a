import { type AuditEntry, type HoldView, holdViewSchema, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { openLedger } from './ledger.ts';
import { waitForSweep } from './retention/sweep-lock.ts';
import { seesCase } from './row-scope.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type HoldToPlace = {
  readonly caseId: string;
  readonly inquiryId: string | null; // null: the whole case
  readonly reason: string;
  readonly placedBy: string;
};
export type HoldToLift = { readonly holdId: string; readonly by: string; readonly rows: RowScope };
export type HoldPage = {
  readonly rows: RowScope;
  readonly after: string | null; // the last id of the page before
  readonly limit: number;
};

/** Legal holds (法律保留): what they cover is never removed by age. */
export type Holds = {
  /** In force from the commit on; waits for a removal that is under way. */
  place(tx: Transaction, hold: HoldToPlace): Promise<HoldView>;
  /**
   * Lifts it and enters that into the ledger. Null: no such hold, or of a case that is not theirs to act on. One that is
   * lifted already stays as it is, and nothing is entered.
   */
  lift(lifted: HoldToLift, entry: (hold: HoldView) => AuditEntry): Promise<HoldView | null>;
  get(holdId: string, rows: RowScope): Promise<HoldView | null>;
  /** Newest first, lifted ones as well. */
  list(page: HoldPage): Promise<readonly HoldView[]>;
};

export const openHolds = (context: StoreContext): Holds => ({
  place: (tx, hold) => place(context, tx, hold),
  lift: (lifted, entry) => inTransaction(context.db, (tx) => lift({ ...context, db: tx }, tx, { ...lifted, entry })),
  get: (holdId, rows) => getHold(context, holdId, rows),
  list: async ({ rows, after, limit }) => {
    const found = await sql<Row>`SELECT ${columns} FROM legal_holds AS h
      WHERE (${after}::text IS NULL OR hold_id < ${after}) AND ${seesCase(rows, 'h.case_id')}
      ORDER BY hold_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
    return found.rows.map((row) => viewOf(context, row));
  },
});

type Row = {
  hold_id: string;
  case_id: string;
  inquiry_id: string | null;
  reason: Buffer;
  placed_by: string;
  placed_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
};
const columns = sql`h.hold_id, h.case_id, h.inquiry_id, h.reason, h.placed_by, h.placed_at, h.lifted_by, h.lifted_at`;
const reasonPlace = (holdId: string): string => `legal_holds.reason/${holdId}`;

const viewOf = (context: StoreContext, row: Row): HoldView =>
  holdViewSchema.parse({
    holdId: row.hold_id,
    caseId: row.case_id,
    inquiryId: row.inquiry_id,
    reason: context.seals.openJson<string>(row.reason, reasonPlace(row.hold_id)),
    placedBy: row.placed_by,
    placedAt: context.toInstant(row.placed_at),
    liftedBy: row.lifted_by,
    liftedAt: instantOrNull(context, row.lifted_at),
  });

async function place(context: StoreContext, tx: Transaction, hold: HoldToPlace): Promise<HoldView> {
  const { caseId, inquiryId, reason, placedBy } = hold;
  const holdId = context.newId('hold');
  await waitForSweep(tx);
  const { rows } =
    await sql<Row>`INSERT INTO legal_holds AS h (hold_id, case_id, inquiry_id, reason, placed_by, placed_at)
    VALUES (${holdId}, ${caseId}, ${inquiryId}, ${context.seals.sealJson(reason, reasonPlace(holdId))}, ${placedBy},
      ${context.clock()}) RETURNING ${columns}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('a row was inserted and not returned');
  return viewOf(context, row);
}

type Lifting = HoldToLift & { readonly entry: (hold: HoldView) => AuditEntry };

async function lift(
  context: StoreContext,
  tx: Transaction,
  { holdId, by, rows, entry }: Lifting,
): Promise<HoldView | null> {
  const lifted = await sql<Row>`UPDATE legal_holds AS h SET lifted_by = ${by}, lifted_at = ${context.clock()}
    WHERE hold_id = ${holdId} AND h.lifted_at IS NULL AND ${seesCase(rows, 'h.case_id')} RETURNING ${columns}`.execute(
    tx,
  );
  const [row] = lifted.rows;
  if (!row) return getHold(context, holdId, rows);
  const view = viewOf(context, row);
  await openLedger(context).record(entry(view), tx);
  return view;
}

async function getHold(context: StoreContext, holdId: string, rows: RowScope): Promise<HoldView | null> {
  const found = await sql<Row>`SELECT ${columns} FROM legal_holds AS h
    WHERE hold_id = ${holdId} AND ${seesCase(rows, 'h.case_id')}`.execute(context.db);
  return found.rows[0] ? viewOf(context, found.rows[0]) : null;
}
