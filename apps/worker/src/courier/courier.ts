import { NoAnswer } from '#contracts';
import type { WorkerParts } from '../worker-parts.ts';
import { codeOf, type CourierParts, type Round } from './round.ts';
import { sendPackages } from './send-packages.ts';
import { takeArrivals } from './take-arrivals.ts';

/** A round takes no longer; what is left is for the next one. */
const longestRoundMs = 600_000;
const tellEveryMs = 3_600_000;

/** Starts a courier for every channel whose tasks and answers travel as files. */
export async function hostCouriers(parts: WorkerParts, courier: CourierParts): Promise<void> {
  for (const hosted of parts.channels.values()) {
    const { batch } = hosted.channel.session;
    if (hosted.config.mode !== 'batch' || batch === undefined || hosted.channel.agencies.size === 0) continue;
    await parts.queue.hostCourier(hosted.config.channelId, batch.scanEveryMs, async (_, { signal }) => {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(longestRoundMs)]);
      await runCourier(parts, { ...courier, hosted, batch, signal: limited });
      return { state: 'done' };
    });
  }
}

/**
 * Before: shards began to wait, so their tasks are open (deliver-shard.ts). Here: carries the mailbox of one channel to
 * the agencies' boxes and back. After: every answer goes the way of a feedback at a door (take-feedback.ts). May be
 * killed anywhere: the next round ends with the same result. What goes wrong on the way is tried again by the next round.
 */
export async function runCourier(parts: WorkerParts, turn: Omit<Round, 'boxes' | 'agencies'>): Promise<void> {
  const { hosted, batch, signal, isPaused } = turn;
  const { channelId } = hosted.config;
  const agencies = [...hosted.channel.agencies.values()].filter(({ agencyId }) => !isPaused(channelId, agencyId));
  try {
    const boxes = await batch.connect(signal);
    try {
      const round: Round = { ...turn, boxes, agencies };
      await sendPackages(parts, round);
      await takeArrivals(parts, round);
    } finally {
      await boxes.close();
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof NoAnswer)) throw error;
    await tellFailure(parts, channelId, error);
  }
}

async function tellFailure({ store, log }: WorkerParts, channelId: string, failure: NoAnswer): Promise<void> {
  const { reason, reasonCode } = failure;
  log.warn('courier.failed', { channelId, reason, reasonCode, code: codeOf(failure) });
  if (reason !== 'unauthorized' && reasonCode === null) return;
  const detail = { reason, reasonCode };
  await store.operationsEvents.tell({ kind: 'channel-unauthorized', channelId, detail, joinWithinMs: tellEveryMs });
}
