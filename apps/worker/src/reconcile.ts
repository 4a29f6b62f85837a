import type { JobOutcome } from '#queue';
import type { WorkerParts } from './worker-parts.ts';

/** More than this is left for the next round, 30 s later; the oldest come first. */
const mostPerRound = 2_000;

/**
 * PostgreSQL is the truth, the queue a to-do list: makes again whatever job is missing. Runs at boot and every 30 s, in
 * one worker at a time. Losing the queue with all its data loses no inquiry and no answer.
 */
export async function reconcile(parts: WorkerParts, signal: AbortSignal): Promise<JobOutcome> {
  const { store, queue, metrics, log, channels, clock } = parts;
  const made = { shard: 0, merge: 0, close: 0 };
  for (const shard of await store.shards.open(mostPerRound)) {
    signal.throwIfAborted();
    if (channels.has(shard.channelId) && (await queue.ensureShard(shard))) made.shard += 1;
  }
  for (const inquiryId of await store.inquiries.unmerged(mostPerRound)) {
    signal.throwIfAborted();
    await queue.requestMerge(inquiryId, 0);
    made.merge += 1;
  }
  for (const { inquiryId, closeAt } of await store.inquiries.unclosed(mostPerRound)) {
    signal.throwIfAborted();
    if (await queue.ensureClose(inquiryId, closeAt)) made.close += 1;
  }
  for (const [kind, count] of Object.entries(made)) {
    if (count > 0) metrics.recreated({ kind, count });
    if (count > 0) log.warn('job.recreated', { kind, count, at: clock.now().toISOString() });
  }
  return { state: 'done' };
}
