import type { FeedbackOutcome } from '#contracts';
import { sql } from 'kysely';
import { type JournalAnswer, settlesLine } from './answer-batch.ts';
import type { Transaction } from './database.ts';
import { lockInquiry, settleShards } from './inquiry-event.ts';
import { appendEntries } from './journal-append.ts';
import type { TaskKey } from './mailbox-tasks.ts';
import type { ShardKey } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
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

/**
 * Takes an agency's feedback: journal and task in one transaction, under the lock of the inquiry, so that of identical
 * posts at one time exactly one is `accepted`. Content that was taken before under this number is `repeated`, whatever
 * came in between (reliability.md: unique by channel, request number and content hash).
 */
export const takeFeedback = (context: StoreContext, taken: FeedbackToTake): Promise<FeedbackTaken> =>
  inTransaction(context.db, async (tx) => {
    const task = await lockTask(tx, taken);
    if (task === null) return unknown;
    const { channelId, answered } = taken;
    const { inquiry_id: inquiryId, shard_no: shardNo } = task;
    const outcome = outcomeOf(task, answered);
    if (outcome !== 'repeated') {
      await appendEntries(context, tx, [{ inquiryId, channelId, shardNo, fence: null, answers: [answered] }]);
      await keepFeedback(tx, taken);
    }
    const { late, isWaiting } = await lookAtShard(tx, { inquiryId, channelId, shardNo });
    if (!late && !isWaiting) await settleShards(tx, inquiryId, [{ channelId, shardNo }]);
    return { outcome, inquiryId, shardNo, shardDone: late || !isWaiting, late };
  });

async function lockTask(tx: Transaction, { channelId, agencyId, requestNumber }: TaskKey): Promise<TaskRow | null> {
  const task = () => sql<TaskRow>`SELECT inquiry_id, shard_no, content_hashes FROM mailbox_tasks
    WHERE channel_id = ${channelId} AND request_number = ${requestNumber} AND agency_id = ${agencyId}`;
  const [seen] = (await task().execute(tx)).rows;
  if (!seen || !(await lockInquiry(tx, seen.inquiry_id))) return null;
  const [locked] = (await sql<TaskRow>`${task()} FOR UPDATE`.execute(tx)).rows;
  return locked ?? null;
}

const partOf = ({ answer }: JournalAnswer): string => (answer.verdict === 'no-answer' ? 'main' : answer.part);
const markOf = (answered: JournalAnswer): string => `${partOf(answered)} ${answered.answer.contentHash}`;

/** A further part under the same number (transactions after the accounts) is not a change of what was said. */
function outcomeOf({ content_hashes: taken }: TaskRow, answered: JournalAnswer): 'accepted' | 'repeated' | 'changed' {
  if (taken.includes(markOf(answered))) return 'repeated';
  return taken.some((mark) => mark.startsWith(`${partOf(answered)} `)) ? 'changed' : 'accepted';
}

async function keepFeedback(tx: Transaction, { channelId, requestNumber, answered }: FeedbackToTake): Promise<void> {
  const answers = settlesLine(answered.answer);
  await sql`UPDATE mailbox_tasks SET content_hashes = content_hashes || ${markOf(answered)}::text,
      state = CASE WHEN ${answers}::boolean THEN 'answered' ELSE state END
    WHERE channel_id = ${channelId} AND request_number = ${requestNumber}`.execute(tx);
}

type ShardLook = { readonly late: boolean; readonly isWaiting: boolean };

async function lookAtShard(tx: Transaction, { inquiryId, channelId, shardNo }: ShardKey): Promise<ShardLook> {
  const { rows } = await sql<{ settled: boolean; waiting: boolean }>`
    SELECT s.settled, EXISTS (SELECT FROM mailbox_tasks t WHERE t.inquiry_id = s.inquiry_id
      AND t.channel_id = s.channel_id AND t.shard_no = s.shard_no AND t.state IN ('held', 'open')) AS waiting
    FROM shards s WHERE s.inquiry_id = ${inquiryId} AND s.channel_id = ${channelId} AND s.shard_no = ${shardNo}
    FOR UPDATE OF s`.execute(tx);
  const [row] = rows;
  if (!row) throw new StoreFault('plan-unsound');
  return { late: row.settled, isWaiting: row.waiting };
}
