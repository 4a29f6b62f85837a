import { setTimeout as wait } from 'node:timers/promises';
import type { Health } from '#contracts';
import { errorCode } from '#platform';
import type { Gateway } from '../gateway.ts';

type Check = Health['checks'][string];

const deadlineMs = 2_000;

/** The worst of all checks. */
export function allTogether(checks: Health['checks']): Health {
  const states = Object.values(checks).map(({ status }) => status);
  return { status: states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok', checks };
}

/** The event loop gets round to a timer. */
export async function checkLoop(): Promise<Check> {
  const startedAt = performance.now();
  await wait(0);
  const ms = performance.now() - startedAt;
  return { status: ms < deadlineMs ? 'ok' : 'down', ms: rounded(ms) };
}

export const checkDatabase = (gateway: Gateway): Promise<Check> =>
  timed(gateway, 'down', async () => void (await gateway.store.health()));

/** Without the queue nothing is lost: the reconciler catches up. So it is worth a warning, no more. */
export const checkQueue = (gateway: Gateway): Promise<Check> =>
  timed(gateway, 'degraded', async () => void (await gateway.queue.counts()));

/** Every channel in use has an adapter that some worker has announced. */
export const checkHosting = (gateway: Gateway): Promise<Check> =>
  timed(gateway, 'down', async () => {
    const manifests = await gateway.adapters.manifests();
    const missing = gateway.installation.channels.filter(
      ({ channelId, enabled }) => enabled && !manifests.has(channelId),
    );
    if (missing.length > 0)
      throw Object.assign(new Error('a channel has no adapter yet'), { code: 'channel-unhosted' });
  });

async function timed({ log }: Gateway, otherwise: 'down' | 'degraded', check: () => Promise<void>): Promise<Check> {
  const startedAt = performance.now();
  const limit = new AbortController();
  try {
    const late = wait(deadlineMs, 'late' as const, { signal: limit.signal });
    late.catch(() => 'in time');
    const outcome = await Promise.race([check(), late]);
    if (outcome === 'late') return { status: otherwise, ms: deadlineMs };
    return { status: 'ok', ms: rounded(performance.now() - startedAt) };
  } catch (error) {
    log.warn('health.failed', { code: errorCode(error) });
    return { status: otherwise, ms: null };
  } finally {
    limit.abort();
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
