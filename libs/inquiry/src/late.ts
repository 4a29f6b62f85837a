import type { CoverageLine } from '#contracts';
import { isAnswered } from './outcome.ts';

/** Agencies that answered after their due time. */
export const countLate = (lines: readonly CoverageLine[]): number =>
  lines.filter((line) => isAnswered(line) && line.slaBreached).length;
