import {
  parseCaseNumber,
  unknownEncumbrance,
  type CoRight,
  type Encumbrance,
  type Holding,
  type SubAccount,
  type Warning,
} from '#contracts';
import { classOfAccount, kindsOfRight, saleModes, typeOfProduct, yesAndNo } from './dialect.ts';
import { fieldsOf, partOf, type Part } from './fields.ts';
import type { Settings } from './settings.ts';
import type { Row } from './wire.ts';

/** Where the details of one account are read. Measures and rights carry no currency: theirs is the account's. */
export interface AccountPlace {
  readonly settings: Settings;
  readonly currency: string | null;
  readonly warnings: Warning[];
}

/** Financial assets (金融资产), bank-zdz.md §5.2. */
export function holdingsOf(account: Row, place: AccountPlace): Part<Holding> {
  const { settings, warnings } = place;
  return partOf(account.lists.get('jrxx'), { name: 'holdings', most: 2_000, warnings }, (row, at) => {
    const { text, date, decimal, ...read } = fieldsOf(row, { at, warnings, currencyDefault: settings.currencyDefault });
    const productName = text('ZCMC');
    if (productName === null) return null;
    const currency = read.currency('currency');
    return {
      sequence: text('ZCXH'),
      productName,
      productType: read.code('ZCLX', 'productType', typeOfProduct),
      productCode: text('JRCPBH'),
      saleMode: read.word('CPXSZL', 'saleMode', saleModes),
      areaCode: text('DQH'),
      wealthAccount: text('LCZH'),
      returnAccount: text('ZJHKZH'),
      custodyAccount: text('TGZH'),
      manager: text('ZCGLR'),
      custodian: text('TGR') ?? text('GR'),
      beneficiary: text('SYR'),
      pledgee: text('ZYQR'),
      tradableViaBank: read.word('ZCKFJY', 'tradableViaBank', yesAndNo),
      restriction: text('ZCJYXZ'),
      restrictionUntil: date('XZXCRQ', 'restrictionUntil'),
      setUpOn: date('CLR', 'setUpOn'),
      redeemableOn: date('SHR', 'redeemableOn'),
      unit: text('JLDW'),
      currency,
      unitPrice: decimal('ZCDWJG', 'unitPrice'),
      quantity: decimal('SE', 'quantity'),
      controllableQuantity: decimal('KYSE', 'controllableQuantity'),
      totalValue: read.money('ZCZJE', 'totalValue', currency),
      controllableValue: read.money('KYZCZJE', 'controllableValue', currency),
      remark: text('BEIZ'),
    };
  });
}

/** Measures already in force (在先措施), bank-zdz.md §5.3. CSXH is a running number unless the channel says otherwise. */
export function measuresOf(account: Row, { settings, currency, warnings }: AccountPlace): Part<Encumbrance> {
  return partOf(account.lists.get('djxx'), { name: 'encumbrances', most: 500, warnings }, (row, at) => {
    const { text, date, integer, money } = fieldsOf(row, { at, warnings, currencyDefault: null });
    const sequence = integer('CSXH');
    const isRanked = settings.sequenceIsRank && sequence !== null && sequence > 0;
    return {
      ...unknownEncumbrance,
      kind: 'freeze',
      sequence,
      rank: isRanked ? sequence - 1 : null, // 1 on the wire is the measure in force, our 0
      rankBasis: isRanked ? 'source-order' : 'unknown',
      authority: text('DJJG'),
      documentNumber: text('DJWH'),
      caseNumber: caseNumberIn(text('DJWH')),
      amount: { requested: money('DJJE', 'amount.requested', currency), controlled: null, waiting: null },
      endsOn: date('DJJZRQ', 'endsOn'),
      remark: whatItHits(row, text('BEIZ')),
    };
  });
}

function caseNumberIn(documentNumber: string | null): string | null {
  const parsed = parseCaseNumber(documentNumber ?? '');
  return parsed.outcome === 'matched' ? parsed.normalised : null;
}

/** The financial asset that a measure hits has no field of its own; lost, the measure would seem to hit the account. */
function whatItHits(row: Row, remark: string | null): string | null {
  const holding = [
    ['资产序号', row.values.get('ZCXH')],
    ['产品编号', row.values.get('JRCPBH')],
  ].flatMap(([label, value]) => (value ? [`${label} ${value}`] : []));
  const parts = [...(remark === null ? [] : [remark]), ...holding];
  return parts.length === 0 ? null : parts.join('；').slice(0, 2_000);
}

/** Priority and co-ownership rights (优先权、共有权), bank-zdz.md §5.4. Holders come without a number: never the debtor. */
export function rightsOf(account: Row, { currency, warnings }: AccountPlace): Part<CoRight> {
  return partOf(account.lists.get('qlxx'), { name: 'coRights', most: 500, warnings }, (row, at) => {
    const { text, integer, money, word } = fieldsOf(row, { at, warnings, currencyDefault: null });
    const holderName = text('QLR');
    if (holderName === null) return null;
    return {
      holderName,
      holderIdMasked: null,
      holderKind: null,
      isDebtor: false,
      share: null,
      mode: null,
      rightKind: word('QLLX', 'rightKind', kindsOfRight) ?? 'other',
      holdsCertificate: null,
      amount: money('QLJE', 'amount', currency),
      sequence: integer('XH'),
    };
  });
}

/** A priority right stands on the account like a measure does: it is listed there as well. */
export function priorityRights(rights: readonly CoRight[]): Encumbrance[] {
  return rights
    .filter(({ rightKind }) => rightKind === 'priority')
    .map(({ holderName, amount, sequence }) => ({
      ...unknownEncumbrance,
      kind: 'priority-right',
      sequence,
      holderName,
      securedAmount: amount,
    }));
}

/** Sub-accounts (关联子账户), bank-zdz.md §5.5. */
export function subAccountsOf(account: Row, { settings, warnings }: AccountPlace): Part<SubAccount> {
  return partOf(account.lists.get('glxx'), { name: 'subAccounts', most: 2_000, warnings }, (row, at) => {
    const read = fieldsOf(row, { at, warnings, currencyDefault: settings.currencyDefault });
    const number = read.text('GLZHHM') ?? read.text('GLZHMC');
    if (number === null) return null;
    const currency = read.currency('currency');
    return {
      sequence: read.text('GLXH'),
      mainAccount: read.text('ZKHZH'),
      class: read.code('GLZHLB', 'class', classOfAccount),
      number,
      currency,
      balance: read.money('YE', 'balance', currency),
      availableBalance: read.money('KYYE', 'availableBalance', currency),
      remark: read.text('BEIZ'),
    };
  });
}
