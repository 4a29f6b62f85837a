import { describe, expect, it } from '@jest/globals';
import { openRateLimits, rateHeaders } from './rate-limits.ts';

describe('rate limits', () => {
  it('count each caller by policy in windows', () => {
    let now = 0;
    const rates = openRateLimits({ default: { quota: 2, windowSeconds: 10 } }, () => now);
    expect(
      [
        rates.take('default', 'a'),
        rates.take('default', 'a'),
        rates.take('default', 'a'),
        rates.take('default', 'b'),
      ].map(({ remaining }) => remaining),
    ).toEqual([1, 0, -1, 1]);
    now = 9_500;
    expect(rates.look('default', 'a')).toMatchObject({ remaining: -1, resetSeconds: 1 });
    now = 10_000;
    expect(rates.take('default', 'a').remaining).toBe(1);
  });

  it('are told in the headers of the draft', () => {
    const standing = { policy: 'default', quota: 600, windowSeconds: 60, remaining: -3, resetSeconds: 41 };
    expect(rateHeaders(standing)).toEqual({
      'ratelimit-policy': '"default";q=600;w=60',
      ratelimit: '"default";r=0;t=41',
    });
  });

  it('forget callers whose windows have ended', () => {
    let now = 0;
    const rates = openRateLimits({ default: { quota: 5, windowSeconds: 1 } }, () => now);
    for (let caller = 0; caller < 45_000; caller += 1) {
      now += 1;
      rates.take('default', String(caller));
    }
    expect(rates.take('default', '44999').remaining).toBe(3);
  });
});
