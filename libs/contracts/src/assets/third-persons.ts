import type { CoRight } from '../co-right.ts';
import type { Encumbrance } from '../encumbrance.ts';
import { maskAccount, maskIdentifier } from '../identifiers/mask.ts';
import { maskThirdPerson } from '../identifiers/third-person.ts';
import type { Holding, Transaction } from './deposit-account.ts';

/** What of an asset may name third persons. */
export interface WithThirdPersons {
  readonly coRights: readonly CoRight[] | null;
  readonly encumbrances: readonly Encumbrance[] | null;
  readonly holdings?: readonly Holding[] | null; // of deposit accounts
  readonly transactions?: readonly Transaction[] | null;
}

/** Counts what was changed, so that nobody has to compare. */
export interface MaskCount {
  names: number;
  numbers: number;
}

/**
 * Other holders, beneficiaries, holders of encumbrances and counterparties (第三人): name and number in masked form. The
 * debtor's own rows stay, and so do organisations. What is masked already is left as it is, and not counted.
 */
export function maskThirdPersons<Asset extends WithThirdPersons>(asset: Asset, count: MaskCount): Asset {
  const { coRights, encumbrances, holdings, transactions } = asset;
  return {
    ...asset,
    coRights: coRights && maskHolders(coRights, count),
    encumbrances: encumbrances && encumbrances.map((each) => maskEncumbrance(each, count)),
    ...(holdings && { holdings: holdings.map((each) => maskHolding(each, count)) }),
    ...(transactions && { transactions: transactions.map((each) => maskTransaction(each, count)) }),
  };
}

const kinds = {
  person: 'person',
  company: 'organisation',
  'public-institution': 'organisation',
  'state-organ': 'organisation',
  other: 'unknown',
} as const;

/** Two holders whose masked names are the same stay two: without a number they get an ordinal. */
function maskHolders(holders: readonly CoRight[], count: MaskCount): CoRight[] {
  const seen = new Map<string, number>();
  return holders.map((holder) => {
    if (holder.isDebtor) return holder;
    const masked = nameOf(holder.holderName, holder.holderKind === null ? 'unknown' : kinds[holder.holderKind], count);
    const holderIdMasked = numberOf(holder.holderIdMasked, maskIdentifier, count);
    if (masked === holder.holderName || holderIdMasked !== null)
      return { ...holder, holderName: masked, holderIdMasked };
    const same = (seen.get(`${holder.rightKind} ${masked}`) ?? 0) + 1;
    seen.set(`${holder.rightKind} ${masked}`, same);
    return { ...holder, holderName: same === 1 ? masked : `${masked}（${same}）`, holderIdMasked };
  });
}

const maskEncumbrance = (each: Encumbrance, count: MaskCount): Encumbrance =>
  each.holderName === null ? each : { ...each, holderName: nameOf(each.holderName, 'unknown', count) };

const maskHolding = (each: Holding, count: MaskCount): Holding => ({
  ...each,
  beneficiary: each.beneficiary && nameOf(each.beneficiary, 'unknown', count),
  pledgee: each.pledgee && nameOf(each.pledgee, 'unknown', count),
});

const maskTransaction = (each: Transaction, count: MaskCount): Transaction => ({
  ...each,
  counterpartyName: each.counterpartyName && nameOf(each.counterpartyName, 'unknown', count),
  counterpartyAccountMasked: numberOf(each.counterpartyAccountMasked, maskAccount, count),
  counterpartyIdMasked: numberOf(each.counterpartyIdMasked, maskIdentifier, count),
});

function nameOf(name: string, kind: 'person' | 'organisation' | 'unknown', count: MaskCount): string {
  const masked = maskThirdPerson(name, kind);
  if (masked !== name) count.names += 1;
  return masked;
}

function numberOf(number: string | null, mask: (number: string) => string, count: MaskCount): string | null {
  if (number === null || number.includes('*')) return number;
  count.numbers += 1;
  return mask(number);
}
