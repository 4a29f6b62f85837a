import { describe, expect, it } from '@jest/globals';
import { calendarSchema, serviceHoursSchema, workingClock } from '#contracts';
import { unknownAgencies, usualDueAt } from './due-policy.ts';

const hour = 3_600_000;
const at = new Date('2026-11-20T08:00:00Z'); // a Friday, 16:00 in China
const promising = (...promised: (number | null)[]) =>
  promised.map((promisedMs) => ({ channelId: 'registry', promisedMs }));
const usualMs = (agencies: Parameters<typeof usualDueAt>[0], clocks = new Map()) =>
  usualDueAt(agencies, { clocks, at }).getTime() - at.getTime();

describe('the usual deadline', () => {
  it('is the latest promise, between an hour and thirty days, three days without any', () => {
    expect(usualMs(promising(2 * hour, 5 * hour, null))).toBe(5 * hour);
    expect(usualMs(promising(1_000))).toBe(hour);
    expect(usualMs(promising(1_000 * hour))).toBe(720 * hour);
    expect(usualMs(promising(null))).toBe(72 * hour);
  });

  it('counts a promise in the working time of the channel', () => {
    const calendar = calendarSchema.parse({ calendarId: 'cn', timeZone: 'Asia/Shanghai', years: [] });
    const hours = serviceHoursSchema.parse({ calendar: 'cn', windows: [{ from: '08:00', to: '17:00' }] });
    const clocks = new Map([['registry', workingClock(hours, calendar)]]);
    expect(usualMs(promising(2 * hour), clocks)).toBe(65 * hour); // one hour on Friday, one on Monday
    expect(usualMs([{ channelId: 'registry', promisedMs: null, promisedWorkingDays: 1 }], clocks)).toBe(73 * hour);
    expect(usualMs([{ channelId: 'elsewhere', promisedMs: 2 * hour }], clocks)).toBe(2 * hour);
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
