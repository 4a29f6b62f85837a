import { sql } from 'kysely';
import { encodeBatch, endsLine } from './answer-batch.ts';
import type { Db } from './database.ts';
import type { JournalEntry, RowOfEntries } from './journal-entry.ts';
import { shardName } from './plan-lines.ts';
import { listUnread } from './quarantine-unread.ts';
import type { StoreContext } from './store-context.ts';

/** `seq` is the inquiry's number of the row the answers are in; null when the fence was stale and nothing was written. */
export type Appended = { readonly accepted: boolean; readonly seq: number | null };

/**
 * Appends to the journal: everything of one inquiry becomes one row, so that a nationwide inquiry is dozens of rows
 * although all its shards are asked at once. Only when one of several shards was lost are the others written row by row.
 */
export async function appendEntries(
  context: StoreContext,
  db: Db,
  entries: readonly JournalEntry[],
): Promise<Appended[]> {
  const joined = [...Map.groupBy(entries, ({ inquiryId }) => inquiryId).values()];
  const seqs = await appendRows(context, db, joined);
  const torn = joined.flatMap((row) => (row.length > 1 && !row.some((entry) => seqs.has(entry)) ? row : []));
  const seqsAlone = await appendRows(
    context,
    db,
    torn.map((entry) => [entry]),
  );
  return entries.map((entry) => {
    const seq = seqs.get(entry) ?? seqsAlone.get(entry) ?? null;
    return { accepted: seq !== null, seq };
  });
}

/**
 * One statement, so one round trip and one transaction.
 *
 * - `head` locks the inquiries in the order of their ids, `held` then shares the shards' locks: a shard that is being
 *   taken over is waited for, and its old holder finds the fence stale.
 * - The new numbers continue the locked `last_seq`: no gap, no number twice.
 * - A batch that is already there (an append repeated after a lost connection) is accepted under its first number.
 * - What could not be read is listed in the quarantine with the row that has its bytes, or not at all.
 * - A line that is ended for good is withdrawn from its mailbox; an overdue one stays, for a late answer is welcome.
 */
async function appendRows(
  context: StoreContext,
  db: Db,
  rows: readonly RowOfEntries[],
): Promise<Map<JournalEntry, number>> {
  if (rows.length === 0) return new Map();
  const inquiryIds = rows.flatMap(([first]) => (first ? [first.inquiryId] : []));
  const { rows: written } = await sql<{ ord: number; seq: number }>`
    WITH entry (ord, inquiry_id, claims, batch_id, shards, agency_ids, categories, verdicts, reasons, complete,
      identity_matched, asset_counts, settled, received_at, payload, raw_payload) AS (VALUES ${sql.join(rows.map((row, ord) => rowValues(context, row, ord)))}),
        head AS MATERIALIZED (SELECT inquiry_id, last_seq FROM inquiries
      WHERE inquiry_id = ANY(${inquiryIds}::text[]) ORDER BY inquiry_id FOR UPDATE),
    held AS MATERIALIZED (SELECT e.ord FROM head h JOIN entry e USING (inquiry_id) JOIN ${claimed(rows)} AS c USING (ord)
      JOIN shards s ON s.inquiry_id = e.inquiry_id AND s.channel_id = c.channel_id AND s.shard_no = c.shard_no
      WHERE c.fence IS NULL OR s.fence = c.fence FOR SHARE OF s),
    known AS (SELECT e.ord, a.seq FROM entry e JOIN answers a USING (inquiry_id, batch_id)
      WHERE a.agency_ids = e.agency_ids),
    numbered AS (SELECT e.ord, e.inquiry_id,
        h.last_seq + (row_number() OVER (PARTITION BY e.inquiry_id ORDER BY e.ord))::int AS seq
      FROM entry e JOIN head h USING (inquiry_id)
      WHERE e.claims = (SELECT count(*) FROM held WHERE held.ord = e.ord) AND e.ord NOT IN (SELECT ord FROM known)),
    bumped AS (UPDATE inquiries i SET last_seq = n.seq, state_seq = n.seq, merge_due = true
      FROM (SELECT inquiry_id, max(seq) AS seq FROM numbered GROUP BY inquiry_id) n WHERE i.inquiry_id = n.inquiry_id),
    withdrawn AS (UPDATE mailbox_tasks t SET state = 'withdrawn' FROM ${ended(rows)} AS w JOIN numbered n USING (ord)
      WHERE t.inquiry_id = n.inquiry_id AND t.channel_id = w.channel_id AND t.shard_no = w.shard_no
        AND t.agency_id = w.agency_id AND t.state IN ('held', 'open')),
    unread AS (${listUnread(context, rows)}),
    written AS (INSERT INTO answers (inquiry_id, seq, batch_id, shards, at, agency_ids, categories, verdicts, reasons,
        complete, identity_matched, asset_counts, settled, received_at, payload, raw_payload)
      SELECT e.inquiry_id, n.seq, e.batch_id, e.shards, ${context.clock()}::timestamptz, e.agency_ids, e.categories,
        e.verdicts, e.reasons, e.complete, e.identity_matched, e.asset_counts, e.settled, e.received_at, e.payload,
        e.raw_payload
      FROM entry e JOIN numbered n USING (ord))
    SELECT ord, seq FROM numbered UNION ALL SELECT ord, seq FROM known`.execute(db);
  return new Map(
    written.flatMap(({ ord, seq }) => (rows[ord] ?? []).map((entry): [JournalEntry, number] => [entry, seq])),
  );
}

