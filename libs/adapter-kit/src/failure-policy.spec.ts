import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { noAnswerSaid, reasons, type Reason, type SaidNoAnswer } from '#contracts';
import { breakerVerdict, failurePolicy, nextAttempt } from './failure-policy.ts';
import { nothing } from './said.ts';
import { section } from './sections.ts';

const now = new Date('2026-11-01T01:00:00.000Z');
const retry = { maxAttempts: 4, firstDelayMs: 1_000, longestDelayMs: 60_000, maxIncompleteAttempts: 2 };
const tried = { attempt: 1, maxAttempts: 4, retry, now, dueAt: new Date('2026-11-01T10:00:00.000Z'), jitter: 0 };

function delayOf(
  reason: Reason,
  more: Partial<typeof tried> & { incompleteAttempts?: number } = {},
  details: Partial<SaidNoAnswer> = {},
): number | null {
  const at = nextAttempt({ ...tried, ...more, said: noAnswerSaid(reason, details) });
  return at && at.getTime() - now.getTime();
}

describe('the failure policy', () => {
  it('knows every reason', () => {
    expect(Object.keys(failurePolicy).sort()).toEqual([...reasons].sort());
  });

  it.each([
    ['timed-out', 'failed'],
    ['unavailable', 'failed'],
    ['throttled', 'up'],
    ['unauthorized', 'up'],
    ['refused', 'up'],
    ['returned', 'up'],
    ['objected', 'up'],
    ['clarification-needed', 'up'],
    ['ambiguous', 'up'],
    ['identity-mismatch', 'up'],
    ['incomplete', 'up'],
    ['unintelligible', 'up'],
    ['pending', 'neutral'],
    ['overdue', 'neutral'],
    ['breaker-open', 'neutral'],
    ['outside-hours', 'neutral'],
    ['cancelled', 'neutral'],
  ] as const)('takes %s for a sign that the agency is: %s', (reason, verdict) => {
    expect(breakerVerdict({ reason, reasonCode: null })).toBe(verdict);
  });

  it('concludes nothing from what was never sent', () => {
    expect(breakerVerdict({ reason: 'identity-mismatch', reasonCode: 'lossy-encoding' })).toBe('neutral');
    expect(breakerVerdict({ reason: 'throttled', reasonCode: 'pace' })).toBe('neutral');
  });

  it('raises an alarm at once for what only people can mend', () => {
    expect(reasons.filter((reason) => failurePolicy[reason].alarm === 'at-once')).toEqual([
      'unauthorized',
      'unintelligible',
    ]);
  });

  it('is the only file that lists reasons with what follows', () => {
    expect(readFileSync(new URL('channel.ts', import.meta.url), 'utf8')).not.toContain("'timed-out'");
  });
});

describe('the next attempt', () => {
  it('is made for the reasons that pass by themselves, and for no others', () => {
    const again = reasons.filter((reason) => delayOf(reason) !== null);
    expect(again).toEqual(['timed-out', 'breaker-open', 'unavailable', 'throttled', 'incomplete', 'outside-hours']);
  });

  it('is not made after an answer', () => {
    const said = nothing({ signal: 'x', sections: [section('accounts', 'nothing')] });
    expect(nextAttempt({ ...tried, said })).toBeNull();
  });

  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 0, 1_000],
    [2, 1, 2_000],
    [3, 1, 4_000],
    [19, 1, 60_000],
  ])('after %i attempts and a jitter of %p comes in %i ms', (attempt, jitter, ms) => {
    expect(delayOf('unavailable', { attempt, jitter, maxAttempts: 20 })).toBe(ms);
  });

  it('keeps to the budget and to the due time', () => {
    expect(delayOf('unavailable', { attempt: 4 })).toBeNull();
    expect(delayOf('unavailable', { dueAt: new Date(now.getTime() + 400) })).toBeNull();
    expect(delayOf('unavailable', { dueAt: new Date(now.getTime() + 500) })).toBe(500);
  });

  it('waits as long as the agency asks, and a little apart from the others', () => {
    expect(delayOf('throttled', {}, { retryAfterMs: 7_000 })).toBe(7_000);
    expect(delayOf('throttled', { jitter: 1 }, { retryAfterMs: 7_000 })).toBe(7_500);
    expect(delayOf('breaker-open', { attempt: 0 }, { retryAfterMs: 30_000 })).toBe(30_000);
  });

  it('is made twice at most for incomplete answers', () => {
    expect([1, 2, 3].map((incompleteAttempts) => delayOf('incomplete', { incompleteAttempts }))).toEqual([
      500,
      500,
      null,
    ]);
  });
});
