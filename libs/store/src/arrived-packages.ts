import { sql } from 'kysely';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** `read`: its answers are journalled; `unreadable`, `conflicting`: its bytes are in quarantine. */
export type ArrivedState = 'arrived' | 'read' | 'unreadable' | 'conflicting';

export type ArrivedFile = {
  readonly channelId: string;
  readonly agencyId: string;
  readonly name: string;
  readonly contentHash: string;
};

/**
 * What a file is to us. `new`; `unfinished`: we began with it and did not get to the end; `done`: the same name with the
 * same bytes was dealt with; `conflicting`: the name came before, with other bytes.
 */
export type Arrival = 'new' | 'unfinished' | 'done' | 'conflicting';

type Row = { content_hash: string; state: ArrivedState };

/**
 * Remembers the file. The first content under a name that can be read is that package, and every other one conflicts with
 * it; what could not be read does not stand in its way, because it may have been half of it.
 * See docs/decisions/0010-files-of-a-bank.md.
 */
export const arrive = (context: StoreContext, file: ArrivedFile & { readonly at: Date }): Promise<Arrival> =>
  inTransaction(context.db, async (tx) => {
    const { channelId, agencyId, name, contentHash, at } = file;
    const { rows } = await sql<Row>`SELECT content_hash, state FROM arrived_packages WHERE channel_id = ${channelId}
      AND agency_id = ${agencyId} AND name = ${name} ORDER BY arrived_at, content_hash FOR UPDATE`.execute(tx);
    const known = rows.find((row) => row.content_hash === contentHash);
    const isTaken = rows.some((row) => row !== known && (row.state === 'read' || (row.state === 'arrived' && !known)));
    if (known && known.state !== 'arrived') return 'done';
    if (!known) {
      await sql`INSERT INTO arrived_packages (channel_id, agency_id, name, content_hash, arrived_at)
        VALUES (${channelId}, ${agencyId}, ${name}, ${contentHash}, ${at})`.execute(tx);
    }
    if (isTaken) return 'conflicting';
    return known ? 'unfinished' : 'new';
  });

export async function finishArrival(
  { db }: StoreContext,
  file: ArrivedFile & { readonly state: Exclude<ArrivedState, 'arrived'>; readonly at: Date },
): Promise<void> {
  const { channelId, agencyId, name, contentHash, state, at } = file;
  await sql`UPDATE arrived_packages SET state = ${state}, done_at = ${at} WHERE channel_id = ${channelId}
    AND agency_id = ${agencyId} AND name = ${name} AND content_hash = ${contentHash} AND state = 'arrived'`.execute(db);
}
