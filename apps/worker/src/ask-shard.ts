import { takesTasks } from '#contracts';
import type { JobContext, JobOutcome, ShardJob } from '#queue';
import { callShard } from './call-shard.ts';
import { deliverShard, expireLines } from './deliver-shard.ts';
import { earliest, lineDueAt, splitByDue } from './line-due.ts';
import type { ShardTask } from './shard-task.ts';
import type { WorkerParts } from './worker-parts.ts';

/** The channel of a job is not hosted here: a fault of configuration, so the job is tried again and stays visible. */
class ChannelNotHosted extends Error {
  override readonly name = 'ChannelNotHosted';
  readonly code = 'channel-not-hosted';
}

/**
 * Before: the flow put an `ask` job into the channel's queue (libs/queue/src/inquiry-flow.ts). Here: asks the agencies of
 * one shard that the journal does not have yet. After: each answer goes to the journal (libs/store/src/journal.ts), and
 * when all shards are settled the parent job merges (merge-inquiry.ts).
 *
 * Fails only by our own fault; what an agency does wrong is an answer with its reason.
 */
export async function askShard(parts: WorkerParts, job: ShardJob, context: JobContext): Promise<JobOutcome> {
  const { store, channels, clock, log } = parts;
  const hosted = channels.get(job.channelId);
  if (!hosted) throw new ChannelNotHosted('this worker does not host the channel of the shard');
  const work = await store.shards.begin({ ...job, workerId: parts.workerId });
  if (!work) return finish(parts, job, context);

  const task: ShardTask = { hosted, work, claim: { ...job, fence: work.fence } };
  const next = await workOn(parts, task, context);
  // false: the last feedback, a re-query or another worker came in between, so the shard is looked at again soon
  const kept = next ? await store.shards.wait({ ...task.claim, until: next }) : await store.shards.settle(task.claim);
  if (next && kept) {
    if (hosted.config.mode === 'batch') await parts.queue.runCourier(job.channelId);
    return { state: 'later', at: next };
  }
  if (!kept) return { state: 'later', at: new Date(clock.now().getTime() + lookAgainMs) };
  log.info('shard.settled', { inquiryId: job.inquiryId, channelId: job.channelId, shardNo: job.shardNo });
  return finish(parts, job, context);
}

const lookAgainMs = 250;
const heldForMs = 60_000; // until an inquiry that is held is looked at again; resuming it wakes its jobs

/** When to look again, or null when nobody is waited for. While the inquiry is held nothing is sent, but time goes on. */
async function workOn(parts: WorkerParts, task: ShardTask, context: JobContext): Promise<Date | null> {
  const { hosted, work } = task;
  if (!work.paused) return takesTasks(hosted.config.mode) ? deliverShard(parts, task) : callShard(parts, task, context);
  const now = parts.clock.now();
  const { over, open } = splitByDue(work, work.lines, now);
  await expireLines(parts, task, over);
  if (open.length === 0) return null;
  return earliest([new Date(now.getTime() + heldForMs), ...open.map((line) => lineDueAt(work, line))]);
}

/** A job that was made again has no parent to wake: it asks for the merge itself when nothing else is open. */
async function finish(
  { store, queue }: WorkerParts,
  { inquiryId }: ShardJob,
  { hasParent }: JobContext,
): Promise<JobOutcome> {
  const states = hasParent ? [] : await store.shards.state(inquiryId);
  if (!hasParent && states.every(({ settled }) => settled)) await queue.requestMerge(inquiryId, 0);
  return { state: 'done' };
}
