import type { Asset } from '#contracts';
import { compareWhen } from '../moments.ts';
import type { Holdings } from './asset-states.ts';

/** Accounts of one bank, class and opening date: the bank may have given a new number. Marked, never joined. */
export const looksRenumbered = (a: Asset, b: Asset): boolean =>
  a.kind === 'deposit-account' &&
  b.kind === 'deposit-account' &&
  a.openedOn !== null &&
  a.openedOn === b.openedOn &&
  a.bankCode === b.bankCode &&
  a.accountClass !== null &&
  a.accountClass.code === b.accountClass?.code;

/** Whether an asset that an agency did not name before says of itself that it is older than that answer. */
export function isOlderThanAnswer(asset: Asset, earlier: Holdings): boolean {
  const began = beginningOf(asset);
  if (began === null) return false;
  return (earlier.lines.get(asset.provenance.agencyId) ?? []).some((line) => {
    const said = line.asOf ?? line.answeredAt;
    return said !== null && compareWhen(began, said) < 0;
  });
}

function beginningOf(asset: Asset): string | null {
  switch (asset.kind) {
    case 'deposit-account':
      return asset.openedOn;
    case 'real-estate':
      return asset.registeredAt;
    case 'vehicle':
      return asset.firstRegisteredOn;
  }
}
