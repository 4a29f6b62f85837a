import { type Answer, noAnswerSaid } from '#contracts';
import type { Transaction } from './database.ts';
import { lockInquiry, settleShards, writeEvent } from './inquiry-event.ts';
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
export const cancelLines = (context: StoreContext, toMake: CancellationToMake): Promise<number> =>
  inTransaction(context.db, async (tx) => {
    const { inquiryId, agencyIds, by, at } = toMake;
    if (!(await lockInquiry(tx, inquiryId))) return 0;
    const states = await readLineStandings(tx, { inquiryId });
    const shards = (await readShards(context, tx, { ...toMake, states })).filter(({ lines }) => lines.length > 0);
    const cancelled = shards.flatMap(({ lines }) => lines.map(({ agencyId }) => agencyId));
    if (cancelled.length === 0) return 0;
    const seqs = [...new Set(cancelled.map((agencyId) => states.get(agencyId)?.seq ?? 0))];
    const rows = await readRows(context, tx, { inquiryId, seqs });
    const answerFor = (line: AskedLine): Answer => {
      const state = states.get(line.agencyId);
      return cancelledAnswer(context, line, { inquiryId, at, before: rows.get(state?.seq ?? 0)?.[state?.index ?? 0] });
    };
    const entries = shards.map(({ channelId, shardNo, lines }) => {
      const answers = lines.map((line) => ({ answer: answerFor(line), raw: [] }));
      return { inquiryId, channelId, shardNo, fence: null, answers };
    });
    await appendEntries(context, tx, entries);
    await settleShards(
      tx,
      inquiryId,
      shards.filter(({ emptied }) => emptied),
    );
    await withdrawTickets(tx, inquiryId, cancelled);
    await writeEvent(tx, { inquiryId, kind: 'cancelled', at, by, agencyIds: cancelled });
    if (agencyIds === 'all-open') await markCancelled(tx, toMake);
    return cancelled.length;
  });

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

type Withdrawn = { readonly inquiryId: string; readonly at: Date; readonly before: Answer | undefined };

function cancelledAnswer(context: StoreContext, line: AskedLine, { inquiryId, at, before }: Withdrawn): Answer {
  const said = noAnswerSaid('cancelled');
  return {
    ...said,
    answerId: context.newId('ans'),
    inquiryId,
    agencyId: line.agencyId,
    category: line.category,
    channelId: line.channelId,
    adapterId: line.adapterId,
    adapterVersion: line.adapterVersion,
    requestNumber: line.requestNumber,
    matchRule: line.matchRule,
    matchKeysSent: line.matchKeysSent,
    attempt: before?.attempt ?? 0,
    maxAttempts: line.maxAttempts,
    firstSentAt: before?.firstSentAt ?? null,
    sentAt: before?.sentAt ?? null,
    receivedAt: context.toInstant(at),
    nextAttemptAt: null,
    breakerState: null,
    breakerOpenSince: null,
    simulated: before?.simulated ?? false,
    rawHash: null,
    contentHash: context.keyring.contentHash(said),
  };
}
