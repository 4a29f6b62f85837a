import { takesTasks } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { type Grounds, lockInquiry, writeGroundedEvent } from './inquiry-event.ts';
import { openLines, sealLines, type ShardKey, shardLinesPlace } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { leaveBehind } from './tickets.ts';
import { inTransaction } from './transaction.ts';

export type RequeryToMake = {
  readonly inquiryId: string;
  /** Lines to ask again. That they have no answer is the caller's rule; here nothing is asked of the journal. */
  readonly agencyIds: readonly string[];
  /** By agency: the number of the new asking, because an agency drops a number that it has fetched before (bank-zdz.md §2). */
  readonly requestNumbers: ReadonlyMap<string, string>;
  readonly by: string | null;
  readonly at: Date;
  readonly grounds: Grounds;
  /** Given: the inquiry is open again until then. Left out: it stays as closed as it is. */
  readonly closeAt?: Date;
};
export type ReopenedShard = { readonly channelId: string; readonly shardNo: number; readonly generation: number };
export type Requeried = { readonly asked: number; readonly shards: readonly ReopenedShard[] };

/**
 * Opens shards again for the named agencies (补查). What the agencies said before stays in the journal and no longer
 * counts as settled; attempts start anew, under a new request number, and mailbox tasks with the old one are withdrawn (their
 * feedback is still taken). Agencies of the same shards that are still open are asked by the new job too; those that are
 * settled stay so.
 * @throws StoreFault `inquiry-unknown`
 */
export const requeryLines = (
  context: StoreContext,
  toMake: RequeryToMake,
  tx: Transaction | null = null,
): Promise<Requeried> =>
  tx ? requeryIn(context, tx, toMake) : inTransaction(context.db, (own) => requeryIn(context, own, toMake));

/** The same in a transaction that is open already. */
export async function requeryIn(context: StoreContext, tx: Transaction, toMake: RequeryToMake): Promise<Requeried> {
  const { inquiryId, by, at, grounds } = toMake;
  if (!(await lockInquiry(tx, inquiryId))) throw new StoreFault('inquiry-unknown');
  const wanted = [...new Set(toMake.agencyIds)];
  const { rows } = await sql<ReopenedRow>`
    UPDATE shards SET settled = false, next_at = NULL, generation = generation + 1
    WHERE inquiry_id = ${inquiryId} AND agency_ids && ${wanted}::text[]
    RETURNING channel_id, shard_no, generation, lines,
      ARRAY(SELECT unnest(agency_ids) INTERSECT SELECT unnest(${wanted}::text[])) AS asked`.execute(tx);
  const agencyIds = rows.flatMap(({ asked }) => asked);
  if (agencyIds.length === 0) return { asked: 0, shards: [] };
  await leaveBehind(tx, inquiryId, agencyIds);
  for (const row of rows) await renumber(context, tx, { toMake, row });
  await reopen(tx, toMake);
  await writeGroundedEvent(context, tx, { inquiryId, kind: 'requeried', at, by, agencyIds, grounds });
  const shards = rows.map((row) => ({
    channelId: row.channel_id,
    shardNo: row.shard_no,
    generation: row.generation,
  }));
  return { asked: agencyIds.length, shards };
}

type ReopenedRow = {
  readonly channel_id: string;
  readonly shard_no: number;
  readonly generation: number;
  readonly lines: Buffer;
  readonly asked: readonly string[];
};
type Renumbering = { readonly toMake: RequeryToMake; readonly row: ReopenedRow };

/** Gives the lines their new numbers. In the modes with tasks the new ones are held until the shard waits for them. */
async function renumber({ seals }: StoreContext, tx: Transaction, { toMake, row }: Renumbering): Promise<void> {
  const { inquiryId, requestNumbers } = toMake;
  const key: ShardKey = { inquiryId, channelId: row.channel_id, shardNo: row.shard_no };
  const place = shardLinesPlace(key);
  const placed = openLines(seals, row.lines, place).map(({ line, position }) => {
    const again = row.asked.includes(line.agencyId) ? requestNumbers.get(line.agencyId) : undefined;
    return { position, line: again === undefined ? line : { ...line, requestNumber: again } };
  });
  await sql`UPDATE shards SET lines = ${sealLines(seals, placed, place)}
    WHERE inquiry_id = ${inquiryId} AND channel_id = ${key.channelId} AND shard_no = ${key.shardNo}`.execute(tx);
  const lines = placed.flatMap(({ line }) =>
    line.mode !== null &&
    takesTasks(line.mode) &&
    row.asked.includes(line.agencyId) &&
    requestNumbers.has(line.agencyId)
      ? [line]
      : [],
  );
  const agencies = lines.map(({ agencyId }) => agencyId);
  const numbers = lines.map(({ requestNumber }) => requestNumber);
  await sql`UPDATE mailbox_tasks SET state = 'withdrawn' WHERE inquiry_id = ${inquiryId}
    AND channel_id = ${key.channelId} AND agency_id = ANY(${agencies}::text[]) AND state IN ('held', 'open')`.execute(
    tx,
  );
  await sql`INSERT INTO mailbox_tasks (channel_id, request_number, inquiry_id, agency_id, shard_no)
    SELECT ${key.channelId}, request_number, ${inquiryId}, agency_id, ${key.shardNo}::int
    FROM unnest(${numbers}::text[], ${agencies}::text[]) AS task (request_number, agency_id)`.execute(tx);
}

async function reopen(tx: Transaction, { inquiryId, closeAt }: RequeryToMake): Promise<void> {
  await tx
    .updateTable('inquiries')
    .set({ cancelled_at: null, cancelled_by: null, ...(closeAt && { close_at: closeAt, closed_at: null }) })
    .where('inquiry_id', '=', inquiryId)
    .execute();
}
