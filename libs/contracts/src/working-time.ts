import { z } from 'zod';
import { dateSchema } from './time.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const isTimeZone = (name: string): boolean => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC';

/**
 * Which days are worked (工作日历): `config/calendars/<calendarId>.yaml`. The weekend rests, except for the make-up working
 * days (调休); holidays rest too. A year that is not listed has neither, so the list must be kept up.
 */
export const calendarSchema = z.strictObject({
  calendarId: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  timeZone: z.string().refine(isTimeZone, 'an IANA name such as Asia/Shanghai'),
  weekend: z.array(z.enum(weekdays)).max(6).default(['sat', 'sun']),
  years: z
    .array(
      z.strictObject({
        year: z.int().min(2_000).max(2_200),
        source: z.string().min(1).max(200), // where the days were published
        holidays: z.array(dateSchema).max(366),
        workdays: z.array(dateSchema).max(366), // days of a weekend that are worked
      }),
    )
    .max(50),
});
export type WorkCalendar = z.infer<typeof calendarSchema>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const windowSchema = z.strictObject({ from: timeOfDay, to: timeOfDay });

/** When an agency works (服务时间), by a calendar. Windows of one day in their order, not overlapping. */
export const serviceHoursSchema = z.strictObject({
  calendar: calendarSchema.shape.calendarId,
  on: z.enum(['workdays', 'every-day']).default('workdays'),
  windows: z
    .array(windowSchema)
    .min(1)
    .max(8)
    .refine(
      (windows) => windows.every(({ from, to }, at) => from < to && (at === 0 || (windows[at - 1]?.to ?? '') <= from)),
      'windows in their order, each from before to',
    ),
});
export type ServiceHours = z.infer<typeof serviceHoursSchema>;

/** Time as an agency counts it (工作时间). Every search ends after two years: then the answer is null. */
export interface WorkingClock {
  isOpen(at: Date): boolean;
  /** `at` itself when open. */
  nextOpening(at: Date): Date | null;
  /** The moment at which so much open time has passed. */
  addOpenMs(at: Date, ms: number): Date | null;
  /** Closing time of the n-th working day after the day of `at`; what comes after closing counts from the next working day. */
  endOfWorkingDay(at: Date, days: number): Date | null;
}

const dayMs = 86_400_000;
const mostDays = 740;

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The clock of an agency that is open in these hours of this calendar. */
export function workingClock(hours: ServiceHours, calendar: WorkCalendar): WorkingClock {
  const { timeZone } = calendar;
  const windowsOn = windowsByDay(hours, calendar);
  /** The windows that end after `at`, in their order. */
  function* after(at: Date): Generator<Window> {
    for (const day of daysFrom(localDay(at, timeZone))) {
      for (const window of windowsOn(day)) if (window.toMs > at.getTime()) yield window;
    }
  }
  const nextOpening = (at: Date): Date | null => {
    const [window] = after(at).take(1);
    return window ? new Date(Math.max(window.fromMs, at.getTime())) : null;
  };
  return {
    isOpen: (at) => nextOpening(at)?.getTime() === at.getTime(),
    nextOpening,
    addOpenMs(at, ms) {
      let left = ms;
      for (const { fromMs, toMs } of after(at)) {
        const start = Math.max(fromMs, at.getTime());
        if (start + left <= toMs) return new Date(start + left);
        left -= toMs - start;
      }
      return null;
    },
    endOfWorkingDay(at, days) {
      const first = nextOpening(at);
      if (!first) return null;
      const closings = daysFrom(localDay(first, timeZone)).flatMap((day) => windowsOn(day).slice(-1));
      const [closing] = closings.drop(days).take(1);
      return closing ? new Date(closing.toMs) : null;
    },
  };
}

function windowsByDay(hours: ServiceHours, calendar: WorkCalendar): (day: string) => readonly Window[] {
  const isWorked = workdayTest(calendar);
  const known = new Map<string, readonly Window[]>();
  return (day) => {
    const isOpen = hours.on === 'every-day' || isWorked(day);
    const windows =
      known.get(day) ?? (isOpen ? hours.windows.map((each) => windowOf(day, each, calendar.timeZone)) : []);
    if (known.size > mostDays) known.clear();
    known.set(day, windows);
    return windows;
  };
}

function* daysFrom(first: string): Generator<string> {
  for (let count = 0, day = first; count < mostDays; count += 1, day = nextDay(day)) yield day;
}

function workdayTest({ weekend, years }: WorkCalendar): (day: string) => boolean {
  const resting = new Set<string>(weekend);
  const holidays = new Set(years.flatMap((year) => year.holidays));
  const workdays = new Set(years.flatMap((year) => year.workdays));
  return (day) => {
    if (workdays.has(day)) return true;
    return !holidays.has(day) && !resting.has(weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '');
  };
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

const windowOf = (day: string, { from, to }: z.infer<typeof windowSchema>, timeZone: string): Window => ({
  fromMs: instantOf(day, from, timeZone),
  toMs: instantOf(day, to, timeZone),
});

/** The wall clock of a zone as an instant. Twice, because the offset is that of the moment we look for. */
function instantOf(day: string, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wall = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's wall clock shows at that moment, as if it were UTC, less the moment. */
function offsetMs(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const wall = Date.parse(
    `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`,
  );
  return wall - Math.floor(at / 1_000) * 1_000;
}

const localDay = (at: Date, timeZone: string): string =>
  new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 10);
