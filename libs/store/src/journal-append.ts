import { sql } from 'kysely';
import { encodeBatch, type JournalAnswer } from './answer-batch.ts';
import type { Db } from './database.ts';
import type { StoreContext } from './store-context.ts';

export type JournalEntry = {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly shardNo: number;
  /** The token of `shards.begin`; null where no worker holds the shard: mailbox feedback, cancellation, closing. */
  readonly fence: number | null;
  readonly answers: readonly JournalAnswer[];
};
/** `seq` is the inquiry's number of the new row; null when the fence was stale and nothing was written. */
export type Appended = { readonly accepted: boolean; readonly seq: number | null };

/**
 * Appends batches in one statement, so in one round trip and one transaction.
 *
 * - `head` locks the inquiries in the order of their ids, `live` then shares the shards' locks: a shard that is being
 *   taken over is waited for, and its old holder finds the fence stale.
 * - The new numbers continue the locked `last_seq`: no gap, no number twice.
 * - A batch that is already there (an append repeated after a lost connection) is accepted under its first number.
 * - A line that is ended for good is withdrawn from its mailbox; an overdue one stays, for a late answer is welcome.
 */
export async function appendEntries(
  context: StoreContext,
  db: Db,
  entries: readonly JournalEntry[],
): Promise<Appended[]> {
  if (entries.length === 0) return [];
  const values = entries.map((entry, ord) => entryRow(context, entry, ord));
  const inquiryIds = [...new Set(entries.map(({ inquiryId }) => inquiryId))];
  const { rows } = await sql<{ ord: number; seq: number }>`
    WITH entry (ord, inquiry_id, channel_id, shard_no, fence, batch_id, agency_ids, categories, verdicts, reasons, complete,
      identity_matched, asset_counts, settled, received_at, payload, raw_payload, withdrawn) AS (VALUES ${sql.join(values)}),
    head AS MATERIALIZED (SELECT inquiry_id, last_seq FROM inquiries
      WHERE inquiry_id = ANY(${inquiryIds}::text[]) ORDER BY inquiry_id FOR UPDATE),
    known AS (SELECT e.ord, a.seq FROM entry e JOIN answers a USING (inquiry_id, batch_id)),
    live AS MATERIALIZED (SELECT e.ord, e.inquiry_id, h.last_seq FROM head h JOIN entry e USING (inquiry_id)
      JOIN shards s ON s.inquiry_id = e.inquiry_id AND s.channel_id = e.channel_id AND s.shard_no = e.shard_no
      WHERE (e.fence IS NULL OR s.fence = e.fence) AND e.ord NOT IN (SELECT ord FROM known) FOR SHARE OF s),
    numbered AS (SELECT ord, inquiry_id,
      last_seq + (row_number() OVER (PARTITION BY inquiry_id ORDER BY ord))::int AS seq FROM live),
    bumped AS (UPDATE inquiries i SET last_seq = n.seq, state_seq = n.seq, merge_due = true
      FROM (SELECT inquiry_id, max(seq) AS seq FROM numbered GROUP BY inquiry_id) n WHERE i.inquiry_id = n.inquiry_id),
    withdrawn AS (UPDATE mailbox_tasks t SET state = 'withdrawn'
      FROM (SELECT inquiry_id, channel_id, shard_no, unnest(withdrawn) AS agency_id FROM entry JOIN numbered USING (ord, inquiry_id)) w
      WHERE t.inquiry_id = w.inquiry_id AND t.channel_id = w.channel_id AND t.shard_no = w.shard_no
        AND t.agency_id = w.agency_id AND t.state IN ('held', 'open')),
    written AS (INSERT INTO answers (inquiry_id, seq, batch_id, channel_id, shard_no, at, agency_ids, categories, verdicts,
        reasons, complete, identity_matched, asset_counts, settled, received_at, payload, raw_payload)
      SELECT e.inquiry_id, n.seq, e.batch_id, e.channel_id, e.shard_no, ${context.clock()}::timestamptz, e.agency_ids,
        e.categories, e.verdicts, e.reasons, e.complete, e.identity_matched, e.asset_counts, e.settled, e.received_at,
        e.payload, e.raw_payload
      FROM entry e JOIN numbered n USING (ord) RETURNING seq)
    SELECT ord, seq FROM numbered UNION ALL SELECT ord, seq FROM known`.execute(db);
  const seqs = new Map(rows.map(({ ord, seq }) => [ord, seq]));
  return entries.map((_, ord) => ({ accepted: seqs.has(ord), seq: seqs.get(ord) ?? null }));
}

function entryRow(
  { seals }: StoreContext,
  { inquiryId, channelId, shardNo, fence, answers }: JournalEntry,
  ord: number,
) {
  const batch = encodeBatch(seals, inquiryId, answers);
  const withdrawn = answers
    .map(({ answer }) => answer)
    .filter((answer) => answer.verdict === 'no-answer' && answer.reason !== 'overdue')
    .filter(({ agencyId }) => batch.settled[batch.agencyIds.indexOf(agencyId)])
    .map(({ agencyId }) => agencyId);
  return sql`(${ord}::int, ${inquiryId}::text, ${channelId}::text, ${shardNo}::int, ${fence}::int, ${batch.batchId}::text,
    ${batch.agencyIds}::text[], ${batch.categories}::text[], ${batch.verdicts}::text[], ${batch.reasons}::text[],
    ${batch.complete}::boolean[], ${batch.identityMatched}::boolean[], ${batch.assetCounts}::int[],
    ${batch.settled}::boolean[], ${batch.receivedAt}::timestamptz[], ${batch.payload}::bytea, ${batch.rawPayload}::bytea,
    ${withdrawn}::text[])`;
}
