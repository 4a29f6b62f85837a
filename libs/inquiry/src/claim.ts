import type { Asset, Inquiry, Money, Summary, Total } from '#contracts';
import { currencyOf, type DepositAccount } from './accounts.ts';
import { amountText, exact, nought, printedAmount } from './amounts.ts';
import { isInPlace } from './encumbrances.ts';

const amountLimit = '1000';
const ratioLimit = '0.05';

/** What is still to be collected: for a preservation (财产保全) the ordered amount, else the open claim, else the claim. */
const openClaim = ({ purpose, legal }: Inquiry): Money | null =>
  purpose === 'preservation' ? legal.preservationLimit : (legal.claimOutstanding ?? legal.claimAmount);

/**
 * Available money as a share of the open claim, in the claim's currency only (domain.md §13). Null while the claim or
 * every balance is unknown. Where only the original claim is known the share is a lower bound: part of it may be paid.
 */
export function claimCoverageOf(inquiry: Inquiry, totals: readonly Total[]): Summary['claimCoverage'] {
  const claim = openClaim(inquiry);
  const total = totals.find(({ currency }) => currency === claim?.currency);
  if (claim === null || total === undefined || !exact(claim.amount).greaterThan(0)) return null;
  const ratio = exact(total.available).dividedBy(claim.amount).toDecimalPlaces(4);
  const isOriginal = inquiry.purpose !== 'preservation' && inquiry.legal.claimOutstanding === null;
  return { ratio: ratio.toFixed(), atLeast: total.atLeast || isOriginal };
}

/**
 * Small accounts, counted apart (domain.md §10, §13): below 1,000 yuan and at most 5 % of the claim; both must hold, so
 * without a claim none is.
 */
export function deMinimisOf(inquiry: Inquiry, accounts: readonly DepositAccount[]): Summary['deMinimisAccounts'] {
  const claim = openClaim(inquiry);
  const small = accounts.filter(({ balance }) => balance !== null && claim !== null && isSmall(balance, claim));
  const total = small.reduce((sum, { balance }) => sum.plus(balance?.amount ?? 0), nought());
  return { count: small.length, total: amountText(total, 'CNY'), amountLimit, ratioLimit };
}

const isSmall = (balance: Money, claim: Money): boolean =>
  balance.currency === 'CNY' &&
  claim.currency === 'CNY' &&
  exact(balance.amount).lessThan(amountLimit) &&
  exact(balance.amount).lessThanOrEqualTo(exact(claim.amount).times(ratioLimit));

/**
 * A hint that this case already holds more than its claim (查扣冻规定 art. 19). Counts what agencies say they control for
 * this case; unknown amounts are left out, so the hint may be missing but is never made up. It blocks nothing.
 */
export function possibleOverSeizureOf(inquiry: Inquiry, assets: readonly Asset[]): Summary['possibleOverSeizure'] {
  const claim = openClaim(inquiry);
  if (claim === null) return { flag: false, reason: null };
  let held = nought();
  for (const { encumbrances } of assets) {
    for (const each of encumbrances ?? []) {
      const { controlled } = each.amount;
      if (each.isOwnCase && isInPlace(each) && controlled?.currency === claim.currency)
        held = held.plus(controlled.amount);
    }
  }
  if (!held.greaterThan(claim.amount)) return { flag: false, reason: null };
  const [heldText, claimText] = [amountText(held, claim.currency), claim.amount].map((amount) =>
    printedAmount(amount, claim.currency),
  );
  const reason = `本案已控制 ${heldText}，超过 ${claimText} / Held for this case ${heldText}, more than ${claimText}`;
  return { flag: true, reason };
}

/**
 * Accounts and valuations that stand beside the total in the claim's currency: foreign money, and holdings with a value.
 */
export function countNotAdded(inquiry: Inquiry, accounts: readonly DepositAccount[]): number {
  const home = openClaim(inquiry)?.currency ?? 'CNY';
  let count = 0;
  for (const account of accounts) {
    const currency = currencyOf(account);
    if (account.balance !== null && currency !== home) count += 1;
    for (const holding of account.holdings ?? []) if (holding.totalValue ?? holding.controllableValue) count += 1;
  }
  return count;
}
