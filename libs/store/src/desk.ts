import type { CaseState, DeskCounters, DeskItem, NextAct, RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import { actsOfCases, asNextAct, type DeskSight, mostConsidered, rankOf } from './desk-acts.ts';
import { type DeskRow, deskItems } from './desk-rows.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type DeskPage = {
  readonly rows: RowScope;
  /** Whose reports' sentences are shown; null: nobody's. */
  readonly payload: RowScope | null;
  readonly limit: number;
  /** `deskPosition` of the last row of the page before; null: from the most urgent. */
  readonly after: string | null;
  readonly acts?: readonly NextAct[] | undefined;
  readonly states?: readonly CaseState[] | undefined;
};

/** The desk (工作台): what every case waits for, from plain columns; only the debtors of a page are opened. */
export type Desk = {
  /** Most urgent first, newest first among equals; over the newest cases, as many as `counters` says. */
  list(page: DeskPage): Promise<readonly DeskItem[]>;
  counters(rows: RowScope): Promise<DeskCounters>;
};

export const openDesk = (context: StoreContext): Desk => ({
  list: (page) => listDesk(context, page),
  counters: (rows) => countDesk(context, rows),
});

/** Where a page goes on: urgency changes while somebody reads, so a case may be seen twice, never be lost on the first page. */
const positionShape = /^(\d{1,2}) (case_[0-9A-Za-z-]{1,64})$/;

async function listDesk(context: StoreContext, page: DeskPage): Promise<readonly DeskItem[]> {
  const { rows: scope, payload, limit, acts, states } = page;
  const [, rank = null, caseId = null] = positionShape.exec(page.after ?? '') ?? [];
  const { rows } = await sql<DeskRow>`${chosen(context, scope)},
    page AS (SELECT chosen.* FROM chosen JOIN cases c USING (case_id)
      WHERE (${acts ?? null}::text[] IS NULL OR act = ANY(${[...(acts ?? [])]}::text[]))
        AND (${states ?? null}::text[] IS NULL OR c.state = ANY(${[...(states ?? [])]}::text[]))
        AND (${rank}::int IS NULL OR rank > ${rank}::int OR (rank = ${rank}::int AND chosen.case_id < ${caseId}))
      ORDER BY rank, chosen.case_id DESC LIMIT ${bounded(limit)})
    SELECT page.rank, page.act, page.case_id, page.inquiry_id, page.approval_id, c.case_number, c.court_code, c.state,
      c.created_at, c.claim_amount IS NULL AS no_claim, c.filed_on IS NULL AS no_filed_on,
      c.execution_notice_on IS NULL AS no_notice, owed.count AS debtor_count,
      i.due_at, i.asked_count, i.closed_at, i.latest_report_id, r.counts, live.answered,
      CASE WHEN ${payload === null ? sql`FALSE` : seesCase(payload, 'page.case_id')} THEN r.sentence END AS sentence,
      d.debtor_id, d.body AS debtor_body, d.created_at AS debtor_created_at
    FROM page JOIN cases c USING (case_id)
      LEFT JOIN inquiries i ON i.inquiry_id = page.inquiry_id
      LEFT JOIN reports r ON r.report_id = i.latest_report_id
      LEFT JOIN debtors d ON d.debtor_id = page.debtor_id
      CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM debtors WHERE case_id = page.case_id) AS owed
      LEFT JOIN LATERAL (${answeredOf}) AS live ON i.closed_at IS NULL
    ORDER BY page.rank, page.case_id DESC`.execute(context.db);
  return deskItems(context, rows);
}

/**
 * Agencies of a running inquiry that answered since they were last asked. Only a re-query takes an answer back; a part of
 * an answer is none yet.
 */
const answeredOf = sql`SELECT count(DISTINCT said.agency)::int AS answered FROM answers a,
    unnest(a.agency_ids, a.verdicts, a.settled) AS said (agency, verdict, settled)
  WHERE a.inquiry_id = i.inquiry_id AND said.verdict <> 'no-answer' AND said.settled
    AND NOT EXISTS (SELECT FROM inquiry_events e WHERE e.inquiry_id = i.inquiry_id AND e.kind = 'requeried'
      AND e.seq > a.seq AND said.agency = ANY(e.agency_ids))`;

/** WITH …: one row per case with its most urgent act. */
function chosen({ clock }: StoreContext, scope: RowScope): RawBuilder<unknown> {
  const sight: DeskSight = { scope, now: clock() };
  return sql`WITH ${actsOfCases(sight)},
    chosen AS (SELECT DISTINCT ON (case_id) * FROM acts ORDER BY case_id, rank, inquiry_id DESC NULLS LAST, debtor_id)`;
}

type CounterRow = { act: string; cases: number };

async function countDesk(context: StoreContext, scope: RowScope): Promise<DeskCounters> {
  const { rows } = await sql<CounterRow>`${chosen(context, scope)}
    SELECT act, count(*)::int AS cases FROM chosen GROUP BY act, rank ORDER BY rank`.execute(context.db);
  const acts = rows.map(({ act, cases }) => ({ act: asNextAct(act), cases }));
  const considered = acts.reduce((sum, { cases }) => sum + cases, 0);
  return { acts, considered, isWhole: considered < mostConsidered, at: context.toInstant(context.clock()) };
}

/** Where a page ends. */
export const deskPosition = ({ act, caseId }: Pick<DeskItem, 'act' | 'caseId'>): string => `${rankOf(act)} ${caseId}`;
