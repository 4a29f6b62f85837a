import { recordedReplies } from '#adapter-kit';
import type { Answer } from '#contracts';
import type { JobContext, JobOutcome, ReplayJob } from '#queue';
import { askingRequest } from './asking-request.ts';
import { replayPackage } from './courier/replay-package.ts';
import { replayDoor } from './doors/replay-door.ts';
import type { Reading, ToRead } from './replay-reading.ts';
import type { WorkerParts } from './worker-parts.ts';

const passOnMs = 5_000; // a channel that is hosted elsewhere: another worker takes the job then

/**
 * Reads a quarantined message again, by the same adapter code that would read it now, without asking the agency. What
 * is understood this time is journaled like a late answer; what is not stays where it is.
 * docs/decisions/0014-suspicion-is-part-of-the-answer.md tells why it keeps the time at which it came.
 */
export async function replayMessage(
  parts: WorkerParts,
  { quarantineId, channelId }: ReplayJob,
  { signal }: JobContext,
): Promise<JobOutcome> {
  const { store, channels, clock, log } = parts;
  const hosted = channels.get(channelId);
  if (!hosted) return { state: 'later', at: new Date(clock.now().getTime() + passOnMs) };
  const message = await store.quarantine.get(quarantineId);
  if (message?.state !== 'waiting') return { state: 'done' };
  const reading = await readAgain(parts, { hosted, message, signal });
  await store.quarantine.note({ quarantineId, ...reading });
  log.info('answer.read-again', { channelId, state: reading.state });
  return { state: 'done' };
}

function readAgain(parts: WorkerParts, given: Omit<ToRead<'door'>, 'origin'>): Promise<Reading> | Reading {
  const { origin } = given.message;
  if (origin?.source === 'door') return replayDoor(parts, { ...given, origin });
  if (origin?.source === 'call') return replayCall(parts, { ...given, origin });
  if (origin?.source === 'package') return replayPackage(parts, { ...given, origin });
  return { state: 'waiting', paths: ['where it came from is not known'] };
}

async function replayCall(parts: WorkerParts, { hosted, message, origin, signal }: ToRead<'call'>): Promise<Reading> {
  const { store } = parts;
  const { inquiryId, quarantineId: answerId, seq } = message;
  if (inquiryId === null || seq === null) return { state: 'given-up', paths: ['no inquiry'] };
  const kept = await store.journal.answer({ inquiryId, answerId, rows: 'inside', seq });
  const stored = await store.inquiries.get(inquiryId, 'inside');
  const line = stored?.plan.find(({ agencyId }) => agencyId === kept?.answer.agencyId);
  if (!kept || !stored || !line) return { state: 'given-up', paths: ['no answer in the journal'] };
  if (!hosted.channel.agencies.has(line.agencyId)) return { state: 'given-up', paths: ['no agency in the channel'] };
  const { ask, submit } = hosted.channel.session;
  if (!ask && !submit) return { state: 'given-up', paths: ['an adapter that does not ask'] };
  const { answer, raw, culled } = kept;
  if (culled !== null) return { state: 'given-up', paths: ['the messages were removed by age'] };
  const request = {
    ...askingRequest(hosted, { ...line, requestNumber: answer.requestNumber }, undefined),
    ...{ attempt: answer.attempt, firstSentAt: answer.firstSentAt },
  };
  const recorded = { replies: recordedReplies(origin.exchanges, raw), ...whenItCame(answer) };
  const read = await hosted.channel.replay(stored.inquiry, request, { recorded, signal });
  if (isUnread(read.answer)) return { state: 'waiting', paths: read.unread?.paths ?? ['(unknown)'] };
  const shardNo = line.shardNo ?? 0;
  const entry = { inquiryId, channelId: answer.channelId, shardNo, fence: null };
  await store.journal.append([{ ...entry, answers: [read] }], signal);
  parts.drift.observe([read.answer]);
  await parts.queue.requestMerge(inquiryId, parts.settleMs);
  return { state: 'read' };
}

const whenItCame = ({ receivedAt, sentAt, simulated }: Answer) => ({
  receivedAt: new Date(receivedAt),
  sentAt: sentAt === null ? null : new Date(sentAt),
  simulated,
});

/** It says nothing about the agency that a reading was stopped, or that nothing more was recorded. */
const isUnread = (answer: Answer): boolean =>
  answer.verdict === 'no-answer' && ['unintelligible', 'cancelled', 'pending'].includes(answer.reason);
