import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

type NewEvent = {
  readonly inquiryId: string;
  readonly kind: 'closed' | 'cancelled' | 'requeried';
  readonly at: Date;
  readonly by: string | null;
  readonly agencyIds: readonly string[] | null;
};

/** The lock under which an inquiry's numbers are given out. Taken before any lock on its shards and tasks. */
export async function lockInquiry(tx: Transaction, inquiryId: string): Promise<boolean> {
  const { rows } = await sql<{ inquiry_id: string }>`SELECT inquiry_id FROM inquiries
    WHERE inquiry_id = ${inquiryId} FOR UPDATE`.execute(tx);
  return rows.length > 0;
}

/** Writes an event that can change the report under the inquiry's next number. */
export async function writeEvent(tx: Transaction, { inquiryId, kind, at, by, agencyIds }: NewEvent): Promise<void> {
  await sql`WITH bumped AS (
      UPDATE inquiries SET last_seq = last_seq + 1, state_seq = last_seq + 1, merge_due = true
      WHERE inquiry_id = ${inquiryId} RETURNING last_seq)
    INSERT INTO inquiry_events (inquiry_id, seq, kind, at, by_user, agency_ids)
    SELECT ${inquiryId}, last_seq, ${kind}, ${at}::timestamptz, ${by}, ${agencyIds === null ? null : [...agencyIds]}::text[]
    FROM bumped`.execute(tx);
}

/** Settles a shard that has nobody left to ask; a worker that holds it finds it so at its next `begin`. */
export async function settleShards(tx: Transaction, inquiryId: string, shards: readonly ShardName[]): Promise<void> {
  if (shards.length === 0) return;
  const channels = shards.map(({ channelId }) => channelId);
  const numbers = shards.map(({ shardNo }) => shardNo);
  await sql`UPDATE shards SET settled = true, next_at = NULL WHERE inquiry_id = ${inquiryId}
    AND (channel_id, shard_no) IN (SELECT * FROM unnest(${channels}::text[], ${numbers}::int[]))`.execute(tx);
}
type ShardName = { readonly channelId: string; readonly shardNo: number };

/** The inquiry's deadline has come: from now on the report says what was missing. False: it was closed already. */
export async function closeInquiry({ db }: StoreContext, inquiryId: string, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ inquiry_id: string }>`UPDATE inquiries SET closed_at = ${at}
      WHERE inquiry_id = ${inquiryId} AND closed_at IS NULL RETURNING inquiry_id`.execute(tx);
    if (rows.length > 0) await writeEvent(tx, { inquiryId, kind: 'closed', at, by: null, agencyIds: null });
    return rows.length > 0;
  });
}
