import { assetKinds, type Asset, type Coverage, type Inquiry, type Summary } from '#contracts';
import { countedAccounts, isAccepted } from './accounts.ts';
import { claimCoverageOf, countNotAdded, deMinimisOf, possibleOverSeizureOf } from './claim.ts';
import type { countLines } from './counts.ts';
import { coverageRulesOf } from './coverage-rules.ts';
import { countStale, expiringOf } from './freshness.ts';
import { countLate } from './late.ts';
import { notesOf } from './notes.ts';
import { sentenceOf } from './sentence.ts';
import { totalsByCurrency } from './totals.ts';

interface SummaryGround {
  readonly inquiry: Inquiry;
  readonly coverage: Coverage;
  readonly byCategory: ReturnType<typeof countLines>['byCategory'];
  readonly assets: readonly Asset[];
  readonly duplicatesMerged: number;
  readonly isOpen: boolean;
  readonly simulated: boolean;
  readonly stateAt: string;
}

/** The summary (report.md §8). Everything that depends on time is counted from `stateAt`. */
export function summaryOf(ground: SummaryGround): Summary {
  const { inquiry, coverage, assets, stateAt, isOpen } = ground;
  const accepted = assets.filter(isAccepted);
  const accounts = countedAccounts(accepted);
  const totals = totalsByCurrency(accounts, coverage.isFull);
  const inReview = assets.filter(({ match }) => match.reviewState === 'pending').length;
  const late = countLate(coverage.lines);
  const figures = { counts: coverage.counts, inReview, notAdded: countNotAdded(inquiry, accounts), late };
  return {
    sentence: sentenceOf({ ...figures, isOpen, totals }),
    totalsByCurrency: totals,
    claimCoverage: claimCoverageOf(inquiry, totals),
    countsByKind: countByKind(accepted),
    deMinimisAccounts: deMinimisOf(inquiry, accounts),
    possibleOverSeizure: possibleOverSeizureOf(inquiry, accepted),
    duplicatesMerged: ground.duplicatesMerged,
    possibleDuplicates: assets.filter(({ provenance }) => provenance.duplicateOf !== null).length,
    assetsNeedingReview: inReview,
    staleAssets: countStale(accepted, stateAt),
    expiring: expiringOf(accepted, stateAt),
    declaredVersusFound: null,
    coverageRules: coverageRulesOf(ground),
    notes: notesOf(figures),
  };
}

function countByKind(accepted: readonly Asset[]): Summary['countsByKind'] {
  const counts: Summary['countsByKind'] = {};
  for (const kind of assetKinds) {
    const count = accepted.filter((asset) => asset.kind === kind).length;
    if (count > 0) counts[kind] = count;
  }
  return counts;
}
