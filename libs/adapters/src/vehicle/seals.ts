import { readDate } from '#adapter-kit';
import { unknownEncumbrance, type Encumbrance, type Reason, type Warning } from '#contracts';
import type { Reply, Row } from './wire.ts';

/** The seals (查封) of one vehicle as its own call told them. */
export interface Seals {
  readonly seals: readonly Encumbrance[];
  readonly warnings: readonly Warning[];
  readonly unreadable: number;
  readonly whole: boolean; // false: rows are unreadable, or were counted and not sent
}

/** The seals of a vehicle, or why they are not known. */
export type SealsRead = Seals | { readonly missing: Reason };

/** Rows say seals, `rownum` 0 without rows says none; anything less says nothing. */
export function readSeals({ rows, rowCount, hasBody, unreadable }: Reply, emptyBodyMeansNothing: boolean): SealsRead {
  const total = rows.length + unreadable;
  if (total === 0) {
    const saysNone = hasBody && (rowCount === 0 || (rowCount === null && emptyBodyMeansNothing));
    if (!saysNone) return { missing: rowCount === null || rowCount === 0 ? 'unintelligible' : 'incomplete' };
  }
  const read = rows.map(readSeal);
  const seals = read.map(({ seal }) => seal);
  const whole = unreadable === 0 && (rowCount === null || rowCount === total);
  // A seal that is missing could stand before those that are here.
  return { seals: whole ? rank(seals) : seals, warnings: read.flatMap((each) => each.warnings), unreadable, whole };
}

function readSeal(row: Row): { readonly seal: Encumbrance; readonly warnings: readonly Warning[] } {
  const starts = readDate(row['cfqsrq'], 'encumbrances.startsOn');
  const ends = readDate(row['cfjsrq'], 'encumbrances.endsOn');
  const sequence = row['xh'] ?? '';
  const mark = row['sdbj'];
  const seal: Encumbrance = {
    ...unknownEncumbrance,
    kind: 'seizure',
    sequence: /^\d{1,9}$/.test(sequence) ? Number(sequence) : null,
    startsOn: starts.value,
    endsOn: ends.value,
    inForce: mark === '1' ? true : mark === '0' ? false : null,
  };
  return { seal, warnings: [...starts.warnings, ...ends.warnings] };
}

/** By start date: the running number (xh) is no rank. Unknown if a live seal has no date or two began on one day. */
function rank(seals: readonly Encumbrance[]): Encumbrance[] {
  const starts = seals.flatMap(({ inForce, startsOn }) => (inForce === false ? [] : [startsOn]));
  if (starts.includes(null) || new Set(starts).size < starts.length) return [...seals];
  const ordered = starts.flatMap((start) => start ?? []).toSorted();
  return seals.map((seal) => {
    if (seal.inForce === false || seal.startsOn === null) return seal;
    return { ...seal, rank: ordered.indexOf(seal.startsOn), rankBasis: 'registration-time' };
  });
}
