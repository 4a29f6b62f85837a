import type { BreakerCause, BreakerChange, BreakerState, ProbeClaim, SharedBreaker } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { tell } from './operations-events.ts';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** Who changes the breaker of which agency. */
export type BreakerPlace = {
  readonly channelId: string;
  readonly agencyId: string;
  readonly workerId: string | null; // null: an operator, without any worker
};
/** A breaker as the database has it now; a higher revision is later. */
export type BreakerNow = { readonly channelId: string; readonly revision: number; readonly shared: SharedBreaker };
export type Changed = { readonly isFirst: boolean; readonly now: BreakerNow };

type Row = {
  channel_id: string;
  agency_id: string;
  state: BreakerState;
  since: Date;
  probe_by: string | null;
  wait_ms: number;
  revision: string;
};

const columns = sql`channel_id, agency_id, state, since, probe_by, revision::text AS revision,
  greatest(0, extract(epoch FROM (CASE state WHEN 'half-open' THEN probe_until WHEN 'open' THEN reset_at
    ELSE clock_timestamp() END) - clock_timestamp()) * 1000)::float8 AS wait_ms`;

const joinEventsWithinMs = 600_000; // an agency that flaps is one event per kind and ten minutes

/** Timers of two machines never agree: a probe this much before its time is no second one in its window. */
const earlyMs = 50;

/**
 * Makes a change unless it was made already, or comes from a probe that was not the one: then it gives what is so.
 * Serialised per agency by the lock on its row.
 */
export const changeBreaker = (context: StoreContext, place: BreakerPlace, change: BreakerChange): Promise<Changed> =>
  inTransaction(context.db, async (tx) => {
    const row = await locked(tx, place);
    if (!isAllowed(row, place, change)) return { isFirst: false, now: nowOf(row) };
    const { to, cause, resetInMs } = change;
    const resetMs = Math.max(0, resetInMs - Math.min(earlyMs, resetInMs / 10));
    const { rows } = await sql<Row>`UPDATE breakers SET state = ${to}, revision = nextval('breaker_revision'),
        since = CASE WHEN state = 'closed' OR ${to} = 'closed' THEN clock_timestamp() ELSE since END,
        opened_at = CASE WHEN ${to} = 'open' THEN clock_timestamp() ELSE opened_at END,
        reset_at = CASE WHEN ${to} = 'open' THEN clock_timestamp() + make_interval(secs => ${resetMs / 1_000}) END,
        probe_by = NULL, probe_until = NULL, cause = ${JSON.stringify(cause)}::jsonb
      WHERE channel_id = ${place.channelId} AND agency_id = ${place.agencyId} RETURNING ${columns}`.execute(tx);
    await record(context, tx, { place, from: row.state, to, cause });
    return { isFirst: true, now: nowOf(rows[0] ?? row) };
  });

/** The right to be the one probe: after the reset window, and while nobody else holds it. */
export const claimProbe = (
  context: StoreContext,
  place: BreakerPlace,
  leaseMs: number,
): Promise<{ readonly claim: ProbeClaim; readonly now: BreakerNow }> =>
  inTransaction(context.db, async (tx) => {
    const row = await locked(tx, place);
    if (row.state === 'closed') return { claim: { kind: 'closed' }, now: nowOf(row) };
    if (row.wait_ms > 0) return { claim: { kind: 'refused', retryAfterMs: Math.ceil(row.wait_ms) }, now: nowOf(row) };
    const code = row.state === 'open' ? 'probe-begun' : 'probe-taken-over';
    const cause: BreakerCause = { code, failures: [] };
    const { rows } = await sql<Row>`UPDATE breakers SET state = 'half-open', revision = nextval('breaker_revision'),
        probe_by = ${place.workerId}, cause = ${JSON.stringify(cause)}::jsonb,
        probe_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
      WHERE channel_id = ${place.channelId} AND agency_id = ${place.agencyId} RETURNING ${columns}`.execute(tx);
    await record(context, tx, { place, from: row.state, to: 'half-open', cause });
    return { claim: { kind: 'granted' }, now: nowOf(rows[0] ?? row) };
  });

/** Breakers that are not closed, and those named, whatever they are. */
export async function readBreakers(
  { db }: StoreContext,
  channelIds: readonly string[],
  agencyIds: readonly string[],
): Promise<readonly BreakerNow[]> {
  const { rows } = await sql<Row>`SELECT ${columns} FROM breakers
    WHERE channel_id = ANY(${[...channelIds]}::text[])
      AND (state <> 'closed' OR agency_id = ANY(${[...agencyIds]}::text[]))`.execute(db);
  return rows.map(nowOf);
}

async function locked(tx: Transaction, { channelId, agencyId }: BreakerPlace): Promise<Row> {
  await sql`INSERT INTO breakers (channel_id, agency_id, state, since, revision)
    VALUES (${channelId}, ${agencyId}, 'closed', clock_timestamp(), 0) ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<Row>`SELECT ${columns} FROM breakers
    WHERE channel_id = ${channelId} AND agency_id = ${agencyId} FOR UPDATE`.execute(tx);
  const [row] = rows;
  if (!row) throw new RangeError('a row that was just written is not there');
  return row;
}

function isAllowed({ state, probe_by, wait_ms }: Row, { workerId }: BreakerPlace, { to, cause }: BreakerChange) {
  if (cause.code === 'operator-reset') return state !== 'closed';
  if (cause.code === 'failures') return state === 'closed' && to === 'open';
  // The outcome of a probe: of the one that holds the lease, or of one that went alone while the database was away.
  return state === 'half-open' ? probe_by === workerId || wait_ms === 0 : state === 'open' && wait_ms === 0;
}

type Made = {
  readonly place: BreakerPlace;
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly cause: BreakerCause;
};

const kinds = { open: 'breaker-opened', 'half-open': 'breaker-half-opened', closed: 'breaker-closed' } as const;

/** The transition, the event for operators and the notice to the other replicas: all of them, or none. */
async function record(context: StoreContext, tx: Transaction, { place, from, to, cause }: Made): Promise<void> {
  const { channelId, agencyId, workerId } = place;
  await sql`INSERT INTO breaker_transitions
      (transition_id, channel_id, agency_id, at, worker_id, from_state, to_state, cause)
    VALUES (${context.newId('brt')}, ${channelId}, ${agencyId}, clock_timestamp(), ${workerId}, ${from}, ${to},
      ${JSON.stringify(cause)}::jsonb)`.execute(tx);
  const [most] = cause.failures;
  const detail = {
    cause: cause.code,
    ...(most && { reason: most.reason, reasonCode: most.reasonCode, failures: most.count }),
  };
  const event = { kind: kinds[to], channelId, agencyId, detail, joinWithinMs: joinEventsWithinMs };
  await tell({ db: tx, clock: context.clock, newId: context.newId }, event);
  await sql`SELECT pg_notify('chakong_breaker', ${channelId})`.execute(tx);
}

const nowOf = ({ channel_id, agency_id, state, since, wait_ms, revision }: Row): BreakerNow => ({
  channelId: channel_id,
  revision: Number(revision),
  shared: { agencyId: agency_id, state, since, resetInMs: Math.ceil(wait_ms) },
});
