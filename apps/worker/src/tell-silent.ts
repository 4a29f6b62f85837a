import type { WorkerParts } from './worker-parts.ts';

const mostAgencies = 200; // of one channel at once; the others are told when these have come
const minuteMs = 60_000;

/**
 * Tells operators which agencies have not come for their tasks for longer than the channel allows. An agency that stays
 * away is told once in every such time, however often this runs.
 */
export async function tellSilent(
  { store, channels, clock, log }: WorkerParts,
  told: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now().getTime();
  for (const { config } of channels.values()) {
    if (config.mode !== 'mailbox' && config.mode !== 'batch') continue; // nobody else comes on its own
    signal.throwIfAborted();
    const { channelId, pollSilenceMinutes } = config;
    const silenceMs = pollSilenceMinutes * minuteMs;
    const since = new Date(now - silenceMs);
    const silent = await store.mailbox.silent({ channelId, since, limit: mostAgencies });
    for (const { agencyId, tasks, lastPolledAt } of silent) {
      if (now - (told.get(agencyId) ?? -Infinity) < silenceMs) continue;
      const detail = { tasks, lastPolledAt };
      await store.operationsEvents.tell({
        kind: 'agency-silent',
        channelId,
        agencyId,
        detail,
        joinWithinMs: silenceMs,
      });
      told.set(agencyId, now);
      log.warn('agency.silent', { channelId, agencyId, tasks });
    }
  }
}
