import { NoAnswer } from '#contracts';
import type { Guard } from './guard.ts';

interface PaceParts {
  readonly maxPerSecond: number;
  readonly burst?: number; // exchanges that may start at once after a rest; 1 unless given
  readonly maxWaitMs?: number; // longer is told as `throttled` with the time to wait; 30 s unless given
  readonly now: () => Date;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Keeps to the pace that an agency agreed to. Each exchange takes the next free place in time, first come, first served;
 * a place that is too far away is not taken.
 *
 * @throws NoAnswer throttled with `retryAfterMs` (nothing was sent), cancelled when aborted while waiting
 */
export function pace({ maxPerSecond, burst = 1, maxWaitMs = 30_000, now, sleep = wait }: PaceParts): Guard {
  const stepMs = 1_000 / maxPerSecond;
  const graceMs = stepMs * (burst - 1);
  let nextMs = Number.NEGATIVE_INFINITY; // the earliest place that is still free
  return async (call, signal) => {
    const nowMs = now().getTime();
    const placeMs = Math.max(nextMs, nowMs - graceMs);
    const waitMs = placeMs - nowMs;
    if (waitMs > maxWaitMs) {
      throw new NoAnswer('throttled', 'the agreed pace leaves no room', {
        reasonCode: 'pace',
        retryAfterMs: Math.ceil(waitMs),
      });
    }
    nextMs = placeMs + stepMs;
    if (waitMs > 0) await sleep(waitMs, signal);
    return call(signal);
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      clearTimeout(timer);
      reject(new NoAnswer('cancelled', 'cancelled while waiting for its turn'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, Math.ceil(ms));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
