import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextStanding, type RefusalPolicy, type RefusalStanding } from './refusal-standing.ts';

const policy: RefusalPolicy = {
  quota: 3,
  windowMs: 60_000,
  firstWaitMs: 30_000,
  longestWaitMs: 900_000,
  quietMs: 3_600_000,
};
const start = Date.UTC(2026, 10, 22);

/** What becomes of failures that come so many milliseconds after each other. */
const after = (gaps: readonly number[]) => {
  const steps: { readonly at: Date; readonly before: RefusalStanding | null; readonly standing: RefusalStanding }[] =
    [];
  let at = start;
  for (const gap of gaps) {
    at += gap;
    const before = steps.at(-1)?.standing ?? null;
    steps.push({ at: new Date(at), before, standing: nextStanding(before, new Date(at), policy) });
  }
  return steps;
};
const isWaiting = (standing: RefusalStanding | null, at: Date) =>
  standing?.lockedUntil !== null && standing?.lockedUntil !== undefined && standing.lockedUntil > at;

describe('failures of one address', () => {
  it('wait no longer than the limit, and a wait is not made longer by what comes within it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        for (const { at, before, standing } of after(gaps)) {
          if (isWaiting(before, at)) expect(standing.lockedUntil).toEqual(before?.lockedUntil);
          const waitMs = (standing.lockedUntil?.getTime() ?? 0) - at.getTime();
          expect(waitMs).toBeLessThanOrEqual(policy.longestWaitMs);
        }
      }),
    );
  });

  it('wait twice as long each time while they go on', () => {
    const waits = after([...Array.from({ length: 4 }, () => 0), 30_001, 0, 0, 0, 60_001, 0, 0, 0])
      .filter(({ standing, before, at }) => isWaiting(standing, at) && !isWaiting(before, at))
      .map(({ standing, at }) => standing.lockedUntil!.getTime() - at.getTime());
    expect(waits).toEqual([30_000, 60_000, 120_000]);
  });

  it('are free within the quota of a window, forever', () => {
    const steps = after(Array.from({ length: 50 }, () => 30_000));
    expect(steps.every(({ standing, at }) => !isWaiting(standing, at))).toBe(true);
  });

  it('are forgotten after a quiet time, also when the wait was longer than it', () => {
    const steps = after([0, 0, 0, 0, policy.quietMs + 30_000]);
    expect(steps.at(-1)?.standing).toMatchObject({ failures: 1, strikes: 0, lockedUntil: null });
  });
});
