import type { CaseDocument, FeedbackOutcome, Mailbox, MailboxTask, OfficerCards } from '#contracts';
import type { LineState, StoredTask } from '#store';
import { askingRequest } from '../asking-request.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';

/** One call at a door: which channel, its raw bytes, and whether a simulator spoke. */
export interface DoorCall {
  readonly hosted: HostedChannel;
  readonly raw: Uint8Array;
  readonly simulated: boolean;
}

/**
 * The mailboxes of one channel as the adapter's door code sees them during one call. Everything is bound to the agency
 * whose credentials were shown; a feedback is durable before its receipt goes out.
 */
export function channelMailbox(parts: WorkerParts, cards: CardPictures, call: DoorCall): Mailbox {
  const { store } = parts;
  const { config } = call.hosted;
  const channelId = config.channelId;
  return {
    async handOut(agencyId, limit, signal) {
      signal.throwIfAborted();
      const tasks = await store.mailbox.handOut({ channelId, agencyId, limit, at: parts.clock.now() });
      return tasks.flatMap((task) => toTask(call, task));
    },
    async find(agencyId, requestNumber, signal) {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? (toTask(call, task)[0] ?? null) : null;
    },
    async documents(agencyId, documentNumber, signal): Promise<readonly CaseDocument[]> {
      signal.throwIfAborted();
      return store.mailbox.documents({ channelId, agencyId, documentNumber });
    },
    async cards(agencyId, requestNumber, signal): Promise<OfficerCards | null> {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? cards.of(task.inquiry.officer) : null;
    },
    feedBack: (agencyId, feedback, signal) => takeFeedback(parts, call, { agencyId, ...feedback, signal }),
    async quarantine(agencyId, paths, signal) {
      signal.throwIfAborted();
      await store.mailbox.quarantine({ channelId, agencyId, paths, bytes: call.raw });
      parts.log.warn('answer.quarantined', { channelId, paths: paths.slice(0, 20).join(' ') });
      parts.metrics.quarantined({ channelId });
    },
  };
}

type Told = Parameters<Mailbox['feedBack']>[1] & { readonly agencyId: string; readonly signal: AbortSignal };

async function takeFeedback(parts: WorkerParts, call: DoorCall, told: Told): Promise<FeedbackOutcome> {
  const { store, queue, metrics, log, settleMs } = parts;
  const { channel, config } = call.hosted;
  const { agencyId, requestNumber, said, signal } = told;
  signal.throwIfAborted();
  const task = await store.mailbox.find({ channelId: config.channelId, agencyId, requestNumber });
  if (!task || !channel.agencies.has(agencyId)) return 'unknown';
  const state: LineState = {
    attempts: 0,
    incompleteAttempts: 0,
    firstSentAt: task.handedOutAt,
    nextAttemptAt: null,
    settled: false,
  };
  const answered = channel.stampFeedback(task.inquiry, askingRequest(call.hosted, task.line, state), {
    said,
    raw: call.raw,
    simulated: call.simulated,
  });
  const taken = await store.mailbox.feedBack({ channelId: config.channelId, agencyId, requestNumber, answered });
  if (taken.outcome === 'accepted' || taken.outcome === 'changed') {
    const { answer } = answered;
    metrics.answered({
      channelId: config.channelId,
      category: answer.category,
      verdict: answer.verdict,
      reason: answer.verdict === 'no-answer' ? answer.reason : null,
    });
    if (taken.outcome === 'changed') log.warn('answer.contradicted', { inquiryId: task.inquiryId, agencyId });
    if (taken.shardSettled) await queue.requestMerge(task.inquiryId, settleMs);
    else if (taken.shardAnswered) await queue.wakeShard({ ...taken.shard });
  }
  return taken.outcome;
}

/** Agencies may leave the directory while a task of theirs is open; then nobody can log in for it any more. */
function toTask(call: DoorCall, task: StoredTask): MailboxTask[] {
  const agency = call.hosted.channel.agencies.get(task.line.agencyId);
  return agency ? [{ requestNumber: task.requestNumber, inquiry: task.inquiry, agency }] : [];
}
