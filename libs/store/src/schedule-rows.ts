import { type RowScope, type ScheduleView, scheduleViewSchema } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './database.ts';
import { seesCase } from './row-scope.ts';
import { instantOrNull, type StoreContext } from './store-context.ts';

type Row = {
  schedule_id: string;
  case_id: string;
  debtor_id: string;
  inquiry_id: string;
  interval_months: number;
  years: number;
  starts_on: string;
  ends_on: string;
  scope: unknown;
  state: string;
  state_reason: Buffer;
  state_by: string;
  state_at: Date;
  created_by: string;
  created_at: Date;
};
type RunRow = {
  schedule_id: string;
  run_no: number;
  due_on: string;
  state: string;
  prepared_at: Date | null;
  inquiry_id: string | null;
  sent_at: Date | null;
  comparison_id: string | null;
  settled_at: Date | null;
  attempts: number;
  failure: string | null;
};

const columns = sql`s.schedule_id, s.case_id, s.debtor_id, s.inquiry_id, s.interval_months, s.years,
  s.starts_on::text AS starts_on, s.ends_on::text AS ends_on, s.scope, s.state, s.state_reason, s.state_by, s.state_at,
  s.created_by, s.created_at`;
export const reasonPlace = (scheduleId: string): string => `schedules.state_reason/${scheduleId}`;

export type SchedulesAsked = {
  readonly rows: RowScope;
  /** A condition over `schedules AS s`, with its order and limit. */
  readonly where: RawBuilder<unknown>;
};

/** Schedules with their runs. `db`: the store's, or a transaction. */
export async function readSchedules(
  context: StoreContext,
  db: Db,
  { rows: scope, where }: SchedulesAsked,
): Promise<readonly ScheduleView[]> {
  const { rows } = await sql<Row>`SELECT ${columns} FROM schedules AS s
    WHERE ${seesCase(scope, 's.case_id')} AND ${where}`.execute(db);
  const runs = await sql<RunRow>`SELECT schedule_id, run_no, due_on::text AS due_on, state, prepared_at, inquiry_id,
      sent_at, comparison_id, settled_at, attempts, failure
    FROM schedule_runs WHERE schedule_id = ANY(${rows.map((row) => row.schedule_id)}::text[])
    ORDER BY schedule_id, run_no`.execute(db);
  const ofSchedule = Map.groupBy(runs.rows, (run) => run.schedule_id);
  return rows.map((row) => scheduleOf(context, row, ofSchedule.get(row.schedule_id) ?? []));
}

const scheduleOf = (context: StoreContext, row: Row, runs: readonly RunRow[]): ScheduleView =>
  scheduleViewSchema.parse({
    scheduleId: row.schedule_id,
    caseId: row.case_id,
    debtorId: row.debtor_id,
    inquiryId: row.inquiry_id,
    purpose: 'post-termination-requery',
    intervalMonths: row.interval_months,
    years: row.years,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    scope: row.scope,
    state: row.state,
    stateReason: context.seals.openJson<string>(row.state_reason, reasonPlace(row.schedule_id)),
    stateBy: row.state_by,
    stateAt: context.toInstant(row.state_at),
    createdBy: row.created_by,
    createdAt: context.toInstant(row.created_at),
    nextDueOn: row.state === 'ended' ? null : (runs.find(({ state }) => state === 'planned')?.due_on ?? null),
    runs: runs.map((run) => ({
      runNo: run.run_no,
      dueOn: run.due_on,
      state: run.state,
      preparedAt: instantOrNull(context, run.prepared_at),
      inquiryId: run.inquiry_id,
      sentAt: instantOrNull(context, run.sent_at),
      comparisonId: run.comparison_id,
      settledAt: instantOrNull(context, run.settled_at),
      attempts: run.attempts,
      failure: run.failure,
    })),
  });
