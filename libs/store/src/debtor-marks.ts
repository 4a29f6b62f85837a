import { type DebtorMarkView, debtorMarkViewSchema } from '#contracts';
import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

export type MarkToSet = {
  readonly debtorId: string;
  readonly sensitive: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
};

/**
 * Marks of people (敏感对象): kept sealed, and found by blind index, so that a mark holds in every case of every court that
 * has this person. The newest one counts.
 */
export type DebtorMarks = {
  set(mark: MarkToSet, tx: Transaction): Promise<DebtorMarkView>;
  /** Never marked: neither reason nor person nor time. */
  get(debtorId: string): Promise<DebtorMarkView>;
};

export const openDebtorMarks = (context: StoreContext): DebtorMarks => ({
  set: (mark, tx) => setMark(context, tx, mark),
  get: (debtorId) => getMark(context, debtorId),
});

const bodySchema = debtorMarkViewSchema.omit({ debtorId: true });
const markPlace = (debtorId: string): string => `debtor_marks.body/${debtorId}`;

async function setMark({ seals, toInstant }: StoreContext, tx: Db, mark: MarkToSet): Promise<DebtorMarkView> {
  const { debtorId, sensitive, reason, by, at } = mark;
  const body = { sensitive, reason, by, at: toInstant(at) };
  await sql`INSERT INTO debtor_marks (debtor_id, body)
    VALUES (${debtorId}, ${seals.sealJson(body, markPlace(debtorId))})`.execute(tx);
  return { debtorId, ...body };
}

async function getMark({ db, seals }: StoreContext, debtorId: string): Promise<DebtorMarkView> {
  const { rows } = await sql<{ debtor_id: string; body: Buffer }>`SELECT m.debtor_id, m.body
    FROM debtor_marks m JOIN debtors d ON d.debtor_id = m.debtor_id
    WHERE d.id_indexes && (SELECT id_indexes FROM debtors WHERE debtor_id = ${debtorId})
    ORDER BY m.mark_id DESC LIMIT 1`.execute(db);
  const [row] = rows;
  if (!row) return { debtorId, sensitive: false, reason: null, by: null, at: null };
  return { debtorId, ...bodySchema.parse(seals.openJson<unknown>(row.body, markPlace(row.debtor_id))) };
}
