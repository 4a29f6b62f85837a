import { NoAnswer } from '#contracts';
import { collectLate } from '../collect-late.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import { codeOf, type CourierParts, type Round } from './round.ts';
import { sendPackages } from './send-packages.ts';
import { takeArrivals } from './take-arrivals.ts';

/** A round takes no longer; what is left is for the next one. */
const longestRoundMs = 600_000;
const tellEveryMs = 3_600_000;

const leastBetweenMs = 500;

/**
 * Starts a courier for every channel that has something to carry on its own: tasks and answers that travel as files, and
 * answers that no shard waits for any more.
 */
export async function hostCouriers(parts: WorkerParts, courier: CourierParts): Promise<void> {
  for (const hosted of parts.channels.values()) {
    const errand = errandOf(parts, courier, hosted);
    if (errand === null || hosted.channel.agencies.size === 0) continue;
    await parts.queue.hostCourier(hosted.config.channelId, errand.everyMs, async (_, { signal }) => {
      await errand.run(AbortSignal.any([signal, AbortSignal.timeout(longestRoundMs)]));
      return { state: 'done' };
    });
  }
}

interface Errand {
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<unknown>;
}

function errandOf(parts: WorkerParts, courier: CourierParts, hosted: HostedChannel): Errand | null {
  const { config, channel } = hosted;
  const { batch } = channel.session;
  if (config.mode === 'batch' && batch !== undefined)
    return { everyMs: batch.scanEveryMs, run: (signal) => runCourier(parts, { ...courier, hosted, batch, signal }) };
  if (config.mode === 'ticket')
    return {
      everyMs: Math.max(leastBetweenMs, config.ticket.minIntervalMs),
      run: (signal) => collectLate(parts, hosted, signal),
    };
  return null;
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
  const kind = reasonCode === 'address-denied' ? 'channel-address-denied' : 'channel-unauthorized';
  await store.operationsEvents.tell({ kind, channelId, detail, joinWithinMs: tellEveryMs });
}
