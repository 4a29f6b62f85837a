import type { Draws } from '../random.ts';

const dayMs = 86_400_000;

/** A day between the first day of `fromYear` and the last of `toYear`, as YYYY-MM-DD. */
export function dayBetween(draws: Draws, fromYear: number, toYear: number): string {
  const first = Date.UTC(fromYear, 0, 1);
  const days = (Date.UTC(toYear + 1, 0, 1) - first) / dayMs;
  return new Date(first + draws.below(days) * dayMs).toISOString().slice(0, 10);
}

/** The same day some years later, 28 February for 29 February. */
export function yearsLater(day: string, years: number): string {
  const [year = '', ...rest] = day.split('-');
  return [String(Number(year) + years), ...rest].join('-').replace(/-02-29$/, '-02-28');
}
