/** Where time comes from. Handed in everywhere, so a test can hold it still. */
export type Clock = {
  now(): Date;
  /** Milliseconds since some moment; never goes back, so durations are measured with it. */
  monotonicMs(): number;
};

export const systemClock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };

/** A clock that cannot jump when the host's is set: it goes on with the monotonic one, from where it was last set. */
export type SteadyClock = Clock & { set(now: Date): void };

export function createSteadyClock(host: Clock = systemClock): SteadyClock {
  let setTo = host.now().getTime();
  let setAtMs = host.monotonicMs();
  return {
    now: () => new Date(Math.round(setTo + host.monotonicMs() - setAtMs)),
    monotonicMs: () => host.monotonicMs(),
    set(now) {
      setTo = now.getTime();
      setAtMs = host.monotonicMs();
    },
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();
const fields = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

/**
 * A point in time as this product writes it: `2026-11-22T14:05:30+08:00`; `.123` follows the seconds only when there
 * are milliseconds, so nothing is lost on the way.
 * @param timeZone IANA name such as `Asia/Shanghai`; its offset at that moment is written
 * @throws RangeError when the date is invalid or the zone unknown
 */
export function toInstant(date: Date, timeZone: string): string {
  const local = localTime(date, timeZone);
  const milliseconds = ((date.getTime() % 1000) + 1000) % 1000;
  const offsetMinutes = Math.round((local - (date.getTime() - milliseconds)) / 60_000);
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`;
  return `${new Date(local).toISOString().slice(0, 19)}${fraction}${toOffset(offsetMinutes)}`;
}

/** The calendar day in that zone: `2026-11-22`. */
export function toDay(date: Date, timeZone: string): string {
  return new Date(localTime(date, timeZone)).toISOString().slice(0, 10);
}

const minuteMs = 60_000;
/** The last minute that was asked for in each zone: answers come in thousands within one. */
const offsets = new Map<string, { readonly minute: number; readonly offsetMs: number }>();

/** The wall clock of the zone, counted as if it were UTC. Offsets change only where a minute begins. */
function localTime(date: Date, timeZone: string): number {
  const time = date.getTime();
  const second = time - (((time % 1_000) + 1_000) % 1_000);
  const minute = Math.floor(time / minuteMs);
  const known = offsets.get(timeZone);
  if (known?.minute === minute) return second + known.offsetMs;
  const local = wallClock(date, timeZone);
  offsets.set(timeZone, { minute, offsetMs: local - second });
  return local;
}

function wallClock(date: Date, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', calendar: 'gregory', timeZone });
  formats.set(timeZone, format);
  return format;
}

function toOffset(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
