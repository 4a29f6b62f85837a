import { type BreakerReport, type BreakerState, type BreakerTransition, breakerTransitionSchema } from '#contracts';
import { sql } from 'kysely';
import { changeBreaker } from './breaker-rows.ts';
import { type BreakerSharing, shareBreakers, type SharingOptions } from './breaker-sharing.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type BreakerPage = {
  readonly agencyId: string;
  readonly after: string | null; // the last id of the page before
  readonly limit: number;
};

/** The breakers (熔断) of all agencies as all workers see them, and how each came to be so. */
export type Breakers = {
  /** Every breaker that ever opened. Open, with its reset window over, it is `half-open`: the next asking is the probe. */
  states(): Promise<readonly BreakerReport[]>;
  /** Newest first. */
  transitions(page: BreakerPage): Promise<readonly BreakerTransition[]>;
  /** Closes what no worker has closed, by decision of an operator; null: all agencies of the channel. */
  reset(channelId: string, agencyId: string | null): Promise<void>;
  /** What the breakers of one worker share with the others; nothing happens before `start`. */
  share(options: SharingOptions): BreakerSharing;
};

export const openBreakers = (context: StoreContext, databaseUrl: string): Breakers => ({
  states: () => readStates(context),
  transitions: (page) => readTransitions(context, page),
  reset: (channelId, agencyId) => reset(context, channelId, agencyId),
  share: (options) => shareBreakers(context, databaseUrl, options),
});

const mostBreakers = 10_000;

type StateRow = { channel_id: string; agency_id: string; state: BreakerState; since: Date };

async function readStates({ db, toInstant }: StoreContext): Promise<readonly BreakerReport[]> {
  const { rows } = await sql<StateRow>`SELECT channel_id, agency_id, since,
      CASE WHEN state = 'open' AND reset_at <= clock_timestamp() THEN 'half-open' ELSE state END AS state
    FROM breakers ORDER BY channel_id, agency_id LIMIT ${mostBreakers}`.execute(db);
  return rows.map((row) => ({
    channelId: row.channel_id,
    agencyId: row.agency_id,
    state: row.state,
    since: toInstant(row.since),
  }));
}

type TransitionRow = {
  transition_id: string;
  channel_id: string;
  agency_id: string;
  at: Date;
  worker_id: string | null;
  from_state: string;
  to_state: string;
  cause: unknown;
};

async function readTransitions(
  { db, toInstant }: StoreContext,
  { agencyId, after, limit }: BreakerPage,
): Promise<readonly BreakerTransition[]> {
  const { rows } = await sql<TransitionRow>`SELECT transition_id, channel_id, agency_id, at, worker_id, from_state,
      to_state, cause
    FROM breaker_transitions WHERE agency_id = ${agencyId} AND (${after}::text IS NULL OR transition_id < ${after})
    ORDER BY transition_id DESC LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) =>
    breakerTransitionSchema.parse({
      transitionId: row.transition_id,
      channelId: row.channel_id,
      agencyId: row.agency_id,
      at: toInstant(row.at),
      workerId: row.worker_id,
      from: row.from_state,
      to: row.to_state,
      cause: row.cause,
    }),
  );
}

async function reset(context: StoreContext, channelId: string, agencyId: string | null): Promise<void> {
  const { rows } = await sql<{ agency_id: string }>`SELECT agency_id FROM breakers
    WHERE channel_id = ${channelId} AND state <> 'closed' AND (${agencyId}::text IS NULL OR agency_id = ${agencyId})
    ORDER BY agency_id LIMIT ${mostBreakers}`.execute(context.db);
  for (const row of rows) {
    const place = { channelId, agencyId: row.agency_id, workerId: null };
    const cause = { code: 'operator-reset' as const, failures: [] };
    await changeBreaker(context, place, { agencyId: row.agency_id, to: 'closed', cause, resetInMs: 0 });
  }
}
