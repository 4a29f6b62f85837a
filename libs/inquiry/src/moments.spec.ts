import { describe, expect, it } from '@jest/globals';
import { addMs, chinaDay, chinaTime, compareWhen, earlier, later } from './moments.ts';

describe('moments', () => {
  it('compare in time, across offsets and precisions', () => {
    expect(compareWhen('2026-03-01T10:00:00+08:00', '2026-03-01T02:00:00Z')).toBe(0);
    expect(compareWhen('2026-03-01T10:00:00+08:00', '2026-03-01T10:00:00.5+08:00')).toBeLessThan(0);
    expect(compareWhen('2026-03-01T10:00:00+08:00', '2026-03-01T10:00:00+01:00')).toBeLessThan(0);
  });

  it('read a day as beginning at midnight in China', () => {
    expect(compareWhen('2026-03-01', '2026-02-28T16:00:00Z')).toBe(0);
    expect(compareWhen('2026-03-01', '2026-03-01T00:00:01+08:00')).toBeLessThan(0);
    expect(compareWhen('2026-03-01', '2026-03-02')).toBeLessThan(0);
  });

  it('choose the same spelling of one moment, whatever comes first', () => {
    const [china, utc] = ['2026-03-01T10:00:00+08:00', '2026-03-01T02:00:00Z'];
    expect(later(china, utc)).toBe(later(utc, china));
    expect(earlier('2026-03-01T10:00:00+08:00', '2026-03-01T10:00:01+08:00')).toBe('2026-03-01T10:00:00+08:00');
  });

  it('add in the offset they came in', () => {
    expect(addMs('2026-03-01T23:59:00+08:00', 60_000)).toBe('2026-03-02T00:00:00+08:00');
    expect(addMs('2026-03-01T10:00:00Z', 1_500)).toBe('2026-03-01T10:00:01.500Z');
    expect(addMs('2026-03-01T10:00:00-03:30', -60_000)).toBe('2026-03-01T09:59:00-03:30');
  });

  it('are shown as people in China read them', () => {
    expect(chinaDay('2026-02-28T16:00:00Z', 15)).toBe('2026-03-16');
    expect(chinaTime('2026-03-01T02:05:30Z')).toBe('2026-03-01 10:05:30');
    expect(chinaTime('2026-03-01T17:00:00+08:00')).toBe('2026-03-01 17:00');
  });
});
