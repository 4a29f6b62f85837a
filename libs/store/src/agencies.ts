import { sql } from 'kysely';
import type { StoreContext } from './store-context.ts';

/** An agency that polls every second is written down this seldom. */
const noteEveryMs = 5_000;

export type Agencies = {
  /** Remembers when an agency last came to its mailbox, to within a few seconds. */
  notePoll(agencyId: string, at: Date): Promise<void>;
  lastPolled(): Promise<ReadonlyMap<string, string>>;
};

export function openAgenciesPart({ db, toInstant }: StoreContext): Agencies {
  const noted = new Map<string, number>(); // one entry per configured agency at most

  const notePoll = async (agencyId: string, at: Date): Promise<void> => {
    const before = noted.get(agencyId);
    if (before !== undefined && Math.abs(at.getTime() - before) < noteEveryMs) return;
    noted.set(agencyId, at.getTime());
    await sql`INSERT INTO agency_states AS known (agency_id, last_polled_at) VALUES (${agencyId}, ${at})
      ON CONFLICT (agency_id) DO UPDATE SET last_polled_at = greatest(known.last_polled_at, excluded.last_polled_at)
    `.execute(db);
  };
  const lastPolled = async (): Promise<ReadonlyMap<string, string>> => {
    const rows = await db.selectFrom('agency_states').select(['agency_id', 'last_polled_at']).execute();
    return new Map(rows.map((row) => [row.agency_id, toInstant(row.last_polled_at)]));
  };
  return { notePoll, lastPolled };
}
