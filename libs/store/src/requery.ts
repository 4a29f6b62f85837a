import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { lockInquiry, writeEvent } from './inquiry-event.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

export type RequeryToMake = {
  readonly inquiryId: string;
  /** Lines to ask again. That they have no answer is the caller's rule; here nothing is asked of the journal. */
  readonly agencyIds: readonly string[];
  readonly by: string | null;
  readonly at: Date;
  /** Given: the inquiry is open again until then. Left out: it stays as closed as it is. */
  readonly closeAt?: Date;
};
export type ReopenedShard = { readonly channelId: string; readonly shardNo: number; readonly generation: number };
export type Requeried = { readonly asked: number; readonly shards: readonly ReopenedShard[] };

/**
 * Opens shards again for the named agencies (补查). What the agencies said before stays in the journal and no longer
 * counts as settled; attempts start anew, and a mailbox task is held until it is delivered again, under its own request
 * number. Agencies of the same shards that are still open are asked by the new job too; those that are settled stay so.
 * @throws StoreFault `inquiry-unknown`
 */
export const requeryLines = ({ db }: StoreContext, toMake: RequeryToMake): Promise<Requeried> =>
  inTransaction(db, async (tx) => {
    const { inquiryId, by, at } = toMake;
    if (!(await lockInquiry(tx, inquiryId))) throw new StoreFault('inquiry-unknown');
    const wanted = [...new Set(toMake.agencyIds)];
    const { rows } = await sql<{ channel_id: string; shard_no: number; generation: number; asked: string[] }>`
      UPDATE shards SET settled = false, next_at = NULL, generation = generation + 1
      WHERE inquiry_id = ${inquiryId} AND agency_ids && ${wanted}::text[]
      RETURNING channel_id, shard_no, generation,
        ARRAY(SELECT unnest(agency_ids) INTERSECT SELECT unnest(${wanted}::text[])) AS asked`.execute(tx);
    const agencyIds = rows.flatMap(({ asked }) => asked);
    if (agencyIds.length === 0) return { asked: 0, shards: [] };
    await reopen(tx, toMake, agencyIds);
    await writeEvent(tx, { inquiryId, kind: 'requeried', at, by, agencyIds });
    const shards = rows.map((row) => ({
      channelId: row.channel_id,
      shardNo: row.shard_no,
      generation: row.generation,
    }));
    return { asked: agencyIds.length, shards };
  });

async function reopen(
  tx: Transaction,
  { inquiryId, closeAt }: RequeryToMake,
  agencyIds: readonly string[],
): Promise<void> {
  await tx
    .updateTable('mailbox_tasks')
    .set({ state: 'held', delivered_at: null, first_handed_at: null, hand_outs: 0, content_hashes: [] })
    .where('inquiry_id', '=', inquiryId)
    .where(sql<boolean>`agency_id = ANY(${[...agencyIds]}::text[])`)
    .execute();
  await tx
    .updateTable('inquiries')
    .set({ cancelled_at: null, cancelled_by: null, ...(closeAt && { close_at: closeAt, closed_at: null }) })
    .where('inquiry_id', '=', inquiryId)
    .execute();
}
