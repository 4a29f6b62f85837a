import type { DebtorVersion } from '#contracts';

export interface PairChosen {
  readonly older: string;
  readonly newer: string;
}

/**
 * The two versions that are compared unless somebody chooses others: the newest, and the last one of the inquiry before;
 * where there is only one inquiry, its version before. Null: there is only one version yet.
 */
export function usualPair(versions: readonly DebtorVersion[], newerId: string | null): PairChosen | null {
  const at = newerId === null ? 0 : versions.findIndex(({ reportId }) => reportId === newerId);
  const newer = versions[at];
  if (newer === undefined) return null;
  const before = versions.slice(at + 1);
  const older = before.find(({ inquiryId }) => inquiryId !== newer.inquiryId) ?? before[0];
  return older === undefined ? null : { older: older.reportId, newer: newer.reportId };
}
