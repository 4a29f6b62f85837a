import type { Answer, Said } from '#contracts';
import { sql } from 'kysely';
import { settlesLine } from './answer-batch.ts';
import type { Transaction } from './database.ts';
import { stampByHand } from './hand-stamp.ts';
import { lockInquiry, settleShards } from './inquiry-event.ts';
import { readRows } from './journal.ts';
import { appendEntries } from './journal-append.ts';
import { type LineStanding, openAgencies, readLineStandings } from './line-standings.ts';
import { type FeedbackTaken, takeFeedbackIn } from './mailbox-feedback.ts';
import { findTask, type TaskKey } from './mailbox-tasks.ts';
import { isAsked, openLines, shardLinesPlace } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';

type Entered = {
  readonly said: Said;
  /** The form, then the documents. */
  readonly raw: readonly Uint8Array[];
  readonly at: Date;
  readonly simulated: boolean;
};
export type HandAnswer = TaskKey & Entered;
export type HandStatement = Entered & {
  readonly inquiryId: string;
  readonly agencyId: string;
  /** Until then answers are still awaited; null: the statement is the end of the line. */
  readonly openUntil: Date | null;
};

/** The answer to a task that a clerk entered: same journal, same idempotency, same clock as any feedback. */
export async function answerByHand(context: StoreContext, tx: Transaction, answer: HandAnswer): Promise<FeedbackTaken> {
  const { said, raw, at, simulated, ...key } = answer;
  const task = await findTask({ ...context, db: tx }, key);
  if (!task || !isAsked(task.line)) return { outcome: 'unknown', ...nowhere };
  const { inquiryId, inquiry, line } = task;
  const sent = { before: undefined, firstSentAt: inquiry.requestedAt };
  const answered = stampByHand(context, line, { inquiryId, said, raw, at, openUntil: null, simulated, ...sent });
  return takeFeedbackIn(context, tx, { ...key, answered });
}
const nowhere = { inquiryId: null, shardNo: null, shardDone: false, late: false } as const;

export type StatementTaken =
  | { readonly outcome: 'unknown' | 'answered' }
  | {
      readonly outcome: 'taken';
      readonly channelId: string;
      readonly shardNo: number;
      readonly generation: number;
      readonly shardDone: boolean;
      /** The shard was settled before: a later version says it. */
      readonly late: boolean;
    };

type ShardRow = {
  channel_id: string;
  shard_no: number;
  generation: number;
  settled: boolean;
  agency_ids: string[];
  lines: Buffer;
};

/** What an agency told the court without answering, on a line that has no answer. `answered`: it has one. */
export async function stateByHand(
  context: StoreContext,
  tx: Transaction,
  statement: HandStatement,
): Promise<StatementTaken> {
  const { inquiryId, agencyId, said, raw, at, openUntil, simulated } = statement;
  if (!(await lockInquiry(tx, inquiryId))) return { outcome: 'unknown' };
  const { rows } = await sql<ShardRow>`SELECT channel_id, shard_no, generation, settled, agency_ids, lines FROM shards
    WHERE inquiry_id = ${inquiryId} AND agency_ids @> ARRAY[${agencyId}]::text[] FOR UPDATE`.execute(tx);
  const [row] = rows;
  if (!row) return { outcome: 'unknown' };
  const key = { inquiryId, channelId: row.channel_id, shardNo: row.shard_no };
  const line = openLines(context.seals, row.lines, shardLinesPlace(key)).find(
    (each) => each.line.agencyId === agencyId,
  )?.line;
  if (!line || !isAsked(line)) return { outcome: 'unknown' };
  const standing = (await readLineStandings(tx, key)).get(agencyId);
  if (standing && standing.verdict !== 'no-answer') return { outcome: 'answered' };
  const before = await answerAt(context, tx, { inquiryId, standing });
  const byHand = { inquiryId, said, raw, at, openUntil, simulated, before, firstSentAt: null };
  const answered = stampByHand(context, line, byHand);
  await appendEntries(context, tx, [{ ...key, fence: null, answers: [answered] }]);
  const open = openAgencies(await readLineStandings(tx, key), row.agency_ids);
  const shardDone = open.length === 0 && settlesLine(answered.answer);
  if (shardDone && !row.settled) await settleShards(tx, inquiryId, [key]);
  const { generation, settled: late } = row;
  return { outcome: 'taken', channelId: key.channelId, shardNo: key.shardNo, generation, shardDone, late };
}

async function answerAt(
  context: StoreContext,
  tx: Transaction,
  { inquiryId, standing }: { readonly inquiryId: string; readonly standing: LineStanding | undefined },
): Promise<Answer | undefined> {
  if (!standing) return undefined;
  const rows = await readRows(context, tx, { inquiryId, seqs: [standing.seq] });
  return rows.get(standing.seq)?.[standing.index];
}
