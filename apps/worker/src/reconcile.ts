import type { JobOutcome } from '#queue';
import type { OpenShard } from '#store';
import type { WorkerParts } from './worker-parts.ts';

const pageSize = 500;
/** A job that sleeps so long beyond its time was put there by a host whose clock is wrong. */
const oversleptMs = 5_000;
/** More than this many pages are left for the next round. */
const mostPages = 20;

/**
 * PostgreSQL is the truth, the queue a to-do list: makes again whatever job is missing. Runs at boot and every 30 s, in
 * one worker at a time. Losing the queue with all its data loses no inquiry and no answer.
 */
export async function reconcile(parts: WorkerParts, signal: AbortSignal): Promise<JobOutcome> {
  const { store, queue, metrics, log, clock } = parts;
  const merges = await store.inquiries.unmerged(pageSize);
  for (const inquiryId of merges) {
    signal.throwIfAborted();
    await queue.requestMerge(inquiryId, 0);
  }
  let closes = 0;
  for (const inquiryId of await store.inquiries.unclosed(clock.now(), pageSize)) {
    signal.throwIfAborted();
    if (await queue.ensureClose(inquiryId, clock.now())) closes += 1;
  }
  const made = { shard: await remakeShards(parts, signal), merge: merges.length, close: closes };
  for (const [kind, count] of Object.entries(made)) {
    if (count === 0) continue;
    metrics.recreated({ kind, count });
    log.warn('job.recreated', { kind, count });
  }
  return { state: 'done' };
}

/** How many shards had lost their job. Those of channels that are hosted elsewhere are left to the workers there. */
async function remakeShards({ store, queue, channels, clock }: WorkerParts, signal: AbortSignal): Promise<number> {
  let made = 0;
  let after: OpenShard | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const open: readonly OpenShard[] = await store.inquiries.openShards(pageSize, after);
    for (const { inquiryId, channelId, shardNo, generation, nextAt } of open) {
      signal.throwIfAborted();
      if (!channels.has(channelId)) continue;
      const job = { inquiryId, channelId, shardNo, generation };
      if (await queue.ensureShard(job)) made += 1;
      else if (nextAt !== null && clock.now().getTime() - nextAt.getTime() > oversleptMs) await queue.wakeShard(job);
    }
    after = open.at(-1) ?? null;
    if (open.length < pageSize) break;
  }
  return made;
}
