import { sql } from 'kysely';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';

export type SilenceQuestion = { readonly channelId: string; readonly since: Date; readonly limit: number };
/** An agency that does not come for its tasks (只挂不取). */
export type SilentAgency = { readonly agencyId: string; readonly tasks: number; readonly lastPolledAt: string | null };

export async function silentAgencies(
  context: StoreContext,
  { channelId, since, limit }: SilenceQuestion,
): Promise<readonly SilentAgency[]> {
  const { rows } = await sql<{ agency_id: string; tasks: number; last_polled_at: Date | null }>`
    SELECT t.agency_id, count(*)::int AS tasks, s.last_polled_at
    FROM mailbox_tasks t LEFT JOIN agency_states s USING (agency_id)
    WHERE t.channel_id = ${channelId} AND t.state = 'open' AND t.delivered_at < ${since}
      AND (s.last_polled_at IS NULL OR s.last_polled_at < ${since})
    GROUP BY t.agency_id, s.last_polled_at ORDER BY t.agency_id LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => ({
    agencyId: row.agency_id,
    tasks: row.tasks,
    lastPolledAt: instantOrNull(context, row.last_polled_at),
  }));
}
