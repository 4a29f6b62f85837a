import { NoAnswer } from '#contracts';
import type { Guard } from './guard.ts';

/**
 * Gives every exchange its own time limit and its own signal: one slow agency must not cancel its neighbour. The limit
 * holds for the whole exchange, also when the call takes no notice of its signal.
 *
 * @throws NoAnswer timed-out when the limit is reached, cancelled when the signal from outside is aborted
 */
export function deadline(limitMs: number): Guard {
  return async (call, signal) => {
    if (signal.aborted) throw new NoAnswer('cancelled', 'cancelled before the exchange');
    const clock = new AbortController();
    const either = AbortSignal.any([signal, clock.signal]);
    const timer = setTimeout(() => clock.abort(), limitMs);
    try {
      return await Promise.race([aborted(either, signal, limitMs), run(call, either)]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const run = async <Result>(call: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result> =>
  call(signal);

/** Rejects when one of the two signals is aborted. Nobody waits for it after the race, so it is left to the collector. */
function aborted(either: AbortSignal, outer: AbortSignal, limitMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void =>
      reject(
        outer.aborted
          ? new NoAnswer('cancelled', 'cancelled during the exchange')
          : new NoAnswer('timed-out', `no reply within ${limitMs} ms`),
      );
    either.addEventListener('abort', stop, { once: true });
  });
}
