import { noAnswerSaid } from '#contracts';
import type { JournalAnswer } from './answer-batch.ts';
import type { Transaction } from './database.ts';
import { stampByHand } from './hand-stamp.ts';
import { type Grounds, lockInquiry, settleShards, writeGroundedEvent } from './inquiry-event.ts';
import { readRows } from './journal.ts';
import { appendEntries } from './journal-append.ts';
import { type LineStandings, openAgencies, readLineStandings } from './line-standings.ts';
import { type AskedLine, isAsked, openLines, shardLinesPlace } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';
import { withdrawTickets } from './tickets.ts';
import { inTransaction } from './transaction.ts';

export type CancellationToMake = {
  readonly inquiryId: string;
  /** Lines that are answered or ended are left alone, also when they are named. */
  readonly agencyIds: readonly string[] | 'all-open';
  readonly by: string;
  readonly at: Date;
  readonly grounds: Grounds;
};

type ShardToCancel = {
  readonly channelId: string;
  readonly shardNo: number;
  readonly lines: readonly AskedLine[]; // to cancel
  readonly emptied: boolean; // nobody is left to ask
};

/**
 * Withdraws (撤回) lines that are still open: each gets the answer `no-answer`, `cancelled`, in the journal like every
 * other. An answer that arrives later all the same is taken. Returns how many lines were withdrawn.
 */
export const cancelLines = (
  context: StoreContext,
  toMake: CancellationToMake,
  tx: Transaction | null = null,
): Promise<number> =>
  tx ? cancelIn(context, tx, toMake) : inTransaction(context.db, (own) => cancelIn(context, own, toMake));

async function cancelIn(context: StoreContext, tx: Transaction, toMake: CancellationToMake): Promise<number> {
  const { inquiryId, agencyIds, by, at, grounds } = toMake;
  if (!(await lockInquiry(tx, inquiryId))) return 0;
  const states = await readLineStandings(tx, { inquiryId });
  const shards = (await readShards(context, tx, { ...toMake, states })).filter(({ lines }) => lines.length > 0);
  const cancelled = shards.flatMap(({ lines }) => lines.map(({ agencyId }) => agencyId));
  if (cancelled.length === 0) return 0;
  const seqs = [...new Set(cancelled.map((agencyId) => states.get(agencyId)?.seq ?? 0))];
  const rows = await readRows(context, tx, { inquiryId, seqs });
  const answerFor = (line: AskedLine): JournalAnswer => {
    const state = states.get(line.agencyId);
    const before = rows.get(state?.seq ?? 0)?.[state?.index ?? 0];
    const nothingCame = { raw: [], openUntil: null, firstSentAt: null, simulated: before?.simulated ?? false };
    return stampByHand(context, line, { inquiryId, said: noAnswerSaid('cancelled'), at, before, ...nothingCame });
  };
  const entries = shards.map(({ channelId, shardNo, lines }) => {
    return { inquiryId, channelId, shardNo, fence: null, answers: lines.map(answerFor) };
  });
  await appendEntries(context, tx, entries);
  await settleShards(
    tx,
    inquiryId,
    shards.filter(({ emptied }) => emptied),
  );
  await withdrawTickets(tx, inquiryId, cancelled);
  await writeGroundedEvent(context, tx, { inquiryId, kind: 'cancelled', at, by, agencyIds: cancelled, grounds });
  if (agencyIds === 'all-open') await markCancelled(tx, toMake);
  return cancelled.length;
}

type Read = CancellationToMake & { readonly states: LineStandings };

async function readShards({ seals }: StoreContext, tx: Transaction, read: Read): Promise<ShardToCancel[]> {
  const { inquiryId, agencyIds, states } = read;
  const rows = await tx
    .selectFrom('shards')
    .select(['channel_id', 'shard_no', 'agency_ids', 'lines'])
    .where('inquiry_id', '=', inquiryId)
    .orderBy('channel_id')
    .orderBy('shard_no')
    .execute();
  const named = agencyIds === 'all-open' ? null : new Set(agencyIds);
  return rows.map(({ channel_id: channelId, shard_no: shardNo, agency_ids, lines }) => {
    const open = new Set(openAgencies(states, agency_ids));
    const wanted = [...open].filter((agencyId) => named?.has(agencyId) ?? true);
    if (wanted.length === 0) return { channelId, shardNo, lines: [], emptied: open.size === 0 };
    const planned = openLines(seals, lines, shardLinesPlace({ inquiryId, channelId, shardNo })).map(({ line }) => line);
    const toCancel = planned.filter(isAsked).filter(({ agencyId }) => wanted.includes(agencyId));
    return { channelId, shardNo, lines: toCancel, emptied: toCancel.length === open.size };
  });
}

const markCancelled = (tx: Transaction, { inquiryId, at, by }: CancellationToMake): Promise<unknown> =>
  tx.updateTable('inquiries').set({ cancelled_at: at, cancelled_by: by }).where('inquiry_id', '=', inquiryId).execute();
