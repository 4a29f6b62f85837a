import type { Category, Report } from '#contracts';

type Role = Report['roles'][number]['role'];

/** What codes of a report are called on paper and in sheets. */
interface CodeWords {
  readonly categories: Readonly<Record<Category, string>>;
  readonly roles: Readonly<Record<Role, string>>;
}

const chinese: CodeWords = {
  categories: {
    ...{ bank: '银行', 'central-bank-index': '账户索引', 'internet-bank': '互联网银行', 'real-estate': '不动产' },
    ...{ vehicle: '车辆', securities: '证券', 'company-registry': '股权', wallet: '网络资金', insurance: '保险' },
    ...{ 'housing-fund': '公积金', vessel: '船舶', aircraft: '航空器', other: '其他' },
  },
  roles: {
    ...{ 'legal-representative': '法定代表人', director: '董事', supervisor: '监事', manager: '经理' },
    ...{ shareholder: '股东', 'right-of-disposal': '有处分权', other: '其他' },
  },
};

const english: CodeWords = {
  categories: {
    ...{ bank: 'Banks', 'central-bank-index': 'Account index', 'internet-bank': 'Internet banks' },
    ...{ 'real-estate': 'Real estate', vehicle: 'Vehicles', securities: 'Securities', 'company-registry': 'Equity' },
    ...{ wallet: 'Wallets', insurance: 'Insurance', 'housing-fund': 'Housing fund', vessel: 'Vessels' },
    ...{ aircraft: 'Aircraft', other: 'Other' },
  },
  roles: {
    ...{ 'legal-representative': 'Legal representative', director: 'Director', supervisor: 'Supervisor' },
    ...{ manager: 'Manager', shareholder: 'Shareholder', 'right-of-disposal': 'Right of disposal', other: 'Other' },
  },
};

export const codeWords = { 'zh-CN': chinese, en: english } as const;
