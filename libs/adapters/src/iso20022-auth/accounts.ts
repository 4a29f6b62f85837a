import { childNamed, childrenNamed, codeFrom, readCurrency, readDate, readWhen, type XmlElement } from '#adapter-kit';
import { maskAccount, unknownEncumbrance } from '#contracts';
import type { Debtor, Encumbrance, FoundAsset, Match, Warning } from '#contracts';
import { textAt, unexpected } from './answer.ts';
import { accountClassLabels, accountClasses, accountStatuses, accountStatusLabels, safeBox } from './codes.ts';
import type { Disputes } from './disputes.ts';
import { readRoles, type Roles } from './roles.ts';
import type { Search } from './search.ts';

/** What an account is read with. */
export interface Reading {
  readonly holds: 'accounts' | 'safe-boxes';
  readonly debtor: Debtor;
  readonly rule: Search['rule'];
  readonly bankName: string;
  readonly investigation: string;
  readonly disputes: Disputes;
}

/** The accounts one servicer told, sorted by whose they are. */
export interface AccountsRead {
  readonly assets: readonly FoundAsset[];
  readonly asOf: string | null;
  readonly closed: number; // the debtor's, closed
  readonly access: number; // the debtor may dispose of them, and owns none
  readonly foreign: number; // somebody else's
  readonly unreadable: number;
}

type Sorted = FoundAsset | 'closed' | 'access' | 'foreign' | 'unreadable';

/** @throws NoAnswer unintelligible if it is no supl.027 for this investigation */
export function readAccounts(document: XmlElement, reading: Reading): AccountsRead {
  const body = childNamed(document, 'InfRspnSD1');
  const servicer = body && childNamed(body, 'AcctSvcrId');
  if (!body || !servicer) throw unexpected('supl.027.InfRspnSD1');
  if (textAt(body, 'InvstgtnId') !== reading.investigation) throw unexpected('supl.027.InvstgtnId');
  const rows = childrenNamed(body, 'AcctAndPties');
  if (rows.length === 0) throw unexpected('supl.027.AcctAndPties'); // "nothing" is said by NFOU, never by silence
  const asOf = readWhen(textAt(body, 'CreDtTm'), 'asOf').value;
  const bankCode = textAt(servicer, 'FinInstnId', 'Othr', 'Id') ?? textAt(servicer, 'FinInstnId', 'BIC');
  if (bankCode === null) throw unexpected('supl.027.AcctSvcrId');
  const said: Servicer = { bankCode, bic: textAt(servicer, 'FinInstnId', 'BIC'), asOf };
  const sorted = rows.map((row) => sortAccount(row, said, reading));
  const strays = body.children.filter(({ name }) => !known.has(name)).length;
  const count = (kind: Sorted): number => sorted.filter((each) => each === kind).length;
  return {
    assets: sorted.filter((each) => typeof each !== 'string'),
    asOf,
    closed: count('closed'),
    access: count('access'),
    foreign: count('foreign'),
    unreadable: count('unreadable') + strays,
  };
}

const known = new Set(['InvstgtnId', 'CreDtTm', 'AcctSvcrId', 'AcctAndPties']);

interface Servicer {
  readonly bankCode: string;
  readonly bic: string | null;
  readonly asOf: string | null;
}

/** Whose an account is comes first; other people's accounts are not read at all. */
function sortAccount(row: XmlElement, servicer: Servicer, reading: Reading): Sorted {
  const account = childNamed(row, 'Acct');
  const roles = readRoles(childrenNamed(row, 'Role'), reading);
  const numbers = account && numbersOf(account);
  if (!account || !numbers) return 'unreadable';
  const match = roles.own.get('OWNE');
  if (match === undefined) {
    if (roles.unreadable > 0) return 'unreadable';
    if (roles.own.has('ACCE')) return 'access';
    return roles.others.length > 0 ? 'foreign' : 'unreadable'; // nobody's, and nobody said whose
  }
  const closing = closingOf(account, row, servicer.asOf);
  return closing.isClosed ? 'closed' : assetOf({ account, row, numbers, match, roles, closing }, servicer, reading);
}

interface Owned {
  readonly account: XmlElement;
  readonly row: XmlElement;
  readonly numbers: NonNullable<ReturnType<typeof numbersOf>>;
  readonly match: Match;
  readonly roles: Roles;
  readonly closing: ReturnType<typeof closingOf>;
}

