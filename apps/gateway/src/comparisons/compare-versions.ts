import type { ComparedReport, ComparisonView, NewComparison, ProblemItem, Report } from '#contracts';
import { compareReports } from '#inquiry';
import type { InquiryHead, StoredComparison } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';

/** Two versions that may be compared. */
export interface Pair {
  readonly older: Report;
  readonly newer: Report;
  readonly head: InquiryHead; // of the newer one
}

/**
 * Reads both versions, each of which the caller must be allowed to see.
 * @throws ProblemError `not-found`; `validation` for one and the same version, for two debtors, or for the wrong order
 */
export async function readPair(gateway: Gateway, { rows }: Caller, asked: NewComparison): Promise<Pair> {
  const { store } = gateway;
  const [older, newer] = await Promise.all([
    store.reports.get(asked.older, rows.payload),
    store.reports.get(asked.newer, rows.payload),
  ]);
  const pair = { older: foundOr404(older, 'report'), newer: foundOr404(newer, 'report') };
  const [before, head] = await Promise.all([
    store.inquiries.head(pair.older.inquiryId, rows.payload),
    store.inquiries.head(pair.newer.inquiryId, rows.payload),
  ]);
  const errors = obstaclesOf(pair, foundOr404(before, 'report').debtorId === foundOr404(head, 'report').debtorId);
  if (errors.length > 0) throw new ProblemError('validation', 'These two versions cannot be compared.', { errors });
  return { ...pair, head: foundOr404(head, 'report') };
}

function obstaclesOf({ older, newer }: Pick<Pair, 'older' | 'newer'>, isOneDebtor: boolean): ProblemItem[] {
  const at = (code: string, detail: string, fix: string) => [{ pointer: '/newer', code, detail, fix }];
  if (older.reportId === newer.reportId)
    return at('same-version', 'Both are one and the same version.', 'Choose two versions.');
  if (!isOneDebtor)
    return at(
      'another-debtor',
      'The two versions are not about one debtor of one case.',
      'Choose two about one debtor.',
    );
  return isLater(older, newer)
    ? []
    : at('not-newer', 'The version named as newer is not the newer one.', 'Exchange the two.');
}

/** Versions of one inquiry have an order of their own; a newer state may lie within the same second. */
const isLater = (older: Report, newer: Report): boolean =>
  older.inquiryId === newer.inquiryId
    ? older.reportVersion < newer.reportVersion
    : Date.parse(older.stateAt) <= Date.parse(newer.stateAt);

/** Versions never change, so the same comparison comes out every time. */
export const viewOf = ({ older, newer }: Pair, stored: StoredComparison): ComparisonView => ({
  comparisonId: stored.comparisonId,
  caseId: stored.caseId,
  debtorId: stored.debtorId,
  createdAt: stored.createdAt,
  older: comparedOf(older),
  newer: comparedOf(newer),
  changes: compareReports(older, newer),
});

const comparedOf = (report: Report): ComparedReport => ({
  reportId: report.reportId,
  reportVersion: report.reportVersion,
  inquiryId: report.inquiryId,
  purpose: report.purpose,
  stateAt: report.stateAt,
  isFull: report.coverage.isFull,
  simulated: report.simulated,
  counts: report.coverage.counts,
  sentence: report.summary.sentence,
});
