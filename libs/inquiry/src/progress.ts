import type { Category, CategoryCoverage, Counts, PlannedLine } from '#contracts';
import { countLines, type CountedLine } from './counts.ts';

/** What is known of one answered line, by the ids a live view keeps: no answer has to be opened for it. */
export type LineProgress = Omit<CountedLine, 'category'>;

const notAsked: LineProgress = { verdict: 'not-asked', complete: null, provesAbsence: false };
const unheard: LineProgress = { verdict: 'no-answer', complete: null, provesAbsence: false };

/**
 * Counts for a running inquiry without a merge: the plan, and by agency id the lines that were heard. Whoever is missing
 * there has not answered. Gives what `mergeReport` counts when the lines are those of its coverage.
 */
export function countProgress(
  plan: readonly PlannedLine[],
  heard: ReadonlyMap<string, LineProgress>,
): { counts: Counts; byCategory: Map<Category, CategoryCoverage> } {
  return countLines(plan.map((line) => withCategory(line, heard)));
}

function withCategory(
  { agencyId, category, notAskedCause }: PlannedLine,
  heard: ReadonlyMap<string, LineProgress>,
): CountedLine {
  const { verdict, complete, provesAbsence } = notAskedCause === null ? (heard.get(agencyId) ?? unheard) : notAsked;
  return { category, verdict, complete, provesAbsence };
}
