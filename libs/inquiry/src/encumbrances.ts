import { normaliseCaseNumber, type Encumbrance, type EncumbranceKind } from '#contracts';
import { compareCodePoints, nullsLast } from './code-points.ts';
import { compareWhen } from './moments.ts';

const waiting: ReadonlySet<EncumbranceKind> = new Set(['waiting-seizure', 'waiting-freeze', 'waiting-advance-seizure']);
const inPlace: ReadonlySet<EncumbranceKind> = new Set(['seizure', 'freeze', 'advance-seizure']);

/** Whether it still stands, as far as the agency said: lifted and lapsed ones do not. */
export const isStanding = ({ liftedOn, inForce }: Encumbrance): boolean => liftedOn === null && inForce !== false;

/** Blocks the asset now: in place, not waiting, not lifted. */
export const isInPlace = (encumbrance: Encumbrance): boolean =>
  inPlace.has(encumbrance.kind) && isStanding(encumbrance) && (encumbrance.rank ?? 0) === 0;

/** The list of one asset as a report has it: own case marked, ranks given, in order. `null` stays not reported. */
export function describeEncumbrances(
  list: readonly Encumbrance[] | null,
  isOwnCase: (encumbrance: Encumbrance) => boolean,
): Encumbrance[] | null {
  if (list === null) return null;
  const told = withoutGeneric(list).map((each) => ({ ...each, isOwnCase: isOwnCase(each) }));
  return ranked(told).toSorted(compareEncumbrances);
}

/** Whether only the kind is known, as from a status letter or a flag. */
export function isGeneric({ amount, ...entry }: Encumbrance): boolean {
  const amounts = [amount.requested, amount.controlled, amount.waiting];
  return amounts.every((value) => value === null) && details.every((name) => entry[name] === null);
}

const details = [
  'authority',
  'documentNumber',
  'caseNumber',
  'agencyMeasureNo',
  'quantity',
  'ratio',
  'registeredAt',
  'publishedAt',
  'startsOn',
  'endsOn',
  'liftedOn',
  'holderName',
  'securedAmount',
  'certificateNo',
] as const satisfies readonly (keyof Encumbrance)[];

/** A generic entry disappears when a detailed one of the same kind exists (report.md §9.4). */
function withoutGeneric(list: readonly Encumbrance[]): readonly Encumbrance[] {
  if (list.length < 2) return list;
  const detailed = new Set(list.filter((each) => !isGeneric(each)).map(({ kind }) => kind));
  return list.filter((each) => !detailed.has(each.kind) || !isGeneric(each));
}

/**
 * Ranks (轮候顺位): from the agency if it gave any; else those in place are 0 and the waiting ones follow by time of
 * registration, equal times in the order of the source; else unknown. Who is lifted has no rank of ours.
 */
function ranked(list: readonly Encumbrance[]): Encumbrance[] {
  const queue = list.filter((each) => isStanding(each) && (waiting.has(each.kind) || inPlace.has(each.kind)));
  if (queue.some(({ rank }) => rank !== null)) return renumbered(list, queue);
  if (queue.length === 0 || queue.some(({ registeredAt }) => registeredAt === null)) return [...list];
  const inTime = queue
    .filter(({ kind }) => waiting.has(kind))
    .toSorted((a, b) => nullsLast(a.registeredAt, b.registeredAt, compareWhen));
  const isTied = (at: number): boolean => sameTime(inTime[at], inTime[at - 1]) || sameTime(inTime[at], inTime[at + 1]);
  return list.map((each) => {
    const at = inTime.indexOf(each);
    if (at >= 0) return { ...each, rank: at + 1, rankBasis: isTied(at) ? 'source-order' : 'registration-time' };
    return queue.includes(each) ? { ...each, rank: 0, rankBasis: 'registration-time' } : each;
  });
}

const sameTime = (a: Encumbrance | undefined, b: Encumbrance | undefined): boolean =>
  a !== undefined && b !== undefined && nullsLast(a.registeredAt, b.registeredAt, compareWhen) === 0;

/** Waiting ranks become 1, 2, 3 … without gaps, but only when all of them are known. */
function renumbered(list: readonly Encumbrance[], queue: readonly Encumbrance[]): Encumbrance[] {
  const waitingOnes = queue.filter(({ kind, rank }) => waiting.has(kind) || (rank ?? 0) > 0);
  if (waitingOnes.some(({ rank }) => rank === null || rank === 0)) return [...list];
  const ranks = [...new Set(waitingOnes.map(({ rank }) => rank ?? 0))].toSorted((a, b) => a - b);
  return list.map((each) => (waitingOnes.includes(each) ? { ...each, rank: ranks.indexOf(each.rank ?? 0) + 1 } : each));
}

function compareEncumbrances(a: Encumbrance, b: Encumbrance): number {
  return (
    nullsLast(a.rank, b.rank, (x, y) => x - y) ||
    nullsLast(a.registeredAt, b.registeredAt, compareWhen) ||
    nullsLast(a.publishedAt, b.publishedAt, compareWhen) ||
    compareCodePoints(a.kind, b.kind) ||
    nullsLast(a.authority, b.authority, compareCodePoints) ||
    nullsLast(a.documentNumber, b.documentNumber, compareCodePoints)
  );
}

/**
 * Whether a measure is one of this case (本案), by case number; numbers of documents begin with it. A case number that is
 * not written as one must be equal as a whole, or a fragment would claim the measures of others.
 */
export function ownCaseTest(caseNumber: string): (encumbrance: Encumbrance) => boolean {
  const own = normaliseCaseNumber(caseNumber).replace(/号之[一二三四五六七八九十]+$/, '号');
  if (own === '') return () => false;
  const isWhole = /^（\d{4}）.+号$/.test(own);
  const isOwn = (text: string | null): boolean => {
    if (text === null) return false;
    const normalised = normaliseCaseNumber(text);
    return isWhole ? normalised.includes(own) : normalised === own;
  };
  return (encumbrance) => isOwn(encumbrance.caseNumber) || isOwn(encumbrance.documentNumber);
}
