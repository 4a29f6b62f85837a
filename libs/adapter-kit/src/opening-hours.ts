import { NoAnswer, type WorkingClock } from '#contracts';
import type { Guard } from './guard.ts';

/**
 * Sends nothing while the agency is closed (服务时间, WIRE-20): the asking is put off until the next opening.
 *
 * @throws NoAnswer outside-hours (nothing was sent) with the time to the opening as `retryAfterMs`; null when none is known
 */
export function openingHours(clock: WorkingClock, now: () => Date): Guard {
  return async (call, signal) => {
    const at = now();
    if (clock.isOpen(at)) return call(signal);
    const opening = clock.nextOpening(at);
    throw new NoAnswer('outside-hours', 'the agency is closed by its calendar', {
      reasonCode: 'calendar',
      retryAfterMs: opening === null ? null : opening.getTime() - at.getTime(),
    });
  };
}
