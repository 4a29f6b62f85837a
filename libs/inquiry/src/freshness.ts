import type { Asset, Summary } from '#contracts';
import { isStanding } from './encumbrances.ts';
import { addMs, chinaDay, compareWhen } from './moments.ts';

const balanceFreshMs = 24 * 3_600_000;
const registerFreshMs = 30 * 24 * 3_600_000;
const reminderDays = 30;

/** Assets whose data are older than 24 hours (money) or 30 days (registers), or undated (domain.md §8). */
export function countStale(assets: readonly Asset[], stateAt: string): number {
  const oldestBalance = addMs(stateAt, -balanceFreshMs);
  const oldestEntry = addMs(stateAt, -registerFreshMs);
  return assets.filter((asset) => {
    const isAccount = asset.kind === 'deposit-account';
    const asOf = (isAccount ? asset.balanceAsOf : null) ?? asset.provenance.asOf;
    return asOf === null || compareWhen(asOf, isAccount ? oldestBalance : oldestEntry) < 0;
  }).length;
}

/** Measures of this case that end within 30 days, counted from the state of the report (domain.md §12.5 A6). */
export function expiringOf(assets: readonly Asset[], stateAt: string): Summary['expiring'] {
  const today = chinaDay(stateAt);
  const lastDay = chinaDay(stateAt, reminderDays);
  return assets.flatMap(({ assetId, encumbrances }) =>
    (encumbrances ?? []).flatMap((each, encumbranceIndex) => {
      const { endsOn, isOwnCase } = each;
      const isNear = endsOn !== null && endsOn >= today && endsOn <= lastDay;
      return isOwnCase && isNear && isStanding(each) ? [{ assetId, encumbranceIndex, endsOn }] : [];
    }),
  );
}
