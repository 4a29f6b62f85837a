import { type NextAct, nextActs, nextActSchema, type RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import { seenPage } from './row-scope.ts';

/** Cases that are looked at, newest first; more than an officer has, so that the desk costs the same for everybody. */
export const mostConsidered = 1_000;
const reviewAfterMonths = 6; // 终本 cases are asked about again (domain.md §10)

export type DeskSight = { readonly scope: RowScope; readonly now: Date };

/** Its place in the order of urgency. */
export const rankOf = (act: NextAct): number => nextActs.indexOf(act);
export const asNextAct = (text: string): NextAct => nextActSchema.parse(text);

/**
 * `seen, latest, acts`: everything that a seen case waits for, with whom or what it is about. Of every debtor the newest
 * inquiry speaks.
 */
export const actsOfCases = ({ scope, now }: DeskSight): RawBuilder<unknown> => sql`
  seen AS (${seenPage(scope, { table: 'cases', key: 'case_id', after: null, limit: mostConsidered })}),
  latest AS (SELECT DISTINCT ON (i.case_id, i.debtor_id) i.case_id, i.debtor_id, i.inquiry_id, i.due_at, i.closed_at,
      i.cancelled_at, i.requested_at, r.cause, (r.counts ->> 'noAnswer')::int AS no_answer
    FROM seen JOIN inquiries i USING (case_id) LEFT JOIN reports r ON r.report_id = i.latest_report_id
    ORDER BY i.case_id, i.debtor_id, i.inquiry_id DESC),
  found (case_id, act, debtor_id, inquiry_id, approval_id) AS (
    ${ofInquiries(now)} UNION ALL ${ofApprovals(now)} UNION ALL ${ofCases(now)}),
  acts AS (SELECT found.*, array_position(${[...nextActs]}::text[], act) - 1 AS rank FROM found)`;

/** What is unanswered is asked again only while the case goes on. A version is read before it is called whole. */
const ofInquiries = (now: Date): RawBuilder<unknown> => sql`
  SELECT l.case_id, CASE
      WHEN l.cancelled_at IS NOT NULL OR c.state = 'concluded' THEN 'nothing-to-do'
      WHEN l.closed_at IS NULL AND l.due_at < ${now}::timestamptz THEN 'overdue'
      WHEN l.closed_at IS NULL OR l.no_answer IS NULL THEN 'running'
      WHEN l.no_answer > 0 THEN 'ask-again'
      WHEN l.cause = 'late-answer' THEN 'late-answer'
      ELSE 'report-to-read' END,
    l.debtor_id, l.inquiry_id, NULL::text
  FROM latest l JOIN cases c USING (case_id)`;

const ofApprovals = (now: Date): RawBuilder<unknown> => sql`
  SELECT a.case_id, CASE a.state WHEN 'approved' THEN 'approved-not-sent' ELSE 'approval-waiting' END,
    a.debtor_id, NULL, a.approval_id
  FROM seen JOIN approvals a USING (case_id)
  WHERE a.state IN ('waiting', 'approved') AND a.expires_at > ${now}::timestamptz`;

const ofCases = (now: Date): RawBuilder<unknown> => sql`
  SELECT c.case_id, 'ready-to-ask', d.debtor_id, NULL, NULL
  FROM seen JOIN cases c USING (case_id) JOIN debtors d USING (case_id)
  WHERE c.state IN ('in-progress', 'resumed') AND NOT EXISTS (SELECT FROM latest l WHERE l.debtor_id = d.debtor_id)
  UNION ALL
  SELECT c.case_id, 'no-debtor', NULL, NULL, NULL FROM seen JOIN cases c USING (case_id)
  WHERE c.state <> 'concluded' AND NOT EXISTS (SELECT FROM debtors d WHERE d.case_id = c.case_id)
  UNION ALL
  SELECT c.case_id, 'review-due', newest.debtor_id, newest.inquiry_id, NULL FROM seen JOIN cases c USING (case_id)
    CROSS JOIN LATERAL (SELECT * FROM latest l WHERE l.case_id = c.case_id ORDER BY inquiry_id DESC LIMIT 1) AS newest
  WHERE c.state = 'terminated' AND newest.requested_at < ${now}::timestamptz - make_interval(months => ${reviewAfterMonths})
  UNION ALL
  SELECT case_id, 'nothing-to-do', NULL, NULL, NULL FROM seen`;
