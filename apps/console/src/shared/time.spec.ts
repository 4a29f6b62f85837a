import { describe, expect, it } from '@jest/globals';
import { clockOf, dateOf, durationOf, momentOf, whenOf } from './time.ts';

describe('moments', () => {
  it('are read in China, on the right day', () => {
    expect(momentOf('2026-11-22T17:05:30Z')).toBe('2026-11-23 01:05:30');
    expect(dateOf('2026-11-22T15:59:59Z')).toBe('2026-11-22');
    expect(clockOf('2026-11-22T16:00:00Z')).toBe('00:00:00');
  });

  it('stay dates when they are only dates', () => {
    expect(whenOf('2026-11-22')).toBe('2026-11-22');
    expect(whenOf('2026-11-22T00:00:00+08:00')).toBe('2026-11-22 00:00:00');
  });
});

describe('lengths of time', () => {
  it.each([
    [400, '1 second'],
    [61_000, '2 minutes'],
    [86_400_000, '1 day'],
  ])('%d ms is %s', (ms, words) => expect(durationOf(ms, 'en')).toBe(words));
});
