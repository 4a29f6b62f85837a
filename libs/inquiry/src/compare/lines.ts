import {
  categories,
  type Changes,
  type CoverageLine,
  type LineChange,
  type LineTransition,
  type Verdict,
} from '#contracts';
import { compareCodePoints } from '../code-points.ts';

/** The line of one agency in one category in both reports; null where it is in neither plan nor report. */
export interface LinePair {
  readonly agencyId: string;
  readonly category: CoverageLine['category'];
  readonly before: CoverageLine | null;
  readonly after: CoverageLine | null;
}

const categoryOrder = new Map(categories.map((category, at) => [category, at]));
const placeOf = ({ agencyId, category }: Pick<CoverageLine, 'agencyId' | 'category'>): string =>
  `${category}/${agencyId}`;

/** The lines of two reports side by side, in the order of coverage lines. */
export function pairLines(before: readonly CoverageLine[], after: readonly CoverageLine[]): readonly LinePair[] {
  const earlier = new Map(before.map((line) => [placeOf(line), line]));
  const later = new Map(after.map((line) => [placeOf(line), line]));
  const all = new Map([...before, ...after].map((line) => [placeOf(line), line]));
  return [...all]
    .map(([place, { agencyId, category }]) => ({
      ...{ agencyId, category },
      before: earlier.get(place) ?? null,
      after: later.get(place) ?? null,
    }))
    .toSorted(
      (a, b) =>
        (categoryOrder.get(a.category) ?? 0) - (categoryOrder.get(b.category) ?? 0) ||
        compareCodePoints(a.agencyId, b.agencyId),
    );
}

/** All sixteen of report.md §11.1; null is not listed. */
const transitions = {
  found: {
    found: 'compare-assets',
    nothing: 'no-longer-reported',
    'no-answer': 'cannot-tell',
    'not-asked': 'no-longer-asked',
  },
  nothing: {
    found: 'new-asset',
    nothing: 'still-nothing',
    'no-answer': 'cannot-tell',
    'not-asked': 'no-longer-asked',
  },
  'no-answer': {
    found: 'newly-established',
    nothing: 'now-confirmed-nothing',
    'no-answer': 'still-no-answer',
    'not-asked': 'no-longer-asked',
  },
  'not-asked': {
    found: 'found-after-widening',
    nothing: 'nothing-after-widening',
    'no-answer': 'no-answer-after-widening',
    'not-asked': null,
  },
} satisfies Record<Verdict, Record<Verdict, LineTransition | null>>;

/** Who is in only one of the two plans was not asked in the other. */
const verdictOf = (line: CoverageLine | null): Verdict => line?.verdict ?? 'not-asked';

/** The lines of the change list. A `nothing` that is not whole is no ground for a disappearance or an appearance (R1). */
export function lineChanges(pairs: readonly LinePair[]): LineChange[] {
  return pairs.flatMap(({ agencyId, category, before, after }) => {
    const transition = transitionOf(before, after);
    if (transition === null) return [];
    return {
      ...{ agencyId, category, before: verdictOf(before), after: verdictOf(after) },
      beforeReason: before?.reason ?? null,
      afterReason: after?.reason ?? null,
      transition,
    };
  });
}

function transitionOf(before: CoverageLine | null, after: CoverageLine | null): LineTransition | null {
  const transition = transitions[verdictOf(before)][verdictOf(after)];
  if (transition === 'no-longer-reported' && after?.complete !== true) return 'cannot-tell';
  if (transition === 'new-asset' && before?.complete !== true) return 'newly-established';
  return transition;
}

/** Agencies that were asked in one of the two only. */
export function scopeChangeOf(pairs: readonly LinePair[]): Changes['scopeChanged'] {
  const only = (asked: 'before' | 'after', other: 'before' | 'after') =>
    pairs
      .filter((pair) => verdictOf(pair[asked]) !== 'not-asked' && verdictOf(pair[other]) === 'not-asked')
      .map(({ agencyId, category }) => ({ agencyId, category }));
  return { added: only('after', 'before'), removed: only('before', 'after') };
}

/** Lines that were asked by another version of the adapter, or matched by another rule. */
export function askedDifferently(pairs: readonly LinePair[]): Changes['askedDifferently'] {
  return pairs.flatMap(({ agencyId, category, before, after }) => {
    const told = [
      { what: 'adapter-version' as const, from: adapterOf(before), to: adapterOf(after) },
      { what: 'match-rule' as const, from: before?.matchRule ?? null, to: after?.matchRule ?? null },
    ];
    return told.flatMap(({ what, from, to }) =>
      from === null || to === null || from === to ? [] : [{ agencyId, category, what, before: from, after: to }],
    );
  });
}

const adapterOf = (line: CoverageLine | null): string | null =>
  line === null || line.adapterId === null || line.adapterVersion === null
    ? null
    : `${line.adapterId} ${line.adapterVersion}`;
