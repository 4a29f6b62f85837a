/** Moments as a court reads them: 2026-11-22 14:05:30, 24 hours, in China's zone (ux.md §12). */
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function pieces(instant: string | number): ReadonlyMap<string, string> {
  return new Map(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

export function dateOf(instant: string | number): string {
  const at = pieces(instant);
  return `${at.get('year')}-${at.get('month')}-${at.get('day')}`;
}

export function clockOf(instant: string | number): string {
  const at = pieces(instant);
  return `${at.get('hour')}:${at.get('minute')}:${at.get('second')}`;
}

export const momentOf = (instant: string | number): string => `${dateOf(instant)} ${clockOf(instant)}`;

/** A `When` of a report: a date stays a date. */
export const whenOf = (when: string): string => (when.length === 10 ? when : momentOf(when));

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** 3 小时 / 3 hours: a length of time in its largest fitting unit, rounded up; under a second is a second. */
export function durationOf(ms: number, language: string): string {
  const [unit, size] = units.find(([, each]) => ms >= each) ?? ['second' as const, 1_000];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(ms / size)),
  );
}
