import { matchByRule, type Read } from '#adapter-kit';
import {
  maskAccount,
  type CoRight,
  type Encumbrance,
  type FoundAsset,
  type Holding,
  type MailboxTask,
  type SubAccount,
  type Transaction,
  type Warning,
} from '#contracts';
import { holdingsOf, measuresOf, priorityRights, rightsOf, subAccountsOf, type AccountPlace } from './details.ts';
import { classOfAccount, statusOfAccount } from './dialect.ts';
import { fieldsOf, textOf, type Fields, type Part } from './fields.ts';
import type { Settings } from './settings.ts';
import { transactionsOf } from './transactions.ts';
import type { Row } from './wire.ts';

/** What an account is read with. */
export interface Reading {
  readonly task: MailboxTask;
  readonly settings: Settings;
  /** Nobody asked for them; they belong here; or an empty list here says nothing, because they are sent apart. */
  readonly transactions: 'drop' | 'keep' | 'keep-filled';
}

/** The lists of one account by the section they answer; no transactions where nobody asked for them. */
export interface Lists {
  readonly encumbrances: Part<Encumbrance>;
  readonly 'co-rights': Part<CoRight>;
  readonly holdings: Part<Holding>;
  readonly 'sub-accounts': Part<SubAccount>;
  readonly transactions?: Part<Transaction>;
}

/** One account row (zhxx) as read: the asset, and what its lists said. */
export interface ReadAccount {
  readonly row: Row;
  readonly asset: FoundAsset;
  readonly isClosed: boolean;
  readonly unreadable: number; // rows inside the account
  readonly parts: Lists;
}

const mostWarnings = 1_000;

/** An account number as banks write it. Words in its place are never taken for one (bank-zdz.md §5.7). */
export const isAccountNumber = (text: string): boolean => /^[0-9A-Za-z][0-9A-Za-z .*_/-]{0,99}$/.test(text);

/** Translates one account row whose KHZH is an account number (bank-zdz.md, mapping of the feedback). */
export function toAccount(row: Row, accountNumber: string, reading: Reading): ReadAccount {
  const warnings: Warning[] = [];
  const fields = fieldsOf(row, { at: '', warnings, currencyDefault: reading.settings.currencyDefault });
  const own = ownFields(fields, row, reading);
  const place = { settings: reading.settings, currency: own.currency, warnings };
  const parts = readLists(row, place, reading.transactions);
  warnings.push(...own.closing.warnings);
  const asset: FoundAsset = {
    kind: 'deposit-account',
    ...numbersOf(row, accountNumber, reading),
    ...own.shown,
    closedOn: own.closing.value,
    subAccounts: parts['sub-accounts'].items,
    holdings: parts.holdings.items,
    transactions: parts.transactions?.items ?? null,
    encumbrances: measuresAndPriorities(parts),
    coRights: parts['co-rights'].items,
    warnings: warnings.slice(0, mostWarnings),
  };
  const isCalledClosed = asset.status?.code === 'closed' || asset.closedOn !== null;
  const isEmptied = !own.hasMoney && row.strays === 0 && detailsOf(parts).every(isEmpty);
  const lists = [...detailsOf(parts), ...(parts.transactions ? [parts.transactions] : [])];
  const unreadable = lists.reduce((sum, part) => sum + part.unreadable, row.strays);
  return { row, asset, isClosed: isCalledClosed && isEmptied, unreadable, parts };
}

/** Transactions are history: they do not show that an account still holds something. */
const detailsOf = (parts: Lists): readonly Part<unknown>[] => [
  parts.encumbrances,
  parts['co-rights'],
  parts.holdings,
  parts['sub-accounts'],
];
const isEmpty = ({ items, unreadable }: Part<unknown>): boolean => (items?.length ?? 0) + unreadable === 0;

/** Null only when neither a list of measures nor a priority right was delivered. */
function measuresAndPriorities({ encumbrances, 'co-rights': rights }: Lists): Encumbrance[] | null {
  const priorities = priorityRights(rights.items ?? []);
  if (encumbrances.items === null && priorities.length === 0) return null;
  return [...(encumbrances.items ?? []), ...priorities];
}

/** The account's own values. */
function ownFields(fields: Fields, row: Row, { task }: Reading) {
  const currency = fields.currency('currency');
  const asOf = fields.when('FKSJ', 'balanceAsOf');
  const openedOn = fields.date('KHRQ', 'openedOn');
  const answeredOn = (asOf ?? task.inquiry.requestedAt).slice(0, 10);
  const shown = {
    accountClass: fields.code('CCLB', 'accountClass', classOfAccount),
    status: fields.code('ZHZT', 'status', statusOfAccount),
    openedOn,
    currency,
    balance: fields.money('YE', 'balance', currency),
    availableBalance: fields.money('KYYE', 'availableBalance', currency),
    balanceAsOf: asOf,
    asOf,
    asOfKind: asOf === null ? null : ('reply-time' as const),
    remark: fields.text('BEIZ'),
  };
  const closing = closingDay(fields.date('XHRQ', 'closedOn'), { openedOn, answeredOn, raw: textOf(row, 'XHRQ') });
  return {
    currency,
    shown,
    closing,
    hasMoney: ['YE', 'KYYE'].some((tag) => /[1-9]/.test(row.values.get(tag) ?? '')),
  };
}

function readLists(row: Row, place: AccountPlace, transactions: Reading['transactions']): Lists {
  return {
    encumbrances: measuresOf(row, place),
    'co-rights': rightsOf(row, place),
    holdings: holdingsOf(row, place),
    'sub-accounts': subAccountsOf(row, place),
    ...(transactions !== 'drop' && { transactions: transactionsOf(row, place, transactions) }),
  };
}

/** Names and numbers, and what this wire never says. */
function numbersOf(row: Row, accountNumber: string, { task }: Reading) {
  const sequence = textOf(row, 'CCXH');
  return {
    bankName: task.agency.nameZh,
    bankCode: task.agency.code,
    branchName: textOf(row, 'KHWD'),
    branchCode: textOf(row, 'KHWDDM'),
    accountNumber,
    accountNumberMasked: maskAccount(accountNumber),
    cardNumber: null,
    iban: null,
    bic: null,
    accountSequence: sequence,
    agencyRecordId: sequence,
    holderName: null,
    linkedSettlementAccount: textOf(row, 'GLZJZH'),
    cashOrRemittance: null,
    protectedPurpose: null,
    disputed: null,
    match: matchByRule(task.inquiry.debtor, 'name-and-id'), // the answer names nobody
  };
}

interface Days {
  readonly openedOn: string | null;
  readonly answeredOn: string;
  readonly raw: string | null;
}

/** Databases write 9999-12-31 or 1900-01-01 for "not closed": a day in the future or before opening closes nothing. */
function closingDay(day: string | null, { openedOn, answeredOn, raw }: Days): Read<string> {
  const isPossible = day === null || (day <= answeredOn && day >= (openedOn ?? '1949-10-01'));
  if (isPossible) return { value: day, warnings: [] };
  return { value: null, warnings: [{ code: 'date-impossible', path: 'closedOn', raw }] };
}

/** Whether a row writes anything where money belongs, be it 0.00: "nothing found" says no amount at all. */
export const namesMoney = (row: Row): boolean => ['YE', 'KYYE'].some((tag) => (row.values.get(tag) ?? '') !== '');
