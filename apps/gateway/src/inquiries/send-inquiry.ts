import { errorCode } from '#platform';
import type { Gateway } from '../gateway.ts';

/**
 * Puts the jobs of a stored inquiry into the queue. The inquiry is safe before this: when the queue is away, the
 * reconciler of a worker makes the same jobs from the database, so a failure is logged and nothing more.
 */
export async function sendInquiry(
  gateway: Gateway,
  { inquiryId, closeAt }: { readonly inquiryId: string; readonly closeAt: Date },
): Promise<void> {
  const { store, queue } = gateway;
  await orLater(gateway, inquiryId, async () => {
    const shards = await store.shards.state(inquiryId);
    await queue.startInquiry({ inquiryId, generation: shards[0]?.generation ?? 1, shards });
    await queue.scheduleClose(inquiryId, closeAt);
  });
}

/** Makes the jobs of shards that were opened again; each one asks for the merge itself when it is the last. */
export async function sendAgain(
  gateway: Gateway,
  inquiryId: string,
  again: {
    readonly shards: readonly { channelId: string; shardNo: number; generation: number }[];
    readonly closeAt: Date | null;
  },
): Promise<void> {
  const { queue } = gateway;
  await orLater(gateway, inquiryId, async () => {
    for (const shard of again.shards)
      await queue.ensureShard({
        inquiryId,
        channelId: shard.channelId,
        shardNo: shard.shardNo,
        generation: shard.generation,
      });
    if (again.closeAt !== null) await queue.ensureClose(inquiryId, again.closeAt);
  });
}

/** What was withdrawn is settled: a version that says so is made at once. */
export const sendMerge = (gateway: Gateway, inquiryId: string): Promise<void> =>
  orLater(gateway, inquiryId, () => gateway.queue.requestMerge(inquiryId, 0));

/** What was entered by hand: the last answer of a waiting shard wakes its job, a late one makes a later version. */
export const sendEntered = (
  gateway: Gateway,
  inquiryId: string,
  entered: {
    readonly channelId: string;
    readonly shardNo: number;
    readonly shardDone: boolean;
    readonly late: boolean;
  },
): Promise<void> =>
  orLater(gateway, inquiryId, async () => {
    const { queue, store, settings } = gateway;
    const { channelId, shardNo, shardDone, late } = entered;
    if (late) return queue.requestMerge(inquiryId, settings.settleMs);
    if (!shardDone) return;
    const shards = await store.shards.state(inquiryId);
    const shard = shards.find((each) => each.channelId === channelId && each.shardNo === shardNo);
    if (shard) await queue.wakeShard({ inquiryId, channelId, shardNo, generation: shard.generation });
  });

/** The inquiry is held no more: its jobs look again at once. */
export const sendResumed = (gateway: Gateway, inquiryId: string): Promise<void> =>
  orLater(gateway, inquiryId, async () => {
    const open = (await gateway.store.shards.state(inquiryId)).filter(({ settled }) => !settled);
    for (const { channelId, shardNo, generation } of open)
      await gateway.queue.wakeShard({ inquiryId, channelId, shardNo, generation });
  });

const patienceMs = 5_000;

/** A queue that hangs must not hold the caller either. */
async function orLater({ log }: Gateway, inquiryId: string, put: () => Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => late.reject(Object.assign(new Error('the queue takes too long'), { code: 'queue-slow' })),
    patienceMs,
  );
  try {
    await Promise.race([put(), late.promise]);
  } catch (error) {
    log.warn('queue.lost', { inquiryId, code: errorCode(error) });
  } finally {
    clearTimeout(timer);
  }
}
