import { describe, expect, it } from '@jest/globals';
import { forecastOf } from './forecast.ts';

describe('the forecast of a preview', () => {
  it('counts every agency once, and one of which nobody knows is not a quick one', () => {
    const times = [0, 600_000, 600_001, 129_600_000, 129_600_001, null];
    expect(forecastOf(times.map((typicalMs) => ({ typicalMs })))).toEqual({
      ...{ minutes: 2, nextDay: 2, longer: 1, unknown: 1 },
    });
  });
});