function rowValues({ seals }: StoreContext, row: RowOfEntries, ord: number) {
  const inquiryId = row[0]?.inquiryId ?? '';
  const shards = row.map(shardName);
  const batch = encodeBatch(
    seals,
    inquiryId,
    row.flatMap(({ answers }) => answers),
  );
  return sql`(${ord}::int, ${inquiryId}::text, ${row.length}::int, ${batch.batchId}::text, ${shards}::text[],
    ${batch.agencyIds}::text[], ${batch.categories}::text[], ${batch.verdicts}::text[], ${batch.reasons}::text[],
    ${batch.complete}::boolean[], ${batch.identityMatched}::boolean[], ${batch.assetCounts}::int[],
    ${batch.settled}::boolean[], ${batch.receivedAt}::timestamptz[], ${batch.payload}::bytea, ${batch.rawPayload}::bytea)`;
}

/** The shards that the entries say they hold. */
function claimed(rows: readonly RowOfEntries[]) {
  const claims = rows.flatMap((row, ord) => row.map((entry) => ({ ord, ...entry })));
  return sql`(SELECT * FROM unnest(${claims.map(({ ord }) => ord)}::int[], ${claims.map(({ channelId }) => channelId)}::text[],
    ${claims.map(({ shardNo }) => shardNo)}::int[], ${claims.map(({ fence }) => fence)}::int[])
    AS claim (ord, channel_id, shard_no, fence))`;
}

/** Lines that have an end without an answer, so that their tasks need not be fetched any more. */
function ended(rows: readonly RowOfEntries[]) {
  const lines = rows.flatMap((row, ord) =>
    row.flatMap(({ channelId, shardNo, answers }) =>
      answers.flatMap(({ answer }) =>
        endsLine(answer) ? [{ ord, channelId, shardNo, agencyId: answer.agencyId }] : [],
      ),
    ),
  );
  return sql`(SELECT * FROM unnest(${lines.map(({ ord }) => ord)}::int[], ${lines.map(({ channelId }) => channelId)}::text[],
    ${lines.map(({ shardNo }) => shardNo)}::int[], ${lines.map(({ agencyId }) => agencyId)}::text[])
    AS line (ord, channel_id, shard_no, agency_id))`;
}
