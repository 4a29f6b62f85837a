import { sql } from 'kysely';
import { bounded, type StoreContext } from './store-context.ts';

/** A run whose day has come. */
export type DueRun = { readonly scheduleId: string; readonly runNo: number };

/** A run that was asked to the end, with the two versions to compare. */
export type SentRun = DueRun & {
  readonly caseId: string;
  readonly debtorId: string;
  readonly newerReportId: string;
  /** That of the last run that was compared, else of the inquiry that is repeated; null: there is none. */
  readonly olderReportId: string | null;
};

/** One statement: several workers may run it at once, and every run is prepared by one of them. */
export async function prepareDue(
  { db, clock }: StoreContext,
  today: string,
  limit: number,
): Promise<readonly DueRun[]> {
  const at = clock();
  const { rows } = await sql<{ schedule_id: string; run_no: number }>`WITH due AS (
      SELECT u.schedule_id, u.run_no FROM schedule_runs AS u JOIN schedules AS s USING (schedule_id)
      WHERE u.state = 'planned' AND u.due_on <= ${today}::date AND s.state = 'active'
      ORDER BY u.due_on, u.schedule_id LIMIT ${bounded(limit)} FOR UPDATE OF u SKIP LOCKED),
    last AS (SELECT schedule_id, max(run_no) AS run_no FROM due GROUP BY schedule_id),
    missed AS (
      UPDATE schedule_runs AS u SET state = 'missed', settled_at = ${at} FROM last
      WHERE u.schedule_id = last.schedule_id AND u.run_no < last.run_no AND u.state IN ('planned', 'prepared'))
    UPDATE schedule_runs AS u SET state = 'prepared', prepared_at = ${at} FROM last
    WHERE u.schedule_id = last.schedule_id AND u.run_no = last.run_no
    RETURNING u.schedule_id, u.run_no`.execute(db);
  return rows.map((row) => ({ scheduleId: row.schedule_id, runNo: row.run_no }));
}

type SentRow = {
  schedule_id: string;
  run_no: number;
  case_id: string;
  debtor_id: string;
  newer: string;
  older: string | null;
};

/** Asked to the end: closed, or every shard settled; and everything of it is in a version. */
export async function sentToCompare({ db }: StoreContext, limit: number): Promise<readonly SentRun[]> {
  const { rows } = await sql<SentRow>`SELECT u.schedule_id, u.run_no, s.case_id, s.debtor_id,
      i.latest_report_id AS newer, coalesce(before.newer_report_id, basis.latest_report_id) AS older
    FROM schedule_runs AS u JOIN schedules AS s USING (schedule_id)
      JOIN inquiries AS i ON i.inquiry_id = u.inquiry_id
      JOIN inquiries AS basis ON basis.inquiry_id = s.inquiry_id
      LEFT JOIN LATERAL (SELECT c.newer_report_id FROM schedule_runs AS b JOIN comparisons AS c USING (comparison_id)
        WHERE b.schedule_id = u.schedule_id AND b.run_no < u.run_no ORDER BY b.run_no DESC LIMIT 1) AS before ON TRUE
    WHERE u.state = 'sent' AND i.latest_report_id IS NOT NULL AND NOT i.merge_due
      AND (i.closed_at IS NOT NULL
        OR NOT EXISTS (SELECT FROM shards AS h WHERE h.inquiry_id = i.inquiry_id AND NOT h.settled))
    ORDER BY u.sent_at LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => ({
    scheduleId: row.schedule_id,
    runNo: row.run_no,
    caseId: row.case_id,
    debtorId: row.debtor_id,
    newerReportId: row.newer,
    olderReportId: row.older,
  }));
}

type Failure = DueRun & { readonly failure: string; readonly mostAttempts: number };

/** @returns whether it has failed for good */
export async function tellFailure(
  { db, clock }: StoreContext,
  { scheduleId, runNo, failure, mostAttempts }: Failure,
): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`UPDATE schedule_runs SET attempts = attempts + 1, failure = ${failure},
      state = CASE WHEN attempts + 1 >= ${mostAttempts} THEN 'failed' ELSE state END,
      settled_at = CASE WHEN attempts + 1 >= ${mostAttempts} THEN ${clock()}::timestamptz ELSE settled_at END
    WHERE schedule_id = ${scheduleId} AND run_no = ${runNo} AND state = 'sent' RETURNING state`.execute(db);
  return rows[0]?.state === 'failed';
}
