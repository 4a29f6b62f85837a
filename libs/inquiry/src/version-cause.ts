import type { Report, ReportBody } from '#contracts';
import { isAnswered } from './outcome.ts';
import type { Contradiction } from './standing-answers.ts';

/** Contradictions that the last version does not have yet: its line names another answer than the one that stands now. */
export function newContradictions(
  contradictions: readonly Contradiction[],
  before: Pick<Report, 'coverage'> | null,
): readonly Contradiction[] {
  const known = new Set(before?.coverage.lines.map(({ answerId }) => answerId));
  return contradictions.filter(({ standingAnswerId }) => !known.has(standingAnswerId));
}

export interface VersionGround {
  readonly before: Report;
  readonly body: ReportBody;
  readonly contradictions: readonly Contradiction[];
}

/**
 * Why a version follows another one (report.md §9.8), the gravest cause first: `contradicted`, `requery`, `late-answer`;
 * else `cause`, what the merge was asked for.
 */
export function causeOfVersion({ before, body, contradictions }: VersionGround, cause: string): string {
  if (newContradictions(contradictions, before).length > 0) return 'contradicted';
  const known = new Map(before.coverage.lines.map((line) => [line.agencyId, line]));
  const came = body.coverage.lines.filter(({ agencyId, answerId, ...line }) => {
    return isAnswered(line) && known.get(agencyId)?.answerId !== answerId;
  });
  const isAskedAgain = came.some(({ agencyId, requestNumber }) => {
    const was = known.get(agencyId)?.requestNumber ?? null;
    return was !== null && was !== requestNumber;
  });
  if (isAskedAgain) return 'requery';
  const isLate = came.some(({ slaBreached }) => slaBreached) || (came.length > 0 && before.closedAt !== null);
  return isLate ? 'late-answer' : cause;
}
