import { NoAnswer } from '#contracts';
import type { Guard } from './guard.ts';

/** Token buckets that all replicas share. */
export interface SharedPace {
  /**
   * Takes at most `wanted` tokens of the bucket, at once. `taken` 0: there are none for `retryAfterMs`. Never more than
   * `maxPerSecond` over all replicas, also while the engine behind it is away.
   */
  take(bucket: string, wanted: number, maxPerSecond: number): Promise<Taken>;
}

interface Taken {
  readonly taken: number;
  readonly retryAfterMs: number;
}

interface SharedPaceParts {
  readonly shared: SharedPace;
  readonly bucket: string;
  readonly maxPerSecond: number;
  readonly maxWaitMs?: number; // longer is told as `throttled`; 30 s unless given
}

interface Waiter {
  readonly start: () => void;
}

const aloneShare = 4; // of the pace, when the buckets fail altogether: some replicas may be in the same place
const shortestMs = 5;

/**
 * Keeps to a pace that all replicas share. Exchanges start in the order in which they came; as many tokens as wait are
 * taken with one round trip, at most a tenth of a second's worth.
 *
 * @throws NoAnswer throttled with `retryAfterMs` (nothing was sent), cancelled when aborted while waiting
 */
export function sharedPace(parts: SharedPaceParts): Guard {
  const { maxPerSecond, maxWaitMs = 30_000 } = parts;
  const waiting = new Set<Waiter>();
  let running = false;

  async function serve(): Promise<void> {
    running = true;
    while (waiting.size > 0) {
      const { taken, retryAfterMs } = await takeOrWait(parts, waiting.size);
      for (const each of [...waiting].slice(0, taken)) each.start();
      if (taken === 0 && waiting.size > 0) await pass(Math.max(shortestMs, retryAfterMs));
    }
    running = false;
  }

  return async (call, signal) => {
    const aheadMs = (waiting.size * 1_000) / maxPerSecond;
    if (aheadMs > maxWaitMs) throw noRoom(aheadMs);
    const place = placeIn(waiting, { signal, maxWaitMs, stepMs: 1_000 / maxPerSecond });
    if (!running) void serve();
    await place;
    return call(signal);
  };
}

/** Buckets that fail are no reason to fail an asking, nor to send without a limit: then it goes on slowly, alone. */
async function takeOrWait({ shared, bucket, maxPerSecond }: SharedPaceParts, wanted: number): Promise<Taken> {
  const chunk = Math.max(1, Math.floor(maxPerSecond / 10));
  try {
    return await shared.take(bucket, Math.min(wanted, chunk), maxPerSecond);
  } catch {
    await pass((aloneShare * 1_000) / maxPerSecond);
    return { taken: 1, retryAfterMs: 0 };
  }
}

interface Place {
  readonly signal: AbortSignal;
  readonly maxWaitMs: number;
  readonly stepMs: number;
}

/** Waits for its token; leaves the row when it is aborted, or when it has waited for too long. */
function placeIn(waiting: Set<Waiter>, { signal, maxWaitMs, stepMs }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      waiting.delete(waiter);
    };
    const cancel = (): void => {
      leave();
      reject(new NoAnswer('cancelled', 'cancelled while waiting for its turn'));
    };
    const waiter: Waiter = {
      start() {
        leave();
        resolve();
      },
    };
    const timer = setTimeout(() => {
      leave();
      reject(noRoom(Math.max(stepMs, 1_000)));
    }, maxWaitMs);
    waiting.add(waiter);
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}

const noRoom = (waitMs: number): NoAnswer =>
  new NoAnswer('throttled', 'the agreed pace leaves no room', { reasonCode: 'pace', retryAfterMs: Math.ceil(waitMs) });

const pass = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, Math.ceil(ms)).unref()); // who waits has a timer of its own