function assetOf(owned: Owned, servicer: Servicer, reading: Reading): FoundAsset {
  const { account, row, numbers, match, roles, closing } = owned;
  const isBox = reading.holds === 'safe-boxes'; // has no currency, and no account behind it
  const currency = isBox ? noCurrency : readCurrency(textAt(account, 'Ccy'), 'currency', null);
  const openedOn = readDate(textAt(row, 'AddtlInf'), 'openedOn');
  const isClientMoney = textAt(account, 'AcctPurp') === 'customer_asset_account';
  const restrictions = childrenNamed(account, 'Rstrctn').map(encumbranceOf);
  return {
    ...unsaid,
    kind: 'deposit-account',
    bankName: reading.bankName,
    bankCode: servicer.bankCode,
    bic: servicer.bic,
    ...numbers,
    accountNumberMasked: maskAccount(numbers.accountNumber),
    holderName: match.returnedName,
    accountClass: isBox ? safeBox : classOf(account),
    status: codeFrom(accountStatuses, accountStatusLabels, { code: textAt(account, 'Sts') }),
    openedOn: openedOn.value,
    closedOn: closing.day,
    currency: currency.value,
    protectedPurpose: isClientMoney ? 'client-money' : null,
    asOf: servicer.asOf,
    asOfKind: servicer.asOf === null ? null : 'snapshot',
    disputed: reading.disputes.names(numbers.accountNumber) ? true : null,
    encumbrances: restrictions.length > 0 ? restrictions : null,
    coRights: roles.others.length > 0 ? [...roles.others] : null, // registers withhold them: none told is not none
    match,
    warnings: [...warningsOf(match, roles), ...currency.warnings, ...openedOn.warnings, ...closing.warnings],
  };
}

const noCurrency = { value: null, warnings: [] };

function classOf(account: XmlElement) {
  const type = childNamed(account, 'Tp');
  return codeFrom(accountClasses, accountClassLabels, { code: textAt(type, 'Cd'), label: textAt(type, 'Prtry') });
}

/** IBAN, another number, or a card whose number is too long for the schema and stands in the name (GLID). */
function numbersOf(account: XmlElement) {
  const id = childNamed(account, 'Id');
  const iban = textAt(id, 'IBAN');
  if (iban !== null) return { iban, accountNumber: iban, cardNumber: null };
  const isCard = textAt(id, 'Othr', 'SchmeNm', 'Cd') === 'GLID';
  const number = isCard ? textAt(account, 'Nm') : textAt(id, 'Othr', 'Id');
  return number === null ? null : { iban: null, accountNumber: number, cardNumber: isCard ? number : null };
}

/** Closed by its status, or by a day that has come: a day in the future or before the opening closes nothing. */
function closingOf(account: XmlElement, row: XmlElement, asOf: string | null) {
  const raw = textAt(account, 'ClsgDt');
  const { value: day, warnings } = readDate(raw, 'closedOn');
  const openedOn = readDate(textAt(row, 'AddtlInf'), 'openedOn').value;
  const isImpossible = day !== null && ((asOf !== null && day > asOf.slice(0, 10)) || day < (openedOn ?? '1900-01-02'));
  const impossible: Warning = { code: 'date-impossible', path: 'closedOn', raw };
  const closedOn = isImpossible ? null : day;
  return {
    day: closedOn,
    isClosed: closedOn !== null || textAt(account, 'Sts') === 'DELE',
    warnings: isImpossible ? [impossible] : warnings,
  };
}

function encumbranceOf(restriction: XmlElement): Encumbrance {
  const type = childNamed(restriction, 'RstrctnTp');
  return {
    ...unknownEncumbrance,
    kind: 'other',
    startsOn: readDate(textAt(restriction, 'VldFr'), 'startsOn').value,
    endsOn: readDate(textAt(restriction, 'VldUntil'), 'endsOn').value,
    remark: textAt(type, 'Cd') ?? textAt(type, 'Prtry', 'Id'),
  };
}

function warningsOf({ basis, confidence, returnedName }: Match, { unreadable }: Roles): readonly Warning[] {
  const differs = confidence === 'medium' && returnedName !== null && !basis.includes('name');
  return [
    ...(differs ? [{ code: 'name-differs', path: 'holderName', raw: returnedName } as const] : []),
    ...(unreadable > 0 ? [{ code: 'row-unreadable', path: 'coRights', raw: null } as const] : []),
  ];
}

/** What a register does not say, balances above all. */
const unsaid = {
  branchName: null,
  branchCode: null,
  accountSequence: null,
  agencyRecordId: null,
  balance: null,
  availableBalance: null,
  balanceAsOf: null,
  linkedSettlementAccount: null,
  cashOrRemittance: null,
  subAccounts: null,
  holdings: null,
  transactions: null,
  remark: null,
} as const;
