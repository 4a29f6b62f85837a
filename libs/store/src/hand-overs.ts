import { type HandOver, handOverKindSchema, type NewHandOver, type RowScope } from '#contracts';
import { sql } from 'kysely';
import { endAll } from './assignments.ts';
import type { Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';

/** Somebody of the court that gives the case away, who saw it: whether only the asking, or the payload too. */
export type CaseReader = { readonly userId: string; readonly payload: boolean };

export type HandOverToMake = NewHandOver & {
  readonly caseId: string;
  readonly fromCourtCode: string;
  readonly toCourtName: string;
  readonly by: string;
  readonly at: Date;
  readonly readableUntil: Date;
  readonly readers: readonly CaseReader[];
  /** User ids of the receiving court: they need no leave to read any more. */
  readonly atHome: readonly string[];
  /** Who works on the case until now. */
  readonly assigned: readonly string[];
};

/** Cases that went to another court (提级执行, 指定执行, 交叉执行). Number of the order and reason are sealed. */
export type HandOvers = {
  /**
   * The case goes with everything that hangs on it; what is under way goes on. The caller holds the lock of
   * `assignments.now`. Null: the case is at another court by now.
   */
  make(tx: Transaction, toMake: HandOverToMake): Promise<HandOver | null>;
  /** Oldest first. Empty too where the case is not theirs to see. */
  ofCase(caseId: string, rows: RowScope): Promise<readonly HandOver[]>;
};

export const openHandOvers = (context: StoreContext): HandOvers => ({
  make: (tx, toMake) => make(context, tx, toMake),
  ofCase: (caseId, rows) => handOversOf(context, caseId, rows),
});

const mostOfCase = 200;
const bodyPlace = (handOverId: string): string => `hand_overs.body/${handOverId}`;
type Body = { readonly documentNumber: string; readonly reason: string };

async function make(context: StoreContext, tx: Transaction, toMake: HandOverToMake): Promise<HandOver | null> {
  if (!(await moveCase(tx, toMake))) return null;
  const { caseId, by, at, reason, assigned } = toMake;
  await endAll(context, tx, { caseId, userIds: assigned, by, at, reason });
  const handOverId = context.newId('hov');
  await insertHandOver(context, tx, { ...toMake, handOverId });
  await moveReaders(tx, { ...toMake, handOverId });
  const { kind, fromCourtCode, toCourtCode, orderedBy, documentNumber, fileId } = toMake;
  return {
    ...{ handOverId, caseId, kind, fromCourtCode, toCourtCode, orderedBy, documentNumber, fileId, reason, by },
    at: context.toInstant(at),
    readableUntil: context.toInstant(toMake.readableUntil),
    readers: toMake.readers.length,
  };
}

/** Debtors and inquiries say at which court their case is, for lists; reports and answers follow their inquiry. */
async function moveCase(tx: Transaction, toMake: HandOverToMake): Promise<boolean> {
  const { caseId, fromCourtCode, toCourtCode, toCourtName } = toMake;
  const { rows } = await sql<{ case_id: string }>`UPDATE cases
    SET court_code = ${toCourtCode}, court_name = ${toCourtName}
    WHERE case_id = ${caseId} AND court_code = ${fromCourtCode} RETURNING case_id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`UPDATE debtors SET court_code = ${toCourtCode} WHERE case_id = ${caseId}`.execute(tx);
  // in one order, because a batch of answers locks several inquiries
  await sql`SELECT FROM inquiries WHERE case_id = ${caseId} ORDER BY inquiry_id FOR UPDATE`.execute(tx);
  await sql`UPDATE inquiries SET court_code = ${toCourtCode} WHERE case_id = ${caseId}`.execute(tx);
  return true;
}

async function insertHandOver(
  { seals }: StoreContext,
  tx: Transaction,
  toMake: HandOverToMake & { readonly handOverId: string },
): Promise<void> {
  const { handOverId, caseId, fromCourtCode, toCourtCode, kind, orderedBy, fileId, readers } = toMake;
  const { documentNumber, reason, at, by, readableUntil } = toMake;
  const body = seals.sealJson({ documentNumber, reason } satisfies Body, bodyPlace(handOverId));
  await sql`INSERT INTO hand_overs (hand_over_id, case_id, from_court_code, to_court_code, kind, ordered_by, file_id, body,
      at, by_user, readable_until, reader_count)
    VALUES (${handOverId}, ${caseId}, ${fromCourtCode}, ${toCourtCode}, ${kind}, ${orderedBy}, ${fileId}, ${body},
      ${at}, ${by}, ${readableUntil}, ${readers.length})`.execute(tx);
}

async function moveReaders(
  tx: Transaction,
  { handOverId, caseId, readers, readableUntil, atHome, at }: HandOverToMake & { readonly handOverId: string },
): Promise<void> {
  await sql`UPDATE case_readers SET until = ${at}
    WHERE case_id = ${caseId} AND until > ${at} AND user_id = ANY(${[...atHome]}::text[])`.execute(tx);
  const userIds = readers.map(({ userId }) => userId);
  const payloads = readers.map(({ payload }) => payload);
  await sql`INSERT INTO case_readers (hand_over_id, user_id, case_id, payload, until)
    SELECT ${handOverId}, user_id, ${caseId}, payload, ${readableUntil}::timestamptz
    FROM unnest(${userIds}::text[], ${payloads}::boolean[]) AS reader (user_id, payload)`.execute(tx);
}

type Row = {
  hand_over_id: string;
  from_court_code: string;
  to_court_code: string;
  kind: string;
  ordered_by: string;
  file_id: string;
  body: Buffer;
  at: Date;
  by_user: string;
  readable_until: Date;
  reader_count: number;
};

async function handOversOf(context: StoreContext, caseId: string, scope: RowScope): Promise<readonly HandOver[]> {
  const { db, seals, toInstant } = context;
  const { rows } =
    await sql<Row>`SELECT hand_over_id, from_court_code, to_court_code, kind, ordered_by, file_id, body, at,
      by_user, readable_until, reader_count
    FROM hand_overs WHERE case_id = ${caseId} AND ${seesCase(scope, 'hand_overs.case_id')}
    ORDER BY hand_over_id LIMIT ${mostOfCase}`.execute(db);
  return rows.map((row) => ({
    handOverId: row.hand_over_id,
    caseId,
    kind: handOverKindSchema.parse(row.kind),
    fromCourtCode: row.from_court_code,
    toCourtCode: row.to_court_code,
    orderedBy: row.ordered_by,
    fileId: row.file_id,
    ...seals.openJson<Body>(row.body, bodyPlace(row.hand_over_id)),
    at: toInstant(row.at),
    by: row.by_user,
    readableUntil: toInstant(row.readable_until),
    readers: row.reader_count,
  }));
}
