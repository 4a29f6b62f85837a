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
  /** Adds what one worker has counted; `join` says what comes of it, and runs under the lock of the agency's row. */
  add(all: readonly HistoryToAdd[], join: JoinHistory): Promise<void>;
  /** Agencies that say `nothing` to everybody since lately. */
  suspected(limit: number): Promise<readonly string[]>;
  /** Forgets the run of an agency; what comes from now on is counted anew. False: it was not suspected. */
  clear(agencyId: string): Promise<boolean>;
};

export const openAgencyHistories = (context: StoreContext): AgencyHistories => ({
  async add(all, join) {
    for (const toAdd of all.toSorted((one, other) => (one.agencyId < other.agencyId ? -1 : 1)))
      await addOne(context, toAdd, join);
  },
  async suspected(limit) {
    const { rows } = await sql<{ agency_id: string }>`SELECT agency_id FROM agency_histories
      WHERE suspected_since IS NOT NULL ORDER BY agency_id LIMIT ${bounded(limit)}`.execute(context.db);
    return rows.map(({ agency_id }) => agency_id);
  },
  clear: (agencyId) => clear(context, agencyId),
});

const addOne = ({ db, clock }: StoreContext, toAdd: HistoryToAdd, join: JoinHistory): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { agencyId, channelId } = toAdd;
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`agency-history/${agencyId}`}, 0))`.execute(tx);
    const { rows } = await sql<{ history: unknown }>`SELECT history FROM agency_histories
      WHERE agency_id = ${agencyId}`.execute(tx);
    const [row] = rows;
    const { history, suspected } = join(row ? agencyHistorySchema.parse(row.history) : null, toAdd);
    const at = clock();
    const since = suspected ? at : null;
    await sql`INSERT INTO agency_histories AS known (agency_id, channel_id, history, suspected_since, updated_at)
      VALUES (${agencyId}, ${channelId}, ${JSON.stringify(history)}::jsonb, ${since}, ${at})
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
