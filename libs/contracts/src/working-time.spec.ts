import { describe, expect, it } from '@jest/globals';
import { calendarSchema, serviceHoursSchema, workingClock } from './working-time.ts';

const china = calendarSchema.parse({
  calendarId: 'cn',
  timeZone: 'Asia/Shanghai',
  years: [
    {
      year: 2026,
      source: 'made up for the test',
      holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
      workdays: ['2026-10-10'],
    },
  ],
});
const registry = workingClock(
  serviceHoursSchema.parse({ calendar: 'cn', windows: [{ from: '08:00', to: '17:00' }] }),
  china,
);
const at = (text: string): Date => new Date(`${text}+08:00`);
const shown = (date: Date | null): string | undefined => date?.toISOString();

describe('working time', () => {
  it.each([
    ['a working morning', '2026-11-23T08:00', true],
    ['closing time itself', '2026-11-23T17:00', false],
    ['before opening', '2026-11-23T07:59', false],
    ['a Sunday', '2026-11-22T10:00', false],
    ['a holiday', '2026-10-01T10:00', false],
    ['a make-up working Saturday', '2026-10-10T10:00', true],
  ])('is open or closed: %s', (_, time, open) => {
    expect(registry.isOpen(at(time))).toBe(open);
  });

  it('opens next after the weekend, and after a holiday', () => {
    expect(shown(registry.nextOpening(at('2026-11-20T18:00')))).toBe('2026-11-23T00:00:00.000Z');
    expect(shown(registry.nextOpening(at('2026-09-30T17:00')))).toBe('2026-10-08T00:00:00.000Z');
    expect(shown(registry.nextOpening(at('2026-11-23T09:30')))).toBe('2026-11-23T01:30:00.000Z');
  });

  it('counts only open time', () => {
    expect(shown(registry.addOpenMs(at('2026-11-20T16:00'), 2 * 3_600_000))).toBe('2026-11-23T01:00:00.000Z');
    expect(shown(registry.addOpenMs(at('2026-11-21T12:00'), 9 * 3_600_000))).toBe('2026-11-23T09:00:00.000Z');
    expect(shown(registry.addOpenMs(at('2026-10-09T16:00'), 2 * 3_600_000))).toBe('2026-10-10T01:00:00.000Z');
  });

  it('counts banking days as Finland does: Friday 18:00 is due on Tuesday 16:15', () => {
    const finland = calendarSchema.parse({ calendarId: 'fi', timeZone: 'Europe/Helsinki', years: [] });
    const bank = workingClock(
      serviceHoursSchema.parse({ calendar: 'fi', windows: [{ from: '08:00', to: '16:15' }] }),
      finland,
    );
    expect(shown(bank.endOfWorkingDay(new Date('2026-11-20T16:00:00Z'), 1))).toBe('2026-11-24T14:15:00.000Z');
    expect(shown(bank.endOfWorkingDay(new Date('2026-11-20T10:00:00Z'), 1))).toBe('2026-11-23T14:15:00.000Z');
    expect(shown(bank.endOfWorkingDay(new Date('2026-11-20T10:00:00Z'), 0))).toBe('2026-11-20T14:15:00.000Z');
  });

  it('follows a zone that changes its offset: the same hour of the day before and after', () => {
    const finland = calendarSchema.parse({ calendarId: 'fi', timeZone: 'Europe/Helsinki', years: [] });
    const desk = workingClock(
      serviceHoursSchema.parse({ calendar: 'fi', on: 'every-day', windows: [{ from: '02:00', to: '05:00' }] }),
      finland,
    );
    // clocks go back on 25 October 2026 at 04:00: this window has four hours
    expect(shown(desk.addOpenMs(new Date('2026-10-24T23:00:00Z'), 4 * 3_600_000))).toBe('2026-10-25T03:00:00.000Z');
    expect(shown(desk.nextOpening(new Date('2026-10-25T04:00:00Z')))).toBe('2026-10-26T00:00:00.000Z');
  });

  it('gives up where nothing ever opens', () => {
    const closed = calendarSchema.parse({
      calendarId: 'x',
      timeZone: 'UTC',
      weekend: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
      years: [2026, 2027, 2028, 2029].map((year) => ({ year, source: 'test', holidays: sundays(year), workdays: [] })),
    });
    const clock = workingClock(
      serviceHoursSchema.parse({ calendar: 'x', windows: [{ from: '08:00', to: '09:00' }] }),
      closed,
    );
    expect(clock.nextOpening(new Date('2026-11-23T00:00:00Z'))).toBeNull();
    expect(clock.addOpenMs(new Date('2026-11-23T00:00:00Z'), 1)).toBeNull();
  });

  it('refuses windows that overlap or are turned round', () => {
    const read = (windows: unknown) => serviceHoursSchema.safeParse({ calendar: 'cn', windows }).success;
    expect(
      read([
        { from: '08:00', to: '12:00' },
        { from: '13:30', to: '17:00' },
      ]),
    ).toBe(true);
    expect(
      read([
        { from: '08:00', to: '12:00' },
        { from: '11:30', to: '17:00' },
      ]),
    ).toBe(false);
    expect(read([{ from: '17:00', to: '08:00' }])).toBe(false);
  });
});

function sundays(year: number): string[] {
  const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)));
  return days.filter((day) => day.getUTCDay() === 0).map((day) => day.toISOString().slice(0, 10));
}
