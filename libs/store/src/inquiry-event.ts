import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

type NewEvent = {
  readonly inquiryId: string;
  readonly kind: 'closed' | 'cancelled' | 'requeried' | 'paused' | 'resumed';
  readonly at: Date;
  readonly by: string | null;
  readonly agencyIds: readonly string[] | null;
};

/** Why something was done: a person's own words, which may name people, and who began it. */
export type Grounds = { readonly cause: 'officer' | 'operator' | 'recovery'; readonly reason: string | null };
const reasonPlace = (inquiryId: string, seq: number): string => `event_reasons.reason/${inquiryId}/${seq}`;

/** The lock under which an inquiry's numbers are given out. Taken before any lock on its shards and tasks. */
export async function lockInquiry(tx: Transaction, inquiryId: string): Promise<boolean> {
  const { rows } = await sql<{ inquiry_id: string }>`SELECT inquiry_id FROM inquiries
    WHERE inquiry_id = ${inquiryId} FOR UPDATE`.execute(tx);
  return rows.length > 0;
}

/** Writes an event that can change the report under the inquiry's next number; its number. */
export async function writeEvent(tx: Transaction, { inquiryId, kind, at, by, agencyIds }: NewEvent): Promise<number> {
  const { rows } = await sql<{ seq: number }>`WITH bumped AS (
      UPDATE inquiries SET last_seq = last_seq + 1, state_seq = last_seq + 1, merge_due = true
      WHERE inquiry_id = ${inquiryId} RETURNING last_seq)
    INSERT INTO inquiry_events (inquiry_id, seq, kind, at, by_user, agency_ids)
    SELECT ${inquiryId}, last_seq, ${kind}, ${at}::timestamptz, ${by}, ${agencyIds === null ? null : [...agencyIds]}::text[]
    FROM bumped RETURNING seq`.execute(tx);
  const [written] = rows;
  if (!written) throw new StoreFault('inquiry-unknown');
  return written.seq;
}

/** Writes an event with its grounds; the words are sealed. */
export async function writeGroundedEvent(
  { seals }: Pick<StoreContext, 'seals'>,
  tx: Transaction,
  { grounds, ...event }: NewEvent & { readonly grounds: Grounds },
): Promise<void> {
  const seq = await writeEvent(tx, event);
  const { inquiryId } = event;
  const { cause, reason } = grounds;
  const sealed = reason === null ? null : seals.sealJson(reason, reasonPlace(inquiryId, seq));
  await sql`INSERT INTO event_reasons (inquiry_id, seq, cause, reason)
    VALUES (${inquiryId}, ${seq}, ${cause}, ${sealed}::bytea)`.execute(tx);
}

/** The words behind an event. */
export const openReason = (
  { seals }: Pick<StoreContext, 'seals'>,
  { inquiryId, seq, reason }: { readonly inquiryId: string; readonly seq: number; readonly reason: Buffer | null },
): string | null => (reason === null ? null : seals.openJson<string>(reason, reasonPlace(inquiryId, seq)));

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
