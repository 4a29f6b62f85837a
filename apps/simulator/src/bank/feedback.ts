import type { Account } from '../world/accounts.ts';
import { wireDocument, wireElement, type Charset } from './wire-w.ts';

/** One request of the court, as far as a bank needs it to answer. */
export interface BankTask {
  readonly requestNumber: string;
  readonly name: string;
  readonly idNumber: string;
  readonly writNumber: string;
  /** Both empty: no transactions are wanted. */
  readonly transactionsFrom: string;
  readonly transactionsTo: string;
}

/** How this bank writes: habits differ from bank to bank (WIRE-4 … WIRE-6). */
export interface Habits {
  readonly dateStyle: 'slashes' | 'hyphens' | 'compact';
  readonly currencyStyle: 'numeric' | 'word' | 'letters';
  readonly decimals: 2 | 4;
}

/** Changes of spelling that are faults: a tag under another name, an impossible date, words for an amount. */
export interface Slips {
  readonly accountTag: string;
  readonly badDate: boolean;
  readonly badAmount: boolean;
  readonly withDetails: boolean;
  readonly doubleOpenList: boolean;
  readonly upperCaseLists: boolean;
  readonly charset: Charset;
}

export const noSlips: Slips = {
  accountTag: 'KHZH',
  badDate: false,
  badAmount: false,
  withDetails: true,
  doubleOpenList: false,
  upperCaseLists: false,
  charset: 'gbk',
};

export interface FeedbackGround {
  readonly habits: Habits;
  readonly slips: Slips;
  /** yyyy/MM/dd HH:mm:ss */
  readonly at: string;
}

const currencyCodes = {
  numeric: { CNY: '156', USD: '840' },
  word: { CNY: '人民币', USD: '840' },
  letters: { CNY: 'CNY', USD: 'USD' },
} as const;

function written(day: string | null, { habits, slips }: FeedbackGround): string {
  if (day === null) return '';
  if (slips.badDate) return '2019-04-45';
  if (habits.dateStyle === 'hyphens') return day;
  return day.replaceAll('-', habits.dateStyle === 'slashes' ? '/' : '');
}

const amount = (text: string | null, { habits, slips }: FeedbackGround): string => {
  if (text === null) return '';
  if (slips.badAmount) return '可用资产数额';
  return habits.decimals === 4 ? `${text}00` : text;
};

function currency(code: string | null, { habits }: FeedbackGround): string {
  if (code === null) return '';
  return code === 'USD' ? currencyCodes[habits.currencyStyle].USD : currencyCodes[habits.currencyStyle].CNY;
}

export interface RowParts {
  readonly requestNumber: string;
  readonly account: Account;
  readonly place: number;
  /** Further lists, such as transactions. */
  readonly extra: readonly string[];
}

/** One account row of an answer (zhxx, bank-zdz.md §5.1) with its lists. */
export function accountRow({ requestNumber, account, place, extra }: RowParts, ground: FeedbackGround): string {
  const { slips } = ground;
  const fields = {
    BDHM: requestNumber,
    CCXH: String(place + 1),
    [slips.accountTag]: account.number,
    CCLB: account.accountClass,
    ZHZT: account.status,
    KHWD: account.branchName,
    KHWDDM: account.branchCode,
    KHRQ: written(account.openedOn, ground),
    XHRQ: written(account.closedOn, ground),
    BZ: currency(account.currency, ground),
    YE: amount(account.balance, ground),
    KYYE: amount(account.available, ground),
    GLZJZH: '',
    FKSJ: ground.at,
    TXDZ: '示例市示例路1号',
    YZBM: '000000',
    LXDH: '000-00000000',
    BEIZ: '',
  };
  const children = slips.withDetails ? [...detailLists(account, ground), ...extra] : [];
  return wireElement('zhxx', fields, { children, charset: slips.charset });
}

