import { type AgencyHistory, agencyHistorySchema } from '#contracts';
import { sql } from 'kysely';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type HistoryToAdd = { readonly agencyId: string; readonly channelId: string; readonly history: AgencyHistory };
/** What is kept of an agency before (null: nothing yet) and after. */
export type Joined = { readonly history: AgencyHistory; readonly suspected: boolean };
export type JoinHistory = (before: AgencyHistory | null, toAdd: HistoryToAdd) => Joined;

/** What the drift detector remembers of each agency, put together over all workers. */
export type AgencyHistories = {
  /** Adds what one worker has counted, each agency once; all or nothing. `join` says what comes of it, under a lock. */
  add(all: readonly HistoryToAdd[], join: JoinHistory): Promise<void>;
  /** Agencies that say `nothing` to everybody since lately. */
  suspected(limit: number): Promise<readonly string[]>;
  /** Forgets the run of an agency; what comes from now on is counted anew. False: it was not suspected. */
  clear(agencyId: string): Promise<boolean>;
};

export const openAgencyHistories = (context: StoreContext): AgencyHistories => ({
  add: (all, join) => addAll(context, all, join),
  async suspected(limit) {
    const { rows } = await sql<{ agency_id: string }>`SELECT agency_id FROM agency_histories
      WHERE suspected_since IS NOT NULL ORDER BY agency_id LIMIT ${bounded(limit)}`.execute(context.db);
    return rows.map(({ agency_id }) => agency_id);
  },
  clear: (agencyId) => clear(context, agencyId),
});

/** One transaction, three round trips, however many agencies. Workers take turns, so none waits for another in a circle. */
const addAll = ({ db, clock }: StoreContext, all: readonly HistoryToAdd[], join: JoinHistory): Promise<void> =>
  inTransaction(db, async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('agency-histories', 0))`.execute(tx);
    const ids = all.map(({ agencyId }) => agencyId);
    const { rows } = await sql<{ agency_id: string; history: unknown }>`SELECT agency_id, history FROM agency_histories
      WHERE agency_id = ANY(${ids}::text[])`.execute(tx);
    const kept = new Map(rows.map((row) => [row.agency_id, agencyHistorySchema.parse(row.history)]));
    const joined = all.map((toAdd) => join(kept.get(toAdd.agencyId) ?? null, toAdd));
    const at = clock();
    await sql`INSERT INTO agency_histories AS known (agency_id, channel_id, history, suspected_since, updated_at)
      SELECT agency_id, channel_id, history::jsonb, CASE WHEN suspected THEN ${at}::timestamptz END, ${at}::timestamptz
      FROM unnest(${ids}::text[], ${all.map(({ channelId }) => channelId)}::text[],
        ${joined.map(({ history }) => JSON.stringify(history))}::text[],
        ${joined.map(({ suspected }) => suspected)}::boolean[]) AS new (agency_id, channel_id, history, suspected)
      ON CONFLICT (agency_id) DO UPDATE SET channel_id = excluded.channel_id, history = excluded.history,
        updated_at = excluded.updated_at, suspected_since = CASE WHEN excluded.suspected_since IS NULL THEN NULL
          ELSE coalesce(known.suspected_since, excluded.suspected_since) END`.execute(tx);
  });

async function clear({ db }: StoreContext, agencyId: string): Promise<boolean> {
  const { rows } = await sql`UPDATE agency_histories SET suspected_since = NULL,
      history = jsonb_set(history, '{found,missing}', '0')
    WHERE agency_id = ${agencyId} AND suspected_since IS NOT NULL RETURNING agency_id`.execute(db);
  return rows.length > 0;
}
