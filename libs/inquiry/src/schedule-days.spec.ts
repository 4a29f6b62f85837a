import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, scheduleDays } from './schedule-days.ts';

describe('the days of a schedule', () => {
  it('are every six months for five years', () => {
    const days = scheduleDays({ startsOn: '2027-05-22', intervalMonths: 6, years: 5 });
    expect([days.length, days[0], days[1], days.at(-1)]).toEqual([10, '2027-05-22', '2027-11-22', '2031-11-22']);
  });

  it('lie at the end of a month that is too short, and only there', () => {
    const days = scheduleDays({ startsOn: '2026-08-31', intervalMonths: 6, years: 2 });
    expect(days).toEqual(['2026-08-31', '2027-02-28', '2027-08-31', '2028-02-29']);
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });

  it('never go back, and never leave the month that is meant', () => {
    const rhythm = fc.record({
      startsOn: fc
        .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      intervalMonths: fc.integer({ min: 3, max: 12 }),
      years: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(rhythm, (each) => {
        const days = scheduleDays(each);
        const monthsOf = (day = '') => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        expect(days).toEqual(days.toSorted());
        expect(days.map((day) => monthsOf(day) - monthsOf(each.startsOn))).toEqual(
          days.map((_, run) => run * each.intervalMonths),
        );
      }),
    );
  });
});
