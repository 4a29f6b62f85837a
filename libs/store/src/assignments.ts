import type { RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import { instantOrNull, type StoreContext } from './store-context.ts';

export type AssignmentToMake = {
  readonly caseId: string;
  readonly userId: string;
  readonly by: string;
  readonly at: Date;
  /** Null: by entering the case. */
  readonly reason: string | null;
};
export type AssignmentEnd = Omit<AssignmentToMake, 'reason'> & {
  readonly reason: string;
  /** The case may be left with nobody. */
  readonly mayLeaveNobody: boolean;
};

export type StoredAssignment = {
  readonly userId: string;
  readonly since: string;
  readonly assignedBy: string;
  readonly reason: string | null;
  readonly until: string | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
};

/** Who works on a case (分案): officers of its court, with the history. Reasons are sealed. */
export type Assignments = {
  /** Oldest first; those that ended among them. Empty too where the case is not theirs to see. */
  ofCase(caseId: string, rows: RowScope): Promise<readonly StoredAssignment[]>;
  /** User ids of those who work on it now; locks the case until the end of the transaction. */
  now(tx: Transaction, caseId: string): Promise<readonly string[]>;
  /** False: assigned already. */
  assign(tx: Transaction, toMake: AssignmentToMake): Promise<boolean>;
  end(tx: Transaction, toMake: AssignmentEnd): Promise<'ended' | 'not-assigned' | 'the-last'>;
};

export const openAssignments = (context: StoreContext): Assignments => ({
  ofCase: (caseId, rows) => assignmentsOf(context, caseId, rows),
  now: (tx, caseId) => assignedNow(tx, caseId),
  assign: (tx, toMake) => assign(context, tx, toMake),
  end: (tx, toMake) => end(context, tx, toMake),
});

const mostOfCase = 1_000;
const reasonPlace = (assignmentId: string): string => `case_officers.reason/${assignmentId}`;
const endPlace = (assignmentId: string): string => `case_officers.end_reason/${assignmentId}`;

export async function assign(context: StoreContext, tx: Transaction, toMake: AssignmentToMake): Promise<boolean> {
  const { caseId, userId, by, at, reason } = toMake;
  const id = context.newId('asg');
  const sealed = reason === null ? null : context.seals.sealJson(reason, reasonPlace(id));
  const { rows } = await sql<{ user_id: string }>`
    INSERT INTO case_officers (assignment_id, case_id, user_id, since, assigned_by, reason)
    VALUES (${id}, ${caseId}, ${userId}, ${at}, ${by}, ${sealed}) ON CONFLICT DO NOTHING RETURNING user_id`.execute(tx);
  return rows.length > 0;
}

async function assignedNow(tx: Transaction, caseId: string): Promise<readonly string[]> {
  await sql`SELECT FROM cases WHERE case_id = ${caseId} FOR NO KEY UPDATE`.execute(tx);
  const { rows } = await sql<{ user_id: string }>`SELECT user_id FROM case_officers
    WHERE case_id = ${caseId} AND until IS NULL ORDER BY user_id`.execute(tx);
  return rows.map((row) => row.user_id);
}

async function end(
  context: StoreContext,
  tx: Transaction,
  { caseId, userId, by, at, reason, mayLeaveNobody }: AssignmentEnd,
): Promise<'ended' | 'not-assigned' | 'the-last'> {
  const now = await assignedNow(tx, caseId);
  if (!now.includes(userId)) return 'not-assigned';
  if (now.length === 1 && !mayLeaveNobody) return 'the-last';
  await endAll(context, tx, { caseId, userIds: [userId], by, at, reason });
  return 'ended';
}

type Ends = {
  readonly caseId: string;
  readonly userIds: readonly string[];
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
};

/** Ends what these people have of a case now. */
export async function endAll(
  { seals }: StoreContext,
  tx: Transaction,
  { caseId, userIds, by, at, reason }: Ends,
): Promise<void> {
  const { rows } = await sql<{ assignment_id: string }>`SELECT assignment_id FROM case_officers
    WHERE case_id = ${caseId} AND user_id = ANY(${[...userIds]}::text[]) AND until IS NULL FOR UPDATE`.execute(tx);
  for (const { assignment_id: id } of rows)
    await sql`UPDATE case_officers SET until = ${at}, ended_by = ${by}, end_reason = ${seals.sealJson(reason, endPlace(id))}
      WHERE assignment_id = ${id}`.execute(tx);
}

type Row = {
  assignment_id: string;
  user_id: string;
  since: Date;
  assigned_by: string;
  reason: Buffer | null;
  until: Date | null;
  ended_by: string | null;
  end_reason: Buffer | null;
};

async function assignmentsOf(
  context: StoreContext,
  caseId: string,
  scope: RowScope,
): Promise<readonly StoredAssignment[]> {
  const { db, seals, toInstant } = context;
  const { rows } = await sql<Row>`SELECT assignment_id, user_id, since, assigned_by, reason, until, ended_by, end_reason
    FROM case_officers WHERE case_id = ${caseId} AND ${seesCase(scope, 'case_officers.case_id')}
    ORDER BY assignment_id LIMIT ${mostOfCase}`.execute(db);
  return rows.map((row) => ({
    userId: row.user_id,
    since: toInstant(row.since),
    assignedBy: row.assigned_by,
    reason: row.reason === null ? null : seals.openJson<string>(row.reason, reasonPlace(row.assignment_id)),
    until: instantOrNull(context, row.until),
    endedBy: row.ended_by,
    endReason: row.end_reason === null ? null : seals.openJson<string>(row.end_reason, endPlace(row.assignment_id)),
  }));
}
