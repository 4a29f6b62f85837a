import type { PlannedLine } from '#contracts';
import type { JobContext, JobOutcome, ShardJob } from '#queue';
import type { LineState } from '#store';
import { askingRequest } from './asking-request.ts';
import type { ShardClaim } from './journal-writer.ts';
import { deliverShard } from './deliver-shard.ts';
import type { ShardTask } from './shard-task.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Before: the flow put an `ask` job into the channel's queue (libs/queue/src/inquiry-flow.ts). Here: asks the agencies of
 * one shard that the journal does not have yet. After: each answer goes to the journal (libs/store/src/journal.ts), and
 * when all shards are settled the parent job merges (merge-inquiry.ts).
 *
 * Fails only by our own fault; what an agency does wrong is an answer with its reason.
 */
export async function askShard(parts: WorkerParts, job: ShardJob, context: JobContext): Promise<JobOutcome> {
  const { store, channels, clock } = parts;
  const hosted = channels.get(job.channelId);
  if (!hosted) throw new Error('this worker does not host the channel of the shard');
  const work = await store.shards.begin({ ...job, workerId: parts.workerId });
  if (!work) return finish(parts, job, context);

  const claim: ShardClaim = { ...job, fence: work.fence };
  const next =
    hosted.config.mode === 'mailbox'
      ? await deliverShard(parts, { hosted, work, claim })
      : await callShard(parts, { hosted, work, claim }, context);
  if (next && !work.cancelled) {
    await store.shards.wait({ ...claim, until: next });
    return { state: 'later', at: next };
  }
  if (!(await store.shards.settle(claim))) throw new Error('the shard was taken over before it was settled');
  parts.log.info('shard.settled', {
    inquiryId: job.inquiryId,
    channelId: job.channelId,
    shardNo: job.shardNo,
    at: clock.now().toISOString(),
  });
  return finish(parts, job, context);
}

/** A job that was made again has no parent to wake: it asks for the merge itself when nothing else is open. */
async function finish(parts: WorkerParts, { inquiryId }: ShardJob, { hasParent }: JobContext): Promise<JobOutcome> {
  if (!hasParent && (await parts.store.shards.allSettled(inquiryId))) await parts.queue.requestMerge(inquiryId, 0);
  return { state: 'done' };
}

/** Asks every agency whose time has come; the earliest next attempt, or null when the shard is settled. */
async function callShard(parts: WorkerParts, task: ShardTask, { signal }: JobContext): Promise<Date | null> {
  const { journal, clock, metrics } = parts;
  const { hosted, work, claim } = task;
  const now = clock.now().toISOString();
  const isDue = (line: PlannedLine) => !isLater(work.latest.get(line.agencyId), now);
  const later = work.lines
    .filter((line) => !isDue(line))
    .map((line) => work.latest.get(line.agencyId)?.nextAttemptAt ?? null);
  const askings = work.lines.filter(isDue).map((line) => askingRequest(hosted, line, work.latest.get(line.agencyId)));

  const lost = new AbortController();
  const writes: Promise<void>[] = [];
  for await (const answered of hosted.channel.ask(work.inquiry, askings, AbortSignal.any([signal, lost.signal]))) {
    const { answer } = answered;
    later.push(answer.verdict === 'no-answer' ? answer.nextAttemptAt : null);
    metrics.answered({
      channelId: claim.channelId,
      category: answer.category,
      verdict: answer.verdict,
      reason: answer.verdict === 'no-answer' ? answer.reason : null,
    });
    const written = journal.write(claim, answered);
    written.catch(() => lost.abort()); // stop asking what cannot be kept; the failure itself is thrown below
    writes.push(written);
  }
  await Promise.all(writes);
  signal.throwIfAborted();
  return earliest(later);
}

const isLater = (state: LineState | undefined, now: string): boolean =>
  state?.nextAttemptAt != null && Date.parse(state.nextAttemptAt) > Date.parse(now);

function earliest(times: readonly (string | null)[]): Date | null {
  const known = times.flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  return known.length === 0 ? null : new Date(Math.min(...known));
}
