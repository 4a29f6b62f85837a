import type { InquiryJob, JobOutcome } from '#queue';
import { expireLines } from './deliver-shard.ts';
import { mergeInquiry } from './merge-inquiry.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * The inquiry's deadline: whatever is still open is overdue from now on, and a version is made from what is there.
 * Taking a shard over ends the claim of a worker that still asks; its late answers find the fence stale.
 */
export async function closeInquiry(parts: WorkerParts, job: InquiryJob): Promise<JobOutcome> {
  const { inquiryId } = job;
  const { store, channels, clock, log, workerId } = parts;
  const head = await store.inquiries.head(inquiryId, 'inside');
  if (!head || head.closedAt !== null) return { state: 'done' };
  for (const { channelId, shardNo, settled } of await store.shards.state(inquiryId)) {
    const hosted = channels.get(channelId);
    const work = settled || !hosted ? null : await store.shards.begin({ inquiryId, channelId, shardNo, workerId });
    if (!work || !hosted) continue;
    const claim = { inquiryId, channelId, shardNo, fence: work.fence };
    await expireLines(parts, { hosted, work, claim }, work.lines);
    await store.shards.settle(claim);
  }
  await store.inquiries.close(inquiryId, clock.now());
  log.info('inquiry.closed-incomplete', { inquiryId });
  return mergeInquiry(parts, job, 'closed');
}
