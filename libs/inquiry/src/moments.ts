import { compareCodePoints } from './code-points.ts';

const dayMs = 86_400_000;
const chinaOffsetMs = 28_800_000;

/** Milliseconds of a `When`. A day without a time begins at midnight in China: the product pads nothing it shows. */
export function msOf(when: string): number {
  return Date.parse(when.length === 10 ? `${when}T00:00:00+08:00` : when);
}

/** Orders moments in time, whatever their offsets; 0 for the same moment written in two ways. */
export function compareWhen(a: string, b: string): number {
  if (a === b) return 0;
  const sameForm = a.length === b.length && (a.length === 10 || offsetOf(a) === offsetOf(b));
  return sameForm ? (a < b ? -1 : 1) : msOf(a) - msOf(b); // nearly all come in one form, which needs no parsing
}

const offsetOf = (instant: string): string => (instant.endsWith('Z') ? 'Z' : instant.slice(-6));

/** The later of two instants; of two spellings of one moment always the same one. */
export function later(a: string, b: string): string {
  const order = compareWhen(a, b) || compareCodePoints(a, b);
  return order < 0 ? b : a;
}

/** The earlier of two instants. */
export const earlier = (a: string, b: string): string => (later(a, b) === a ? b : a);

/** `instant` plus some milliseconds, written with the offset of `instant`. */
export function addMs(instant: string, ms: number): string {
  const offset = offsetOf(instant);
  const [hours = 0, minutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  const offsetMs = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const local = new Date(Date.parse(instant) + ms + offsetMs).toISOString();
  return local.replace(/(?:\.000)?Z$/, offset);
}

/** The day in China on which an instant lies, plus some days. */
export function chinaDay(when: string, plusDays = 0): string {
  return new Date(msOf(when) + chinaOffsetMs + plusDays * dayMs).toISOString().slice(0, 10);
}

/** An instant as people in China read it: `2026-11-22 14:05:30`, without seconds where they are zero. */
export function chinaTime(instant: string): string {
  const text = new Date(msOf(instant) + chinaOffsetMs).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19).replace(/:00$/, '')}`;
}
