import type { Total } from '#contracts';
import { currencyOf, type DepositAccount } from './accounts.ts';
import { amountText, exact, nought, type Exact } from './amounts.ts';
import { compareCodePoints } from './code-points.ts';
import { isInPlace, isStanding } from './encumbrances.ts';

interface Sum {
  balance: Exact;
  available: Exact;
  frozen: Exact;
}

/**
 * Sums per currency, never across (report.md §8). A total is `atLeast` (≥) unless coverage is full and nothing that
 * belongs to it is unknown (C2): a missing balance, an account in an unknown currency, sub-accounts that may or may not
 * be inside the main balance, or a second balance for one key in one answer. A currency without any known amount has no
 * total: unknown is not zero (R7).
 */
export function totalsByCurrency(accounts: readonly DepositAccount[], isFull: boolean): Total[] {
  const sums = new Map<string, Sum>();
  const open = new Set<string>();
  let isAnyCurrencyOpen = !isFull;
  for (const account of accounts) {
    const currency = currencyOf(account);
    if (currency === null) isAnyCurrencyOpen = true;
    else if (isOpenEnded(account)) open.add(currency);
    for (const sub of account.subAccounts ?? []) open.add(sub.currency ?? currency ?? '');
    if (currency !== null && (account.balance !== null || account.availableBalance !== null)) {
      add(sums, currency, account);
    }
  }
  return [...sums]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([currency, { balance, available, frozen }]) => ({
      currency,
      balance: amountText(balance, currency),
      available: amountText(available, currency),
      alreadyFrozen: amountText(frozen, currency),
      atLeast: isAnyCurrencyOpen || open.has(currency),
    }));
}

const isOpenEnded = (account: DepositAccount): boolean =>
  account.balance === null ||
  account.availableBalance === null ||
  (account.subAccounts ?? []).length > 0 ||
  account.provenance.conflicts.some(({ path, values }) => path === 'balance' && isFromOneAnswer(values));

const isFromOneAnswer = (values: readonly { answerId: string }[]): boolean =>
  new Set(values.map(({ answerId }) => answerId)).size < values.length;

function add(sums: Map<string, Sum>, currency: string, account: DepositAccount): void {
  const sum = sums.get(currency) ?? { balance: nought(), available: nought(), frozen: nought() };
  sums.set(currency, sum);
  if (account.balance !== null) sum.balance = sum.balance.plus(account.balance.amount);
  if (account.availableBalance !== null) sum.available = sum.available.plus(account.availableBalance.amount);
  sum.frozen = sum.frozen.plus(frozenOf(account, currency));
}

/**
 * What is already held on an account: the amounts the agency says it controls, else the part of the balance that is not
 * available where a freeze is known to stand, else nothing that we could name.
 */
function frozenOf({ encumbrances, status, balance, availableBalance }: DepositAccount, currency: string): Exact {
  const freezes = (encumbrances ?? []).filter((each) => isInPlace(each) || isStopPayment(each));
  const controlled = freezes.map(({ amount }) =>
    amount.controlled?.currency === currency ? amount.controlled.amount : null,
  );
  if (controlled.length > 0 && !controlled.includes(null)) return sumOf(controlled, balance);
  const isFrozen = freezes.length > 0 || status?.code === 'frozen-full' || status?.code === 'frozen-partial';
  if (!isFrozen || balance === null) return nought();
  if (availableBalance === null) return status?.code === 'frozen-full' ? exact(balance.amount) : nought();
  const held = exact(balance.amount).minus(availableBalance.amount);
  return held.isNegative() ? nought() : held;
}

const isStopPayment = (encumbrance: Parameters<typeof isStanding>[0]): boolean =>
  encumbrance.kind === 'stop-payment' && isStanding(encumbrance);

/** Several freezes of one account cannot hold more than is in it. */
function sumOf(amounts: readonly (string | null)[], balance: DepositAccount['balance']): Exact {
  const sum = amounts.reduce((total, amount) => (amount === null ? total : total.plus(amount)), nought());
  return balance !== null && sum.greaterThan(balance.amount) ? exact(balance.amount) : sum;
}
