import type { Answer, CaseDocument, FeedbackOutcome, Mailbox, MailboxTask, OfficerCards } from '#contracts';
import type { FeedbackTaken, HandedTask } from '#store';
import { errorCode } from '#platform';
import { askingRequest } from '../asking-request.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';
import type { StrangerQuota } from './stranger-quota.ts';

/** One call at a door: which channel, its raw bytes, and whether a simulator spoke. */
export interface DoorCall {
  readonly hosted: HostedChannel;
  readonly raw: Uint8Array;
  readonly simulated: boolean;
  readonly strangers: StrangerQuota;
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
      return tasks.flatMap((task) => toTask(call, agencyId, task));
    },
    async find(agencyId, requestNumber, signal) {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? (toTask(call, agencyId, task)[0] ?? null) : null;
    },
    async documents(agencyId, documentNumber, signal): Promise<readonly CaseDocument[]> {
      signal.throwIfAborted();
      const files = await store.mailbox.documents({ channelId, agencyId, documentNumber });
      return files.map(({ view, bytes }) => ({ fileName: view.fileName, fileType: view.fileType, bytes }));
    },
    async cards(agencyId, requestNumber, signal): Promise<OfficerCards | null> {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? cards.of(task.inquiry.officer) : null;
    },
    feedBack: (agencyId, feedback, signal) => takeFeedback(parts, call, { agencyId, ...feedback, signal }),
    async quarantine(agencyId, paths, signal) {
      signal.throwIfAborted();
      if (agencyId === null && !isKept(parts, call)) return;
      await store.mailbox.quarantine({ channelId, agencyId, paths, bytes: call.raw });
      parts.log.warn('answer.quarantined', { channelId, paths: paths.slice(0, 20).join(' ') });
      parts.metrics.quarantined({ channelId });
    },
  };
}

/** Every refusal is counted; one a minute is logged, so that the log is not filled instead of the disk. */
function isKept({ metrics, log }: WorkerParts, { hosted, raw, strangers }: DoorCall): boolean {
  const { channelId } = hosted.config;
  const taken = strangers.take(channelId, raw.byteLength);
  if (taken === 'kept') return true;
  metrics.doorCalled({ channelId, result: 'quarantine-full' });
  if (taken === 'first-refused') log.warn('quarantine.filled', { channelId });
  return false;
}

type Told = Parameters<Mailbox['feedBack']>[1] & { readonly agencyId: string; readonly signal: AbortSignal };

async function takeFeedback(parts: WorkerParts, call: DoorCall, told: Told): Promise<FeedbackOutcome> {
  const { store } = parts;
  const { channel, config } = call.hosted;
  const { agencyId, requestNumber, said, signal } = told;
  signal.throwIfAborted();
  const key = { channelId: config.channelId, agencyId, requestNumber };
  const task = await store.mailbox.find(key);
  if (!task || !channel.agencies.has(agencyId)) return 'unknown';
  const request = { ...askingRequest(call.hosted, task.line, undefined), firstSentAt: task.inquiry.requestedAt };
  const answered = channel.stampFeedback(task.inquiry, request, { said, raw: call.raw, simulated: call.simulated });
  const taken = await store.mailbox.feedBack({ ...key, answered });
  if (taken.outcome === 'accepted' || taken.outcome === 'changed')
    await announce(parts, { taken, answer: answered.answer });
  return taken.outcome;
}

interface Accepted {
  readonly taken: Extract<FeedbackTaken, { inquiryId: string }>;
  readonly answer: Answer;
}

/** Before the shard is done its job waits; the last answer wakes it, and whatever comes after that makes a later version. */
async function announce(
  { store, queue, metrics, log, settleMs }: WorkerParts,
  { taken, answer }: Accepted,
): Promise<void> {
  const { inquiryId, shardNo, outcome, shardDone, late } = taken;
  const { channelId, category, verdict } = answer;
  metrics.answered({ channelId, category, verdict, reason: answer.verdict === 'no-answer' ? answer.reason : null });
  if (outcome === 'changed') log.warn('answer.contradicted', { inquiryId, agencyId: answer.agencyId });
  const wake = async () => {
    if (late) await queue.requestMerge(inquiryId, settleMs);
    if (!shardDone || late) return;
    const shard = (await store.shards.state(inquiryId)).find(
      (each) => each.channelId === channelId && each.shardNo === shardNo,
    );
    if (shard) await queue.wakeShard({ inquiryId, channelId, shardNo, generation: shard.generation });
  };
  // the answer is durable: whoever fed it back gets the receipt, and without the queue the reconciler sees to the rest
  await wake().catch((error: unknown) => log.warn('queue.lost', { inquiryId, code: errorCode(error) }));
}

/** Agencies may leave the directory while a task of theirs is open; then nobody can log in for it any more. */
function toTask(call: DoorCall, agencyId: string, task: HandedTask): MailboxTask[] {
  const agency = call.hosted.channel.agencies.get(agencyId);
  return agency ? [{ requestNumber: task.requestNumber, inquiry: task.inquiry, agency }] : [];
}
