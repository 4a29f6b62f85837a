import type { Coverage, InquiryStatus, ReportBody } from '#contracts';
import { countByReason, coverageLines } from './coverage-lines.ts';
import { countLines, establishesAbsence, isFullCoverage } from './counts.ts';
import { markDuplicates } from './duplicates.ts';
import { ownCaseTest } from './encumbrances.ts';
import { compareAssets } from './list-order.ts';
import { mentionGroups } from './mentions.ts';
import { mergeAsset } from './merge-asset.ts';
import type { MergeInput } from './merge-input.ts';
import { compareWhen } from './moments.ts';
import { standingAnswers } from './standing-answers.ts';
import { stateAtOf } from './state-at.ts';
import { summaryOf } from './summary.ts';

/**
 * Answers become one report (报告). Before this the journal has what every agency said; after this the gateway hashes and
 * stores the result as a version, or shows it live. Pure: the same answers, in any order and however often repeated,
 * give the same report to the byte.
 *
 * 1. Of all that an agency sent, the answers that stand are picked.
 * 2. The newest event among them is the moment of the report; no clock is read.
 * 3. Every planned agency gets its line of coverage, with a verdict that somebody said, or the reason why nobody did.
 * 4. Assets with the same key become one; everything else stays apart.
 * 5. Counts, totals and the sentence follow from that.
 */
export function mergeReport(input: MergeInput): ReportBody {
  const { inquiry, plan, closedAt } = input;
  const standing = standingAnswers(input);
  const stateAt = stateAtOf(input, standing.values());

  const lines = coverageLines(input, standing, stateAt);
  const { counts, byCategory } = countLines(lines);
  const coverage: Coverage = {
    counts,
    byCategory: Object.fromEntries(byCategory),
    byReason: countByReason(lines),
    isFull: isFullCoverage(counts),
    establishesAbsence: establishesAbsence(counts),
    lines,
  };

  const isOwnCase = ownCaseTest(inquiry.legal.caseNumber);
  const groups = mentionGroups(plan, standing);
  const assets = markDuplicates(groups.map((group) => mergeAsset(group, isOwnCase)).toSorted(compareAssets));
  const duplicatesMerged = groups.reduce((sum, { mentions }) => sum + countMerged(mentions), 0);

  const simulated = lines.some((line) => line.simulated);
  const isClosed = closedAt !== null || input.cancelled !== null;
  const isOpen = !isClosed && compareWhen(stateAt, inquiry.dueAt) < 0;
  return {
    ...inquiry,
    schemaVersion: '1',
    status: statusOf(coverage, isClosed),
    simulated,
    stateAt,
    closedAt,
    coverage,
    assets,
    roles: [],
    summary: summaryOf({ inquiry, coverage, byCategory, assets, duplicatesMerged, isOpen, simulated, stateAt }),
  };
}

/** report.md §3.1. A late answer may turn `closed-incomplete` into `complete`. */
function statusOf({ isFull, counts }: Coverage, isClosed: boolean): InquiryStatus {
  if (isFull) return 'complete';
  if (isClosed) return 'closed-incomplete';
  return counts.answered > 0 ? 'partial' : 'running';
}

/** Mentions that went into another one; a later part that only extends its own answer is none. */
const countMerged = (mentions: readonly { readonly extended: unknown }[]): number =>
  Math.max(0, mentions.filter(({ extended }) => extended === null).length - 1);
