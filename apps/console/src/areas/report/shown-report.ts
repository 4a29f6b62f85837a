import type { LiveReport, Report } from '#contracts';

/** A stored version, or the present state of an inquiry; what both have is what a report shows. */
export type ShownReport = Report | LiveReport;
export type Asset = ShownReport['assets'][number];
export type Line = ShownReport['coverage']['lines'][number];

export const isStored = (report: ShownReport): report is Report => 'reportId' in report;

/** Lines by what they say; every line is in exactly one group. */
export function linesByVerdict(lines: readonly Line[]): Readonly<Record<Line['verdict'], readonly Line[]>> {
  const of = (verdict: Line['verdict']) => lines.filter((line) => line.verdict === verdict);
  return { found: of('found'), nothing: of('nothing'), 'no-answer': of('no-answer'), 'not-asked': of('not-asked') };
}

/** What only a name connects with the debtor is shown apart and added nowhere (ux.md V-17). */
export function assetsByStanding(assets: readonly Asset[]): {
  readonly counted: readonly Asset[];
  readonly inReview: readonly Asset[];
} {
  const waits = ({ match }: Asset) => match.reviewState === 'pending' || match.confidence === 'name-only';
  return { counted: assets.filter((asset) => !waits(asset)), inReview: assets.filter(waits) };
}
