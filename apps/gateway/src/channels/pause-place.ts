import type { operationViewSchema } from '#contracts';
import { errorCode } from '#platform';
import type { z } from 'zod';
import { recordOperation } from '../audit/record-operation.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done as Deed } from '../http/intents.ts';
import { notFound } from '../http/problem-error.ts';

type Place = { readonly channelId: string; readonly agencyId: string | null };
type Operated = z.infer<typeof operationViewSchema>;

/**
 * Holds a channel or one agency of it. The database says so first; then the channel's queue rests, and the workers are
 * told. Whoever does not hear it learns it at the next heartbeat.
 */
export async function pausePlace(
  gateway: Gateway,
  exchange: Exchange,
  { channelId, agencyId, reason }: Place & { readonly reason: string },
): Promise<Deed<Operated>> {
  const { store, workers, clock, log } = gateway;
  const { officer } = exchange.caller;
  await recordOperation(gateway, exchange, { done: 'pause', channelId, agencyId, reason });
  await store.controls.pause({ channelId, agencyId, by: officer.userId, reason, at: clock.now() });
  if (agencyId === null) await restQueue(gateway, channelId, 'pauseChannel');
  const workersTold = await workers.tell({ command: 'refresh-pauses' });
  log.warn('channel.paused', { channelId, agencyId, workersTold });
  const view = { channelId, agencyId, done: 'paused', workersTold };
  return { status: 200, location: null, view, kept: view };
}

export async function resumePlace(
  gateway: Gateway,
  exchange: Exchange,
  { channelId, agencyId }: Place,
): Promise<Operated> {
  const { store, workers, log } = gateway;
  await recordOperation(gateway, exchange, { done: 'resume', channelId, agencyId });
  if (!(await store.controls.resume({ channelId, agencyId }))) throw notFound('pause');
  if (agencyId === null) await restQueue(gateway, channelId, 'resumeChannel');
  const workersTold = await workers.tell({ command: 'refresh-pauses' });
  log.warn('channel.resumed', { channelId, agencyId, workersTold });
  return { channelId, agencyId, done: 'resumed', workersTold };
}

/** The queue only saves work: the guard of the channel holds every asking by itself. */
async function restQueue(
  { queue, log }: Gateway,
  channelId: string,
  act: 'pauseChannel' | 'resumeChannel',
): Promise<void> {
  try {
    await queue[act](channelId);
  } catch (error) {
    log.warn('queue.lost', { channelId, code: errorCode(error) });
  }
}
