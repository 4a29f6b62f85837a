import { describe, expect, it } from '@jest/globals';
import { calendarSchema, NoAnswer, serviceHoursSchema, workingClock } from '#contracts';
import { openingHours } from './opening-hours.ts';

const clock = workingClock(
  serviceHoursSchema.parse({ calendar: 'cn', windows: [{ from: '08:00', to: '17:00' }] }),
  calendarSchema.parse({ calendarId: 'cn', timeZone: 'Asia/Shanghai', years: [] }),
);
const signal = new AbortController().signal;

describe('service hours', () => {
  it('let a call through while the agency works', async () => {
    const guard = openingHours(clock, () => new Date('2026-11-20T01:00:00Z'));
    await expect(guard(async () => 'said', signal)).resolves.toBe('said');
  });

  it('put a call off until the next opening, over the weekend', async () => {
    const guard = openingHours(clock, () => new Date('2026-11-20T10:00:00Z'));
    let called = 0;
    const failure = await guard(async () => (called += 1), signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ reason: 'outside-hours', retryAfterMs: 62 * 3_600_000 });
    expect(called).toBe(0);
  });
});
