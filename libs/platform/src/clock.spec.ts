import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSteadyClock, systemClock, toDay, toInstant } from './clock.ts';

describe('an instant', () => {
  it('carries the offset of its time zone', () => {
    const date = new Date('2026-11-22T06:05:30Z');
    expect(toInstant(date, 'Asia/Shanghai')).toBe('2026-11-22T14:05:30+08:00');
    expect(toInstant(date, 'UTC')).toBe('2026-11-22T06:05:30+00:00');
    expect(toInstant(date, 'America/St_Johns')).toBe('2026-11-22T02:35:30-03:30');
  });

  it('carries the offset of its own moment, not of today', () => {
    expect(toInstant(new Date('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-07-01T02:00:00+02:00');
    expect(toInstant(new Date('2026-01-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-01-01T01:00:00+01:00');
    expect(toInstant(new Date('1988-07-01T00:00:00Z'), 'Asia/Shanghai')).toBe('1988-07-01T09:00:00+09:00');
  });

  it('keeps milliseconds when there are any', () => {
    expect(toInstant(new Date('2026-11-22T16:00:00.007Z'), 'Asia/Shanghai')).toBe('2026-11-23T00:00:00.007+08:00');
  });

  it('means the same moment when it is read again', () => {
    const moments = fc.date({
      min: new Date('1971-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'America/St_Johns', 'Pacific/Apia', 'UTC');
    fc.assert(
      fc.property(moments, zones, (date, zone) => {
        expect(new Date(toInstant(date, zone)).getTime()).toBe(date.getTime());
      }),
    );
  });

  it('falls on the day of its zone', () => {
    expect(toDay(new Date('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
  });

  it('does not exist without a date or in an unknown zone', () => {
    expect(() => toInstant(new Date(Number.NaN), 'UTC')).toThrow();
    expect(() => toInstant(new Date(0), 'Mars/Olympus')).toThrow();
  });
});

describe('the system clock', () => {
  it('never runs back when durations are measured', () => {
    const first = systemClock.monotonicMs();
    expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(first);
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(5_000);
  });
});

describe('a steady clock', () => {
  it('goes on evenly when the clock of the host is set, and is set by another one', () => {
    const host = { at: Date.parse('2026-11-23T08:00:00Z'), ms: 1_000 };
    const clock = createSteadyClock({ now: () => new Date(host.at), monotonicMs: () => host.ms });
    host.ms += 250.4;
    host.at += 3_600_000;
    expect(clock.now()).toEqual(new Date('2026-11-23T08:00:00.250Z'));
    clock.set(new Date('2026-11-23T07:59:00Z'));
    host.ms += 1_000;
    expect(clock.now()).toEqual(new Date('2026-11-23T07:59:01Z'));
  });
});
