import type { FlowJob } from 'bullmq';
import { inquiryJobSchema, jobIds, jobOptions, queueNames, shardJobSchema } from './jobs.ts';

/**
 * Before: the inquiry and its shards are stored (libs/store). After: apps/worker/src/ask-shard.ts and merge-inquiry.ts.
 * One flow: a parent `merge` that runs when every child `ask` is done. Ids are derived, so adding twice is harmless.
 */
export interface InquiryFlow {
  readonly inquiryId: string;
  readonly generation: number; // 0 at first; a re-query starts the next one
  readonly shards: readonly { readonly channelId: string; readonly shardNo: number }[];
}

export function flowOf({ inquiryId, generation, shards }: InquiryFlow): FlowJob {
  return {
    name: 'merge',
    queueName: queueNames.merge,
    data: inquiryJobSchema.parse({ inquiryId }),
    opts: { ...jobOptions, jobId: jobIds.merge(inquiryId, generation) },
    children: shards.map((shard) => {
      const data = shardJobSchema.parse({ inquiryId, generation, channelId: shard.channelId, shardNo: shard.shardNo });
      return {
        name: 'ask',
        queueName: queueNames.ask(shard.channelId),
        data,
        opts: { ...jobOptions, jobId: jobIds.shard(data), ignoreDependencyOnFailure: true },
      };
    }),
  };
}
