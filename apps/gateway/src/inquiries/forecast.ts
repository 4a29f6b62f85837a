import type { PlannedLine, PreviewView } from '#contracts';

const minutesMs = 10 * 60_000;
const nextDayMs = 36 * 3_600_000;

/** How many usually answer within ten minutes, by the next day, later; and of how many nobody knows. */
export function forecastOf(lines: readonly Pick<PlannedLine, 'typicalMs'>[]): PreviewView['forecast'] {
  const forecast = { minutes: 0, nextDay: 0, longer: 0, unknown: 0 };
  for (const { typicalMs } of lines) forecast[bucketOf(typicalMs)] += 1;
  return forecast;
}

function bucketOf(typicalMs: number | null): keyof PreviewView['forecast'] {
  if (typicalMs === null) return 'unknown';
  if (typicalMs <= minutesMs) return 'minutes';
  return typicalMs <= nextDayMs ? 'nextDay' : 'longer';
}
