import { describe, expect, it } from '@jest/globals';
import { sharedPace, type SharedPace } from './pace-buckets.ts';

const never = new AbortController().signal;

/** Buckets that give what they are told to give, one call after the other, and then nothing for an hour. */
function bucketsOf(...gives: readonly (number | Error)[]) {
  const wanted: number[] = [];
  const shared: SharedPace = {
    async take(_, tokens) {
      const give = gives[wanted.length] ?? 0;
      wanted.push(tokens);
      if (give instanceof Error) throw give;
      return { taken: Math.min(tokens, give), retryAfterMs: give === 0 ? 3_600_000 : 0 };
    },
  };
  return { shared, wanted };
}

const guardOver = (shared: SharedPace, more: { maxPerSecond?: number; maxWaitMs?: number } = {}) =>
  sharedPace({ shared, bucket: 'bank.any', maxPerSecond: 100, ...more });

describe('a shared pace', () => {
  it('starts exchanges in the order in which they came, a chunk per round trip', async () => {
    const { shared, wanted } = bucketsOf(1, 10, 10);
    const guard = guardOver(shared);
    const started: number[] = [];
    await Promise.all(Array.from({ length: 12 }, (_, no) => guard(async () => void started.push(no), never)));
    expect(started).toEqual(Array.from({ length: 12 }, (_, no) => no));
    expect(wanted).toEqual([1, 10, 1]);
  });

  it('says `throttled` when no token comes in time, and sends nothing', async () => {
    const { shared } = bucketsOf();
    let isSent = false;
    const asked = guardOver(shared, { maxWaitMs: 20 })(async () => (isSent = true), never);
    await expect(asked).rejects.toMatchObject({ reason: 'throttled', reasonCode: 'pace', retryAfterMs: 1_000 });
    expect(isSent).toBe(false);
  });

  it('says `throttled` at once when too many are waiting already', async () => {
    const { shared } = bucketsOf();
    const guard = guardOver(shared, { maxPerSecond: 1, maxWaitMs: 1_500 });
    const stop = new AbortController();
    const waiting = [guard(async () => 'sent', stop.signal), guard(async () => 'sent', stop.signal)];
    await expect(guard(async () => 'sent', never)).rejects.toMatchObject({ reason: 'throttled', retryAfterMs: 2_000 });
    stop.abort();
    for (const each of waiting) await expect(each).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('gives up a place that is aborted', async () => {
    const { shared } = bucketsOf();
    await expect(guardOver(shared)(async () => 'sent', AbortSignal.abort())).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });

  it('goes on, one by one, when the buckets fail', async () => {
    const { shared, wanted } = bucketsOf(new Error('away'), new Error('away'), new Error('away'));
    const guard = guardOver(shared, { maxPerSecond: 1_000 });
    const sent = await Promise.all([1, 2, 3].map((no) => guard(async () => no, never)));
    expect(sent).toEqual([1, 2, 3]);
    expect(wanted).toHaveLength(3);
  });
});
