import type { AgencyFigures } from '#contracts';
import { sql } from 'kysely';
import { recoverableReasons } from './recovery.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';

export type OutageQuestion = {
  readonly agencyId: string;
  /** When the agency was found not to answer. */
  readonly from: Date;
  readonly until: Date;
  /** Lines that will be tried again on their own wait too, but are not asked again. */
  readonly settledOnly: boolean;
  readonly limit: number;
};
export type Waiting = { readonly inquiryId: string; readonly courtCode: string };
export type BreakerNews = {
  readonly agencyId: string;
  readonly cause: unknown;
};

/** What operators are told about an agency that fails, out of the journal; counts and ids, nothing that is sealed. */
export type Outages = {
  /** Newest first: inquiries whose last word about the agency is `no-answer` because it could not be reached. */
  waiting(asked: OutageQuestion): Promise<readonly Waiting[]>;
  /** The newest change of the breaker of each agency. */
  causes(agencyIds: readonly string[]): Promise<readonly BreakerNews[]>;
  figures(agencyId: string, from: Date, at: Date): Promise<AgencyFigures>;
};

export const openOutages = (context: StoreContext): Outages => ({
  waiting: (asked) => waiting(context, asked),
  causes: (agencyIds) => causes(context, agencyIds),
  figures: (agencyId, from, at) => figures(context, { agencyId, from, at }),
});

/** Longest life of an inquiry that is looked back at: older ones are nobody's backlog. */
const oldestMs = 30 * 86_400_000;

async function waiting({ db }: StoreContext, asked: OutageQuestion): Promise<readonly Waiting[]> {
  const { agencyId, from, until, settledOnly } = asked;
  const { rows } = await sql<{ inquiry_id: string; court_code: string }>`
    SELECT i.inquiry_id, i.court_code FROM inquiries i CROSS JOIN LATERAL (
      SELECT a.at, a.seq, a.reasons[array_position(a.agency_ids, ${agencyId}::text)] AS reason,
        a.settled[array_position(a.agency_ids, ${agencyId}::text)] AS settled
      FROM answers a WHERE a.inquiry_id = i.inquiry_id AND a.agency_ids @> ARRAY[${agencyId}]::text[]
      ORDER BY a.seq DESC LIMIT 1) AS last
    WHERE i.requested_at >= ${new Date(from.getTime() - oldestMs)} AND i.requested_at <= ${until}
      AND last.at >= ${from} AND last.at <= ${until} AND last.reason = ANY(${[...recoverableReasons]}::text[])
      AND (last.settled OR NOT ${settledOnly}) AND i.cancelled_at IS NULL
      AND NOT EXISTS (SELECT FROM inquiry_events e WHERE ${settledOnly} AND e.inquiry_id = i.inquiry_id
        AND e.kind = 'requeried' AND e.seq > last.seq AND e.agency_ids @> ARRAY[${agencyId}]::text[])
      AND NOT EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = i.inquiry_id)
      AND NOT EXISTS (SELECT FROM cases c WHERE c.case_id = i.case_id AND c.state IN ('suspended', 'concluded'))
    ORDER BY i.inquiry_id DESC LIMIT ${bounded(asked.limit)}`.execute(db);
  return rows.map((row) => ({ inquiryId: row.inquiry_id, courtCode: row.court_code }));
}

async function causes({ db }: StoreContext, agencyIds: readonly string[]): Promise<readonly BreakerNews[]> {
  const { rows } = await sql<{ agency_id: string; cause: unknown }>`SELECT DISTINCT ON (agency_id) agency_id, cause
    FROM breaker_transitions WHERE agency_id = ANY(${[...agencyIds]}::text[]) AND to_state = 'open'
    ORDER BY agency_id, transition_id DESC`.execute(db);
  return rows.map((row) => ({ agencyId: row.agency_id, cause: row.cause }));
}

type Window = { readonly agencyId: string; readonly from: Date; readonly at: Date };
type FigureRow = {
  hour: Date | null; // null: all of them
  found: number;
  nothing: number;
  no_answer: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  last_entry: Date | null;
  last_answer: Date | null;
};

async function figures(context: StoreContext, { agencyId, from, at }: Window): Promise<AgencyFigures> {
  const { rows } = await sql<FigureRow>`WITH told AS (
      SELECT one.verdict, one.received_at, extract(epoch FROM one.received_at - i.requested_at) * 1000 AS wait
      FROM inquiries i JOIN answers a USING (inquiry_id)
        CROSS JOIN LATERAL unnest(a.agency_ids, a.verdicts, a.received_at) AS one (agency_id, verdict, received_at)
      WHERE i.requested_at >= ${from} AND a.agency_ids @> ARRAY[${agencyId}]::text[] AND one.agency_id = ${agencyId}
        AND one.received_at >= ${from} AND one.received_at <= ${at})
    SELECT date_trunc('hour', received_at) AS hour,
      count(*) FILTER (WHERE verdict = 'found')::int AS found,
      count(*) FILTER (WHERE verdict = 'nothing')::int AS nothing,
      count(*) FILTER (WHERE verdict = 'no-answer')::int AS no_answer,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) FILTER (WHERE verdict <> 'no-answer'))::float8 AS p50,
      (percentile_cont(0.95) WITHIN GROUP (ORDER BY wait) FILTER (WHERE verdict <> 'no-answer'))::float8 AS p95,
      (percentile_cont(0.99) WITHIN GROUP (ORDER BY wait) FILTER (WHERE verdict <> 'no-answer'))::float8 AS p99,
      max(received_at) AS last_entry, max(received_at) FILTER (WHERE verdict <> 'no-answer') AS last_answer
    FROM told GROUP BY GROUPING SETS ((), (date_trunc('hour', received_at))) ORDER BY hour`.execute(context.db);
  const { toInstant } = context;
  const all = rows.find(({ hour }) => hour === null);
  const whole = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Math.max(0, Math.round(value));
  const [p50, p95, p99] = [whole(all?.p50), whole(all?.p95), whole(all?.p99)];
  return {
    agencyId,
    from: toInstant(from),
    at: toInstant(at),
    entries: entriesOf(all),
    waitMs: p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 },
    hours: rows.flatMap((row) =>
      row.hour === null ? [] : [{ from: toInstant(row.hour), entries: entriesOf(row), p50: whole(row.p50) }],
    ),
    lastEntryAt: instantOrNull(context, all?.last_entry ?? null),
    lastAnswerAt: instantOrNull(context, all?.last_answer ?? null),
  };
}

const entriesOf = (row: FigureRow | undefined): AgencyFigures['entries'] => ({
  found: row?.found ?? 0,
  nothing: row?.nothing ?? 0,
  noAnswer: row?.no_answer ?? 0,
});
