import type { NewSchedule, RowScope, ScheduleState, ScheduleView } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { type DueRun, prepareDue, type SentRun, sentToCompare, tellFailure } from './schedule-runs.ts';
import { readSchedules, reasonPlace } from './schedule-rows.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type { DueRun, SentRun } from './schedule-runs.ts';

export type ScheduleToMake = Pick<NewSchedule, 'inquiryId' | 'intervalMonths' | 'years' | 'scope' | 'reason'> & {
  readonly caseId: string;
  readonly debtorId: string;
  readonly days: readonly string[]; // of its runs, in order
  readonly by: string;
};
export type SchedulePage = {
  readonly rows: RowScope;
  readonly caseId?: string | undefined;
  /** Only those with a run that an officer is to send. */
  readonly isDue?: boolean | undefined;
  readonly after: string | null;
  readonly limit: number;
};
export type ScheduleChange = {
  readonly scheduleId: string;
  readonly rows: RowScope;
  readonly state: ScheduleState;
  readonly reason: string;
  readonly by: string;
};
export type RunKey = { readonly scheduleId: string; readonly runNo: number };

/** When debtors are asked about again after a case was terminated (终本后定期查询), with every run. */
export type Schedules = {
  /** Null: one stands already for this debtor in this case. */
  make(tx: Transaction, toMake: ScheduleToMake): Promise<ScheduleView | null>;
  get(scheduleId: string, rows: RowScope): Promise<ScheduleView | null>;
  /** Newest first. */
  list(page: SchedulePage): Promise<readonly ScheduleView[]>;
  /** Null: no such schedule, not theirs to act on, or it has ended. What is left of one that ends is dropped. */
  change(tx: Transaction, change: ScheduleChange): Promise<ScheduleView | null>;
  /** The run is sent by this inquiry. False: it was not waiting to be sent. */
  sent(tx: Transaction, run: RunKey & { readonly inquiryId: string }): Promise<boolean>;
  /** Runs of active schedules whose day has come, from now on to be sent; those before that nobody sent are missed. */
  prepareDue(today: string, limit: number): Promise<readonly DueRun[]>;
  /** Runs that were asked to the end and wait for their comparison. */
  toCompare(limit: number): Promise<readonly SentRun[]>;
  compared(tx: Transaction, run: RunKey & { readonly comparisonId: string }): Promise<void>;
  /** Counts it; after `mostAttempts` the run has failed. */
  failed(run: RunKey & { readonly failure: string; readonly mostAttempts: number }): Promise<boolean>;
};

export const openSchedules = (context: StoreContext): Schedules => ({
  make: (tx, toMake) => make(context, tx, toMake),
  get: async (scheduleId, rows) => {
    const where = sql`s.schedule_id = ${scheduleId}`;
    return (await readSchedules(context, context.db, { rows, where }))[0] ?? null;
  },
  list: ({ rows, caseId = null, isDue = false, after, limit }) =>
    readSchedules(context, context.db, {
      rows,
      where: sql`(${caseId}::text IS NULL OR s.case_id = ${caseId}) AND (${after}::text IS NULL OR s.schedule_id < ${after})
        AND (NOT ${isDue}::boolean OR EXISTS (SELECT FROM schedule_runs AS u
          WHERE u.schedule_id = s.schedule_id AND u.state = 'prepared'))
        ORDER BY s.schedule_id DESC LIMIT ${bounded(limit)}`,
    }),
  change: (tx, toChange) => change(context, tx, toChange),
  sent: async (tx, { scheduleId, runNo, inquiryId }) => {
    const { rows } =
      await sql`UPDATE schedule_runs SET state = 'sent', inquiry_id = ${inquiryId}, sent_at = ${context.clock()}
      WHERE schedule_id = ${scheduleId} AND run_no = ${runNo} AND state = 'prepared' RETURNING run_no`.execute(tx);
    return rows.length > 0;
  },
  prepareDue: (today, limit) => prepareDue(context, today, limit),
  toCompare: (limit) => sentToCompare(context, limit),
  compared: async (tx, { scheduleId, runNo, comparisonId }) => {
    await sql`UPDATE schedule_runs SET state = 'compared', comparison_id = ${comparisonId}, settled_at = ${context.clock()},
        failure = NULL
      WHERE schedule_id = ${scheduleId} AND run_no = ${runNo} AND state = 'sent'`.execute(tx);
  },
  failed: (run) => tellFailure(context, run),
});

async function make(context: StoreContext, tx: Transaction, toMake: ScheduleToMake): Promise<ScheduleView | null> {
  const { days, scope, reason, by } = toMake;
  const scheduleId = context.newId('sch');
  const at = context.clock();
  const sealed = context.seals.sealJson(reason, reasonPlace(scheduleId));
  const { rows } = await sql`INSERT INTO schedules (schedule_id, case_id, debtor_id, inquiry_id, interval_months, years,
      starts_on, ends_on, scope, state, state_reason, state_by, state_at, created_by, created_at)
    VALUES (${scheduleId}, ${toMake.caseId}, ${toMake.debtorId}, ${toMake.inquiryId}, ${toMake.intervalMonths},
      ${toMake.years}, ${days[0]}, ${days.at(-1)}, ${JSON.stringify(scope)}::jsonb, 'active', ${sealed}, ${by}, ${at},
      ${by}, ${at}) ON CONFLICT DO NOTHING RETURNING schedule_id`.execute(tx);
  if (rows.length === 0) return null;
  await sql`INSERT INTO schedule_runs (schedule_id, run_no, due_on, state)
    SELECT ${scheduleId}, no, day::date, 'planned' FROM unnest(${[...days]}::text[]) WITH ORDINALITY AS run (day, no)`.execute(
    tx,
  );
  const where = sql`s.schedule_id = ${scheduleId}`;
  return (await readSchedules(context, tx, { rows: 'inside', where }))[0] ?? null;
}

async function change(context: StoreContext, tx: Transaction, toChange: ScheduleChange): Promise<ScheduleView | null> {
  const { scheduleId, rows: scope, state, reason, by } = toChange;
  const at = context.clock();
  const { rows } = await sql`UPDATE schedules AS s SET state = ${state}, state_by = ${by}, state_at = ${at},
      state_reason = ${context.seals.sealJson(reason, reasonPlace(scheduleId))}
    WHERE s.schedule_id = ${scheduleId} AND s.state <> 'ended' AND ${seesCase(scope, 's.case_id')}
    RETURNING s.schedule_id`.execute(tx);
  if (rows.length === 0) return null;
  if (state === 'ended')
    await sql`UPDATE schedule_runs SET state = 'dropped', settled_at = ${at}
      WHERE schedule_id = ${scheduleId} AND state IN ('planned', 'prepared')`.execute(tx);
  const where = sql`s.schedule_id = ${scheduleId}`;
  return (await readSchedules(context, tx, { rows: scope, where }))[0] ?? null;
}
