import type { FeedbackOutcome } from '#contracts';
import { sql } from 'kysely';
import { type JournalAnswer, settlesLine } from './answer-batch.ts';
import type { Transaction } from './database.ts';
import { lockInquiry, settleShards } from './inquiry-event.ts';
import { appendEntries } from './journal-append.ts';
import type { TaskKey } from './mailbox-tasks.ts';
import type { ShardKey } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type FeedbackToTake = TaskKey & { readonly answered: JournalAnswer };

export type FeedbackTaken =
  | {
      readonly outcome: Exclude<FeedbackOutcome, 'unknown'>;
      readonly inquiryId: string;
      readonly shardNo: number;
      /** Nobody in the shard is waited for (any more): it is settled now. */
      readonly shardDone: boolean;
      /** It was settled before this feedback: what came is late, and no job waits for it. */
      readonly late: boolean;
    }
  | {
      readonly outcome: 'unknown';
      readonly inquiryId: null;
      readonly shardNo: null;
      readonly shardDone: false;
      readonly late: false;
    };

const unknown: FeedbackTaken = { outcome: 'unknown', inquiryId: null, shardNo: null, shardDone: false, late: false };

type TaskRow = { inquiry_id: string; shard_no: number; content_hashes: string[] };
type LockedTask = TaskRow & { readonly late: boolean };

/**
 * Takes an agency's feedback: journal and task in one transaction, under the lock of the inquiry, so that of identical
 * posts at one time exactly one is `accepted`. What only repeats the last content under this number is `repeated`.
 */
export const takeFeedback = (context: StoreContext, taken: FeedbackToTake): Promise<FeedbackTaken> =>
  inTransaction(context.db, (tx) => takeFeedbackIn(context, tx, taken));

/** The same in a transaction that is open already. */
export async function takeFeedbackIn(
  context: StoreContext,
  tx: Transaction,
  taken: FeedbackToTake,
): Promise<FeedbackTaken> {
  const task = await lockTask(tx, taken);
  if (task === null) return unknown;
  const { channelId, answered } = taken;
  const { inquiry_id: inquiryId, shard_no: shardNo } = task;
  const outcome = outcomeOf(task, answered);
  if (outcome !== 'repeated') {
    await appendEntries(context, tx, [{ inquiryId, channelId, shardNo, fence: null, answers: [answered] }]);
    await keepFeedback(tx, taken);
    if (answered.answer.verdict !== 'no-answer') await endOtherTasks(tx, { ...taken, inquiryId });
  }
  const { late } = task;
  const isWaiting = await waitsForTask(tx, { inquiryId, channelId, shardNo });
  if (!late && !isWaiting) await settleShards(tx, inquiryId, [{ channelId, shardNo }]);
  return { outcome, inquiryId, shardNo, shardDone: late || !isWaiting, late };
}

/** Locks in the one order: inquiry, shard, task. */
async function lockTask(tx: Transaction, { channelId, agencyId, requestNumber }: TaskKey): Promise<LockedTask | null> {
  const task = sql<TaskRow>`SELECT inquiry_id, shard_no, content_hashes FROM mailbox_tasks
    WHERE channel_id = ${channelId} AND request_number = ${requestNumber} AND agency_id = ${agencyId}`;
  const [seen] = (await task.execute(tx)).rows;
  if (!seen || !(await lockInquiry(tx, seen.inquiry_id))) return null;
  const { rows: shards } = await sql<{ settled: boolean }>`SELECT settled FROM shards
    WHERE inquiry_id = ${seen.inquiry_id} AND channel_id = ${channelId} AND shard_no = ${seen.shard_no} FOR UPDATE`.execute(
    tx,
  );
  const [locked] = (await sql<TaskRow>`${task} FOR UPDATE`.execute(tx)).rows;
  return locked && shards[0] ? { ...locked, late: shards[0].settled } : null;
}

const partOf = ({ answer }: JournalAnswer): string => (answer.verdict === 'no-answer' ? 'main' : answer.part);
const markOf = (answered: JournalAnswer): string => `${partOf(answered)} ${answered.answer.contentHash}`;

/**
 * A further part under the same number (transactions after the accounts) is not a change of what was said. What was said
 * before something else is no repeat: the agency went back to it (R13).
 */
function outcomeOf({ content_hashes: taken }: TaskRow, answered: JournalAnswer): 'accepted' | 'repeated' | 'changed' {
  const last = taken.findLast((mark) => mark.startsWith(`${partOf(answered)} `)); // in the order they were taken in
  if (last === undefined) return 'accepted';
  return last === markOf(answered) ? 'repeated' : 'changed';
}

async function keepFeedback(tx: Transaction, { channelId, requestNumber, answered }: FeedbackToTake): Promise<void> {
  const answers = settlesLine(answered.answer);
  await sql`UPDATE mailbox_tasks SET content_hashes = content_hashes || ${markOf(answered)}::text,
      state = CASE WHEN ${answers}::boolean THEN 'answered' ELSE state END
    WHERE channel_id = ${channelId} AND request_number = ${requestNumber}`.execute(tx);
}

/** What was asked again under another number needs no answer any more: this one came late, and is one. */
async function endOtherTasks(tx: Transaction, taken: TaskKey & { readonly inquiryId: string }): Promise<void> {
  const { inquiryId, channelId, agencyId, requestNumber } = taken;
  await sql`UPDATE mailbox_tasks SET state = 'withdrawn' WHERE inquiry_id = ${inquiryId} AND channel_id = ${channelId}
    AND agency_id = ${agencyId} AND request_number <> ${requestNumber} AND state IN ('held', 'open')`.execute(tx);
}

async function waitsForTask(tx: Transaction, { inquiryId, channelId, shardNo }: ShardKey): Promise<boolean> {
  const { rows } = await sql<{
    waits: boolean;
  }>`SELECT EXISTS (SELECT FROM mailbox_tasks WHERE inquiry_id = ${inquiryId}
    AND channel_id = ${channelId} AND shard_no = ${shardNo} AND state IN ('held', 'open')) AS waits`.execute(tx);
  return rows[0]?.waits ?? true;
}
