import type { Answer, Feedback, FeedbackOutcome } from '#contracts';
import { errorCode } from '#platform';
import type { FeedbackTaken, ToQuarantine } from '#store';
import { askingRequest } from './asking-request.ts';
import type { HostedChannel, WorkerParts } from './worker-parts.ts';

/** What an agency sent on its own, by a call at a door or as a file: which channel, its raw bytes, whether a simulator spoke. */
export interface Message {
  readonly hosted: HostedChannel;
  readonly raw: Uint8Array;
  readonly simulated: boolean;
  /** Of bytes that are read again; otherwise now. */
  readonly receivedAt?: Date;
  /** What reading it again takes, should it be unreadable. */
  readonly origin?: NonNullable<ToQuarantine['origin']>;
}

type Told = Feedback & { readonly agencyId: string; readonly signal: AbortSignal };

/**
 * Takes what an agency said under one request number, whatever it travelled in: stamped, journalled durably, and then
 * announced to whoever waits for it.
 */
export async function takeFeedback(parts: WorkerParts, message: Message, told: Told): Promise<FeedbackOutcome> {
  const { store } = parts;
  const { channel, config } = message.hosted;
  const { agencyId, requestNumber, said, signal } = told;
  signal.throwIfAborted();
  const key = { channelId: config.channelId, agencyId, requestNumber };
  const task = await store.mailbox.find(key);
  if (!task || !channel.agencies.has(agencyId)) return 'unknown';
  const request = { ...askingRequest(message.hosted, task.line, undefined), firstSentAt: task.inquiry.requestedAt };
  const { raw, simulated, receivedAt } = message;
  const fedBack = { said, raw, simulated, ...(receivedAt && { receivedAt }) };
  const answered = channel.stampFeedback(task.inquiry, request, fedBack);
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
  { store, queue, metrics, log, drift, settleMs }: WorkerParts,
  { taken, answer }: Accepted,
): Promise<void> {
  const { inquiryId, shardNo, shardDone, late } = taken;
  const { channelId, category, verdict } = answer;
  metrics.answered({ channelId, category, verdict, reason: answer.verdict === 'no-answer' ? answer.reason : null });
  drift.observe([answer]);
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

/** Keeps the bytes of a message that could not be understood, wholly or in places. `paths`: never a value. */
export async function keepUnreadable(
  { store, log, quarantined }: WorkerParts,
  { hosted, raw, origin }: Message,
  { agencyId, paths }: { readonly agencyId: string | null; readonly paths: readonly string[] },
): Promise<void> {
  const { channelId } = hosted.config;
  await store.mailbox.quarantine({ channelId, agencyId, paths, bytes: raw, ...(origin && { origin }) });
  log.warn('answer.quarantined', { channelId, paths: paths.slice(0, 20).join(' ') });
  quarantined.tell(channelId, agencyId);
}
