import { describe, expect, it } from '@jest/globals';
import { unknownAgencies, usualDurationMs } from './due-policy.ts';

const hour = 3_600_000;
const promising = (...promised: (number | null)[]) => promised.map((promisedMs) => ({ promisedMs }));

describe('the usual duration', () => {
  it('is the longest promise, between an hour and seven days, three days without any', () => {
    expect(usualDurationMs(promising(2 * hour, 5 * hour, null))).toBe(5 * hour);
    expect(usualDurationMs(promising(1_000))).toBe(hour);
    expect(usualDurationMs(promising(1_000 * hour))).toBe(168 * hour);
    expect(usualDurationMs(promising(null))).toBe(72 * hour);
  });
});

describe('an unknown agency', () => {
  it('is pointed at, in what is asked and in what is left out', () => {
    const known = new Set(['bank.a']);
    expect(unknownAgencies({ categories: 'all', agencies: ['bank.a', 'bank.b'], except: ['bank.c'] }, known)).toEqual([
      { pointer: '/scope/agencies/1' },
      { pointer: '/scope/except/0' },
    ]);
    expect(unknownAgencies({ categories: 'all', agencies: 'all-entitled', except: [] }, known)).toEqual([]);
  });
});
