import { describe, expect, it } from '@jest/globals';
import { NoAnswer } from '#contracts';
import { deadline } from './deadline.ts';
import { nest, type Guard } from './guard.ts';
import { pace } from './pace.ts';

const never = new AbortController().signal;
const reason = (wanted: string) => expect.objectContaining({ reason: wanted });
const silent = () => new Promise<never>(() => undefined);

describe('nested guards', () => {
  it('stand outermost first around the call', async () => {
    const steps: string[] = [];
    const named =
      (name: string): Guard =>
      async (call, signal) => {
        steps.push(`${name} in`);
        const result = await call(signal);
        steps.push(`${name} out`);
        return result;
      };
    await nest(named('pace'), named('breaker'), named('deadline'))(async () => steps.push('call'), never);
    expect(steps).toEqual(['pace in', 'breaker in', 'deadline in', 'call', 'deadline out', 'breaker out', 'pace out']);
  });
});

describe('a deadline', () => {
  it('gives back what came in time, and what failed', async () => {
    await expect(deadline(1_000)(async () => 'reply', never)).resolves.toBe('reply');
    await expect(deadline(1_000)(() => Promise.reject(new NoAnswer('refused', 'no')), never)).rejects.toEqual(
      reason('refused'),
    );
  });

  it('ends an exchange whose call takes no notice of its signal', async () => {
    await expect(deadline(10)(silent, never)).rejects.toEqual(reason('timed-out'));
  });

  it('tells an exchange that took too long from one that was cancelled', async () => {
    const cancel = new AbortController();
    const running = deadline(1_000)(silent, cancel.signal);
    cancel.abort();
    await expect(running).rejects.toEqual(reason('cancelled'));
    await expect(
      deadline(10)(
        (signal) =>
          new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new NoAnswer('cancelled', 'stopped'))),
          ),
        never,
      ),
    ).rejects.toEqual(reason('timed-out'));
  });

  it('starts nothing when it is cancelled before', async () => {
    let started = false;
    const call = async () => void (started = true);
    await expect(deadline(1_000)(call, AbortSignal.abort())).rejects.toEqual(reason('cancelled'));
    expect(started).toBe(false);
  });

  it('aborts the signal of its own exchange and of no other', async () => {
    const guard = deadline(20);
    const signals: AbortSignal[] = [];
    const slow = guard((signal) => {
      signals.push(signal);
      return silent();
    }, never);
    const quick = guard(async (signal) => signals.push(signal), never);
    await Promise.allSettled([slow, quick]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(never.aborted).toBe(false);
  });
});

describe('a pace', () => {
  function paceOf(parts: { maxPerSecond: number; burst?: number; maxWaitMs?: number }) {
    let nowMs = 0;
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => void waits.push(ms);
    const guard = pace({ ...parts, now: () => new Date(nowMs), sleep });
    return { start: () => guard(async () => 'sent', never), waits, pass: (ms: number) => void (nowMs += ms) };
  }

  it('gives each exchange its place in time, first come, first served', async () => {
    const { start, waits, pass } = paceOf({ maxPerSecond: 10 });
    await Promise.all([start(), start(), start()]);
    expect(waits).toEqual([100, 200]);
    pass(250);
    await start();
    expect(waits).toEqual([100, 200, 50]);
    pass(10_000);
    await Promise.all([start(), start()]);
    expect(waits).toEqual([100, 200, 50, 100]);
  });

  it('lets a burst through after a rest', async () => {
    const { start, waits } = paceOf({ maxPerSecond: 10, burst: 3 });
    await Promise.all([start(), start(), start(), start()]);
    expect(waits).toEqual([100]);
  });

  it('says how long to wait where that is too long, and takes no place then', async () => {
    const { start, waits, pass } = paceOf({ maxPerSecond: 1, maxWaitMs: 1_500 });
    await Promise.all([start(), start()]);
    await expect(start()).rejects.toEqual(
      expect.objectContaining({ reason: 'throttled', reasonCode: 'pace', retryAfterMs: 2_000 }),
    );
    pass(2_000);
    await start();
    expect(waits).toEqual([1_000]);
  });

  it('can be cancelled while it waits', async () => {
    const guard = pace({ maxPerSecond: 0.1, now: () => new Date(0) });
    await guard(async () => 'sent', never);
    const cancel = new AbortController();
    const waiting = guard(async () => 'sent', cancel.signal);
    cancel.abort();
    await expect(waiting).rejects.toEqual(reason('cancelled'));
    await expect(guard(async () => 'sent', AbortSignal.abort())).rejects.toEqual(reason('cancelled'));
  });

  it('waits in real time', async () => {
    const guard = pace({ maxPerSecond: 100, now: () => new Date(performance.timeOrigin + performance.now()) });
    const startedMs = performance.now();
    await Promise.all([1, 2, 3].map(() => guard(async () => 'sent', never)));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(19);
  });
});
