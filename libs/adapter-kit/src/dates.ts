import { readAs, saidText, unread, type Read } from './reading.ts';

/** Offset of the agencies' clocks where a text carries none: China Standard Time. */
const localOffset = '+08:00';

const offsetPart = '\\s*(Z|[+-]\\d{2}:?\\d{2})?$';
const clockPart = '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d{1,9}))?)?';
/** Every form seen on the wire (WIRE-4); groups: year, month, day, hour, minute, second, fraction, offset. */
const forms = [
  new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:(?:T| +)${clockPart})?${offsetPart}`, 'i'),
  new RegExp(`^(\\d{4})/(\\d{1,2})/(\\d{1,2})(?:(?:T| +)${clockPart})?${offsetPart}`, 'i'),
  new RegExp(`^(\\d{4})年(\\d{1,2})月(\\d{1,2})日(?: *${clockPart})?${offsetPart}`, 'i'),
  new RegExp(
    `^(\\d{4})(\\d{2})(\\d{2})(?:(?:T| *)(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,]?(\\d{1,9}))?)?)?${offsetPart}`,
    'i',
  ),
];
const offsetForm = /^([+-])(\d{2}):?(\d{2})$/;
const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];

interface Moment {
  readonly date: string; // YYYY-MM-DD as written
  readonly time: string; // HH:mm:ss with the fraction that was written
  readonly hasTime: boolean; // false also for 00:00, which senders write for "no time"
  readonly offset: string | null; // Z or ±HH:mm, null where the text carries none
}

/**
 * A calendar day (`YYYY-MM-DD`) in any form seen on the wire; a time in the text is left away. An empty text is
 * unknown; an impossible day (`2019-04-45`) and words in a date's place are unknown with a warning.
 */
export function readDate(text: string | null | undefined, path: string): Read<string> {
  return readMoment(text, path, (moment) => localMoment(moment, localOffset).date);
}

/**
 * A day or a point in time, as precise as it was written: `YYYY-MM-DD`, or an instant with its offset. 00:00 means "no
 * time". `offset` is that of the agency's clock, for texts that carry none; an offset that was written stays.
 */
export function readWhen(text: string | null | undefined, path: string, offset: string = localOffset): Read<string> {
  return readMoment(text, path, (moment) => {
    const local = localMoment(moment, offset);
    return local.hasTime ? `${moment.date}T${moment.time}${moment.offset ?? offset}` : local.date;
  });
}

function readMoment(text: string | null | undefined, path: string, write: (moment: Moment) => string): Read<string> {
  const said = saidText(text);
  if (said === null) return readAs<string>(null);
  const form = forms.map((each) => each.exec(said)).find((groups) => groups !== null);
  if (!form) return unread('date-unparseable', path, text ?? null);
  const moment = momentOf(form);
  return moment ? readAs(write(moment)) : unread('date-impossible', path, text ?? null);
}

function momentOf([
  ,
  year = '',
  month = '',
  day = '',
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  offset,
]: RegExpExecArray): Moment | null {
  const exists =
    isInCalendar(Number(year), Number(month), Number(day)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60 &&
    (offset === undefined || offsetMs(offset.toUpperCase()) !== null);
  if (!exists) return null;
  const digits = fraction.replace(/0+$/, '');
  const clock = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':');
  return {
    date: [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    time: digits === '' ? clock : `${clock}.${digits}`,
    hasTime: clock !== '00:00:00' || digits !== '',
    offset: offset === undefined ? null : offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2'),
  };
}

/**
 * The moment on the agency's own clock. Where a text carries another offset, its day is that of the agency: local
 * midnight written as 22:00Z is the day that begins there, not the day before.
 */
function localMoment(moment: Moment, offset: string): Pick<Moment, 'date' | 'hasTime'> {
  if (moment.offset === null || moment.offset === offset || !moment.hasTime) return moment;
  const shiftMs = (offsetMs(offset) ?? 0) - (offsetMs(moment.offset) ?? 0);
  const [hour = 0, minute = 0, second = 0] = moment.time.split(':').map(Number);
  const local = new Date(
    Date.parse(`${moment.date}T00:00:00Z`) + hour * hourMs + minute * minuteMs + second * secondMs + shiftMs,
  );
  return { date: local.toISOString().slice(0, 10), hasTime: local.getTime() % (24 * hourMs) !== 0 };
}

function offsetMs(offset: string): number | null {
  if (offset === 'Z') return 0;
  const [, sign, hours, minutes] = offsetForm.exec(offset) ?? [];
  const ms = Number(hours) * hourMs + Number(minutes) * minuteMs;
  return Number(minutes) < 60 && ms <= 14 * hourMs ? (sign === '-' ? -ms : ms) : null;
}

/** Years before 1000 are the empty date of some database, not a day. `Date` would move 30 February to March. */
function isInCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1_000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
