import { maskAccount } from '../identifiers/mask.ts';
import type { FoundAsset } from './asset.ts';
import { withoutContacts } from './contact-data.ts';
import { type MaskCount, maskThirdPersons } from './third-persons.ts';

/**
 * An asset without what is nobody's business (domain.md §14), whoever delivered it: third persons masked, contact data
 * dropped, clients' money masked. `count`: how many values that were.
 */
export function minimisedAsset(asset: FoundAsset): { readonly asset: FoundAsset; readonly count: number } {
  const masks: MaskCount = { names: 0, numbers: 0 };
  const masked = maskThirdPersons(maskClientMoney(asset, masks), masks);
  const free = withoutContacts(masked);
  return { asset: free.asset, count: masks.names + masks.numbers + free.count };
}

/** Money of somebody's clients (代管款项): that it is there, and no number to act on. Masked, so it is never merged. */
function maskClientMoney(asset: FoundAsset, count: MaskCount): FoundAsset {
  if (asset.kind !== 'deposit-account' || asset.protectedPurpose !== 'client-money') return asset;
  const mask = (number: string): string => {
    if (number.includes('*')) return number;
    count.numbers += 1;
    return maskAccount(number);
  };
  return {
    ...asset,
    accountNumber: mask(asset.accountNumber),
    cardNumber: asset.cardNumber && mask(asset.cardNumber),
    iban: asset.iban && mask(asset.iban),
    linkedSettlementAccount: asset.linkedSettlementAccount && mask(asset.linkedSettlementAccount),
    subAccounts: asset.subAccounts?.map((each) => ({ ...each, number: mask(each.number) })) ?? null,
  };
}
