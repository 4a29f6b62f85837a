import {
  categories,
  type Category,
  type CategoryCoverage,
  type Counts,
  type CoverageLine,
  type Verdict,
} from '#contracts';

/** What counting needs of a line. */
export type CountedLine = Pick<CoverageLine, 'category' | 'verdict' | 'complete' | 'provesAbsence'>;

type Tally = { -readonly [Name in keyof Counts]: number };

/** The counts of some lines, in one pass. `weak`: said nothing, without proving absence (domain.md §6.1). */
export function countLines(lines: Iterable<CountedLine>): {
  counts: Counts;
  byCategory: Map<Category, CategoryCoverage>;
} {
  const all = emptyTally();
  const tallies = new Map<Category, Tally>();
  for (const line of lines) {
    add(all, line);
    let tally = tallies.get(line.category);
    if (tally === undefined) tallies.set(line.category, (tally = emptyTally()));
    add(tally, line);
  }
  const byCategory = new Map<Category, CategoryCoverage>();
  for (const category of categories) {
    const tally = tallies.get(category);
    if (tally !== undefined) byCategory.set(category, { ...tally, verdict: rolledUp(tally) });
  }
  return { counts: all, byCategory };
}

/** R4: any `found`, else any `no-answer`, else `nothing`; over zero asked lines `not-asked`, never `nothing`. */
export function rolledUp(counts: Pick<Counts, 'asked' | 'found' | 'noAnswer'>): Verdict {
  if (counts.asked === 0) return 'not-asked';
  if (counts.found > 0) return 'found';
  return counts.noAnswer > 0 ? 'no-answer' : 'nothing';
}

/** Everybody asked has answered, and wholly. */
export const isFullCoverage = ({ asked, noAnswer, incomplete }: Counts): boolean =>
  asked > 0 && noAnswer === 0 && incomplete === 0;

/** The only ground for the words 无财产 (C3): full coverage, and every line proves absence. */
export const establishesAbsence = (counts: Counts): boolean =>
  isFullCoverage(counts) && counts.nothing === counts.asked && counts.weak === 0;

const emptyTally = (): Tally => ({
  asked: 0,
  answered: 0,
  found: 0,
  nothing: 0,
  noAnswer: 0,
  notAsked: 0,
  incomplete: 0,
  weak: 0,
});

function add(tally: Tally, { verdict, complete, provesAbsence }: CountedLine): void {
  if (verdict === 'not-asked') {
    tally.notAsked += 1;
    return;
  }
  tally.asked += 1;
  if (verdict === 'no-answer') {
    tally.noAnswer += 1;
    return;
  }
  tally.answered += 1;
  if (verdict === 'found') tally.found += 1;
  else tally.nothing += 1;
  if (complete !== true) tally.incomplete += 1;
  if (verdict === 'nothing' && !provesAbsence) tally.weak += 1;
}