function detailLists(account: Account, ground: FeedbackGround): readonly string[] {
  const list = (name: string, rows: readonly string[]): string => {
    const tag = ground.slips.upperCaseLists ? name.replace('List', 'LIST') : name;
    const opened = ground.slips.doubleOpenList && name === 'djxxList' ? `<${tag}>` : '';
    return `<${tag}>${opened}${rows.join('')}</${tag}>`;
  };
  const row = (name: string, fields: Readonly<Record<string, string>>): string =>
    wireElement(name, fields, { charset: ground.slips.charset });
  return [
    list(
      'jrxxList',
      account.holdings.map((holding) => row('jrxx', holdingFields(account, holding, ground))),
    ),
    list(
      'djxxList',
      account.freezes.map((freeze) => row('djxx', freezeFields(account, freeze, ground))),
    ),
    list(
      'qlxxList',
      account.rights.map((right) => row('qlxx', rightFields(right, ground))),
    ),
    list(
      'glxxList',
      account.subAccounts.map((each) => row('glxx', subAccountFields(account, each, ground))),
    ),
  ];
}

type Detail<Key extends 'holdings' | 'freezes' | 'rights' | 'subAccounts'> = Account[Key][number];

const holdingFields = (account: Account, holding: Detail<'holdings'>, ground: FeedbackGround) => ({
  ZCXH: holding.sequence,
  ZCMC: holding.productName,
  ZCLX: '固定收益类',
  CPXSZL: '00',
  DQH: '990100',
  JRCPBH: holding.productCode,
  LCZH: `LC${account.number}`,
  ZJHKZH: account.number,
  ZCGLR: '示例理财公司',
  ZCKFJY: '是',
  ZCJYXZ: '',
  XZXCRQ: '',
  ZYQR: '',
  TGR: '',
  SYR: '',
  CLR: holding.setUpOn.replaceAll('-', ''),
  SHR: '',
  TGZH: '',
  JLDW: '份',
  BZ: currency(holding.currency, ground),
  ZCDWJG: holding.unitPrice,
  SE: holding.quantity,
  KYSE: holding.quantity,
  ZCZJE: amount(holding.totalValue, ground),
  BEIZ: '',
});

const freezeFields = (account: Account, freeze: Detail<'freezes'>, ground: FeedbackGround) => ({
  CSXH: freeze.sequence,
  ZCXH: freeze.holding ?? '',
  JRCPBH: account.holdings.find(({ sequence }) => sequence === freeze.holding)?.productCode ?? '',
  DJJZRQ:
    freeze.endsOn === null
      ? ''
      : ground.slips.badDate
        ? '2019-04-45'
        : `${freeze.endsOn.replaceAll('-', '/')} 00:00:00`,
  DJJG: freeze.authority,
  DJWH: freeze.documentNumber,
  DJJE: amount(freeze.amount, ground),
  BEIZ: '',
});

const rightFields = (right: Detail<'rights'>, ground: FeedbackGround) => ({
  XH: right.sequence,
  ZCXH: '',
  JRCPBH: '',
  QLLX: right.rightKind,
  QLR: right.holderName,
  QLJE: amount(right.amount, ground),
  QLRDZ: '示例市示例路2号',
  QLRLXFS: '000-00000000',
  BEIZ: '',
});

const subAccountFields = (account: Account, each: Detail<'subAccounts'>, ground: FeedbackGround) => ({
  GLXH: each.sequence,
  ZKHZH: account.number,
  GLZHLB: each.accountClass,
  GLZHHM: each.number,
  BZ: currency(each.currency, ground),
  YE: amount(each.balance, ground),
  KYYE: amount(each.balance, ground),
  BEIZ: '',
});

/** A row that says one of the magic texts in place of an account (bank-zdz.md §5.7). */
export const magicRow = (
  requestNumber: string,
  said: { readonly text: string; readonly remark: string },
  at: string,
): string => wireElement('zhxx', { BDHM: requestNumber, CCXH: '1', KHZH: said.text, FKSJ: at, BEIZ: said.remark });

export const feedbackDocument = (rows: readonly string[], charset: Charset = 'gbk'): string =>
  wireDocument(`<zhxxList>${rows.join('')}</zhxxList>`, charset);
