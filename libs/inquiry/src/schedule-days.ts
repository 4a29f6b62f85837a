/** How often, and for how long, a debtor is asked about again. */
export interface Rhythm {
  readonly startsOn: string; // the first day
  readonly intervalMonths: number;
  readonly years: number;
}

/** Every day on which a schedule asks (法〔2016〕373号 art. 9): for so many years, beginning with the first day. */
export function scheduleDays({ startsOn, intervalMonths, years }: Rhythm): readonly string[] {
  const count = Math.floor((years * 12) / intervalMonths);
  return Array.from({ length: count }, (_, run) => addMonths(startsOn, run * intervalMonths));
}

/** Counted from the first day every time, so that a short month does not shorten those after it. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  const kept = Math.min(date, lastOfMonth.getUTCDate());
  return new Date(Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), kept)).toISOString().slice(0, 10);
}
