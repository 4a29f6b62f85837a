import { sql } from 'kysely';
import { bounded, type StoreContext } from './store-context.ts';

/** A shard whose job must exist; `nextAt` is when it is asked again at the earliest. */
export type OpenShard = {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly shardNo: number;
  readonly generation: number;
  readonly settled: boolean;
  readonly nextAt: Date | null;
};
type ShardRow = {
  inquiry_id: string;
  channel_id: string;
  shard_no: number;
  generation: number;
  settled: boolean;
  next_at: Date | null;
};

export async function openShards({ db }: StoreContext, limit: number, after: OpenShard | null): Promise<OpenShard[]> {
  const further = after
    ? sql`AND (inquiry_id, channel_id, shard_no) > (${after.inquiryId}, ${after.channelId}, ${after.shardNo}::int)`
    : sql``;
  const { rows } = await sql<ShardRow>`SELECT inquiry_id, channel_id, shard_no, generation, settled, next_at FROM shards
    WHERE NOT settled ${further} ORDER BY inquiry_id, channel_id, shard_no LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => ({
    inquiryId: row.inquiry_id,
    channelId: row.channel_id,
    shardNo: row.shard_no,
    generation: row.generation,
    settled: row.settled,
    nextAt: row.next_at,
  }));
}

/**
 * Shards that a worker should be working on at this time, counted up to `most`: those whose next attempt is later, and
 * those that wait for an agency's feedback, are nobody's backlog.
 */
export async function dueShards({ db }: StoreContext, at: Date, most: number): Promise<number> {
  const { rows } = await sql<{ due: number }>`SELECT count(*)::int AS due FROM (SELECT FROM shards
    WHERE NOT settled AND (next_at IS NULL OR next_at <= ${at}) LIMIT ${most}::int) AS counted`.execute(db);
  return rows[0]?.due ?? 0;
}

/** Inquiries whose newest change is in no report, and for which no answer is expected before one: settled or closed. */
export async function unmergedInquiries({ db }: StoreContext, limit: number): Promise<string[]> {
  const { rows } = await sql<{ inquiry_id: string }>`SELECT inquiry_id FROM inquiries AS i WHERE merge_due
    AND (closed_at IS NOT NULL OR NOT EXISTS (SELECT FROM shards AS s WHERE s.inquiry_id = i.inquiry_id AND NOT s.settled))
    ORDER BY inquiry_id LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => row.inquiry_id);
}

/** Inquiries whose deadline has passed and that are not closed. */
export async function unclosedInquiries({ db }: StoreContext, at: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ inquiry_id: string }>`SELECT inquiry_id FROM inquiries
    WHERE closed_at IS NULL AND close_at <= ${at} ORDER BY close_at LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => row.inquiry_id);
}
