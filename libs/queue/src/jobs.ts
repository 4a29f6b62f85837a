import { randomInt } from 'node:crypto';
import { channelIdSchema, idSchema } from '#contracts';
import { z } from 'zod';

/** Data of the jobs: ids and small numbers only, never anything about a person (house rule 15). */
export const shardJobSchema = z.strictObject({
  inquiryId: idSchema('inq'),
  channelId: channelIdSchema,
  shardNo: z.int().nonnegative(),
  generation: z.int().nonnegative(),
});
export const inquiryJobSchema = z.strictObject({ inquiryId: idSchema('inq') });
/** Reads one quarantined message again. */
export const replayJobSchema = z.strictObject({ channelId: channelIdSchema, quarantineId: idSchema('ans') });
export const emptyJobSchema = z.strictObject({});

export type ShardJob = z.infer<typeof shardJobSchema>;
export type ReplayJob = z.infer<typeof replayJobSchema>;
export type InquiryJob = z.infer<typeof inquiryJobSchema>;

/** Queue names and job ids: dots as separators, because `:` is not allowed in either. */
export const queueNames = {
  merge: 'merge',
  close: 'close',
  reconcile: 'reconcile',
  ask: (channelId: string) => `ask.${channelId}`,
  courier: (channelId: string) => `courier.${channelId}`,
  replay: 'replay',
} as const;

export const jobIds = {
  shard: ({ inquiryId, channelId, shardNo, generation }: ShardJob) =>
    `${inquiryId}.${channelId}.${shardNo}.${generation}`,
  merge: (inquiryId: string, generation: number) => `merge.${inquiryId}.${generation}`,
  lateMerge: (inquiryId: string) => `merge.${inquiryId}.late`,
  close: (inquiryId: string) => `close.${inquiryId}`,
  courierSoon: (channelId: string) => `courier.${channelId}.soon`,
  replay: (quarantineId: string) => `replay.${quarantineId}`,
} as const;

const firstDelayMs = 200;
const longestDelayMs = 2_000;

/**
 * How long a job waits after its n-th failure, in ms: doubled, but never so long that work rests when what was away for
 * half a minute is back (BullMQ's own exponential delay has no upper end). Some at random, so that not all come at once.
 */
export function retryDelayMs(attempts: number): number {
  const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempts - 1, 10));
  return randomInt(Math.ceil(longest / 2), longest + 1);
}

/** A crash is tried again; what an agency does wrong is data and never fails a job. After that the reconciler remakes it. */
export const jobOptions = {
  attempts: 40,
  backoff: { type: 'bounded' }, // retryDelayMs
  removeOnComplete: { count: 200 },
  removeOnFail: { count: 1_000 },
} as const;
