import type { accountClasses, accountStatuses, CoRight, Holding, Transaction } from '#contracts';

/** Records whose values we read. Everything else that travels is left alone (bank-zdz.md §5, §8). */
export type RecordName = 'condition' | 'zhxx' | 'jrxx' | 'djxx' | 'qlxx' | 'glxx' | 'wlxx' | 'htxx';

const tags: Readonly<Record<RecordName, ReadonlySet<string>>> = {
  condition: words('USERNAME PASSWORD'),
  zhxx: words('BDHM CCXH KHZH CCLB ZHZT KHWD KHWDDM KHRQ XHRQ BZ YE KYYE GLZJZH FKSJ TXDZ YZBM LXDH BEIZ'),
  jrxx: words(
    'ZCXH ZCMC ZCLX CPXSZL DQH JRCPBH LCZH ZJHKZH ZCGLR ZCKFJY ZCJYXZ XZXCRQ ZYQR TGR GR SYR CLR SHR TGZH JLDW BZ ' +
      'ZCDWJG SE KYSE ZCZJE KYZCZJE BEIZ',
  ),
  djxx: words('CSXH ZCXH JRCPBH DJJZRQ DJJG DJWH DJJE BEIZ'),
  qlxx: words('XH ZCXH JRCPBH QLLX QLR QLJE QLRDZ QLRLXFS'),
  glxx: words('GLXH ZKHZH GLZHLB GLZHHM GLZHMC BZ YE KYYE BEIZ'),
  wlxx: words(
    'WLXH JYZL ZJLX BZ JE JYSJ JYLSH ZCKZXM ZCKZH ZCKZHKHH JYDSYHHH JYDSZJLX JYDSZJHM JYDSTXDZ JYDSYZBM JYDSLXDH BEIZ',
  ),
  htxx: words('BDHM XCHTYY XCHTBZ XCHTR XCHTDH'),
};

export const tagsOf = (record: RecordName): ReadonlySet<string> => tags[record];

/** Lists inside an account, by their name in lower case. */
export const lists: Readonly<Record<string, RecordName>> = {
  jrxxlist: 'jrxx',
  djxxlist: 'djxx',
  qlxxlist: 'qlxx',
  glxxlist: 'glxx',
  wlxxlist: 'wlxx',
};

/** Addresses, postcodes and phones of the debtor and of third parties: dropped and counted. */
export const contactTags = words('TXDZ YZBM LXDH QLRDZ QLRLXFS JYDSTXDZ JYDSYZBM JYDSLXDH');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** One code list: the words the wire uses for each of our codes, and how people read our codes. */
export interface CodeTable<Value extends string> {
  readonly table: Readonly<Record<string, Value>>;
  readonly labels: Readonly<Record<Value | 'other', { readonly zh: string; readonly en: string }>>;
}

type AccountClass = (typeof accountClasses)[number];
type AccountStatus = (typeof accountStatuses)[number];
type CodeOf<Coded> = Coded extends { readonly code: infer Value extends string } ? Value : never;

/** Account category (账户类别) CCLB and GLZHLB: free text; the full list of the specification is not public. */
export const classOfAccount: CodeTable<AccountClass> = {
  table: wordsFor<AccountClass>({
    savings: '活期 活期存款 活期储蓄 储蓄 储蓄存款 个人活期 存折',
    current: '基本户 基本存款账户 一般户 一般存款账户 专用存款账户 临时存款账户 结算账户 单位活期 对公活期',
    time: '定期 定期存款 定期储蓄 整存整取 大额存单 通知存款 定活两便',
    card: '借记卡 储蓄卡 理财卡 银行卡',
    'credit-card': '信用卡 贷记卡 准贷记卡',
    'wealth-settlement': '理财账户 理财结算账户',
    margin: '保证金 保证金账户',
    'safe-box': '保管箱',
  }),
  labels: {
    savings: { zh: '活期储蓄', en: 'Savings account' },
    current: { zh: '结算账户', en: 'Current account' },
    time: { zh: '定期存款', en: 'Time deposit' },
    card: { zh: '银行卡', en: 'Card account' },
    'credit-card': { zh: '信用卡', en: 'Credit card account' },
    'wealth-settlement': { zh: '理财结算账户', en: 'Wealth settlement account' },
    margin: { zh: '保证金账户', en: 'Margin account' },
    'safe-box': { zh: '保管箱', en: 'Safe-deposit box' },
    other: { zh: '其他', en: 'Other' },
  },
};

/** Account status (账户状态) ZHZT: free text. */
export const statusOfAccount: CodeTable<AccountStatus> = {
  table: wordsFor<AccountStatus>({
    normal: '正常',
    dormant: '睡眠 睡眠户 久悬 久悬户 不动户 长期不动户',
    'frozen-full': '全额冻结 全部冻结 账户冻结 封闭冻结',
    'frozen-partial': '部分冻结 限额冻结 金额冻结',
    'stop-payment': '止付 只收不付 停止支付',
    closed: '销户 已销户 注销 已注销 关闭 已关闭',
  }),
  labels: {
    normal: { zh: '正常', en: 'Normal' },
    dormant: { zh: '久悬', en: 'Dormant' },
    'frozen-full': { zh: '全额冻结', en: 'Frozen in full' },
    'frozen-partial': { zh: '部分冻结', en: 'Frozen in part' },
    'stop-payment': { zh: '止付', en: 'Payments stopped' },
    closed: { zh: '已销户', en: 'Closed' },
    other: { zh: '其他', en: 'Other' },
  },
};

/** Kind of financial product (资产类型) ZCLX. */
export const typeOfProduct: CodeTable<CodeOf<Holding['productType']>> = {
  table: wordsFor<CodeOf<Holding['productType']>>({
    'fixed-income': '固定收益类 固定收益 债券 国债',
    fund: '基金 公募基金 基金类',
    'precious-metal': '贵金属 黄金 积存金',
  }),
  labels: {
    'fixed-income': { zh: '固定收益类', en: 'Fixed income' },
    fund: { zh: '基金', en: 'Fund' },
    'precious-metal': { zh: '贵金属', en: 'Precious metal' },
    other: { zh: '其他', en: 'Other' },
  },
};

/** Kind of transaction (交易种类) JYZL. */
export const kindOfTransaction: CodeTable<CodeOf<Transaction['kind']>> = {
  table: wordsFor<CodeOf<Transaction['kind']>>({
    transfer: '转账 汇款 跨行转账 行内转账',
    cash: '现金 取现 存现 现金存款 现金取款',
  }),
  labels: {
    transfer: { zh: '转账', en: 'Transfer' },
    cash: { zh: '现金', en: 'Cash' },
    other: { zh: '其他', en: 'Other' },
  },
};

/** Counter-party's ID type (交易对手证件类型) JYDSZJLX; the full list is not public. */
export const typeOfCounterpartyId: CodeTable<CodeOf<Transaction['counterpartyIdType']>> = {
  table: wordsFor<CodeOf<Transaction['counterpartyIdType']>>({ 'citizen-id': '01 身份证 居民身份证' }),
  labels: { 'citizen-id': { zh: '居民身份证', en: 'Resident ID card' }, other: { zh: '其他', en: 'Other' } },
};

/** Direction of money (资金流向): ZJLX means this inside a transaction (WIRE-9). */
export const directions: Readonly<Record<string, Transaction['direction']>> = {
  转入: 'in',
  转出: 'out',
  取出: 'withdrawal',
};

/** Kind of sale (产品销售种类) CPXSZL: codes at one bank, words at another. */
export const saleModes: Readonly<Record<string, 'own' | 'agency'>> = {
  '00': 'own',
  '10': 'agency',
  直销: 'own',
  代销: 'agency',
};

export const yesAndNo: Readonly<Record<string, boolean>> = { 是: true, 否: false };

/** Kind of right (权利类型) QLLX: free text. */
export const kindsOfRight: Readonly<Record<string, CoRight['rightKind']>> = wordsFor<CoRight['rightKind']>({
  'co-ownership': '共有 共有权 共同共有 按份共有',
  priority: '优先权 优先受偿权',
  pledge: '质权 质押 质押权',
  'right-of-disposal': '处分权',
  beneficiary: '受益权 受益人',
});

function wordsFor<Value extends string>(byCode: Readonly<Partial<Record<Value, string>>>): Record<string, Value> {
  const table: Record<string, Value> = {};
  for (const code in byCode) for (const word of (byCode[code] ?? '').split(' ')) table[word] = code;
  return table;
}

/** What a text of refusal is about; read from the top, first match wins. No match: no code, the text stands alone. */
export const refusalCodes: readonly (readonly [code: string, says: RegExp])[] = [
  ['writ-unreadable', /(文书|通知书|裁定书?).{0,20}(打不开|无法打开|无法读取|无法识别|无法查看|不清|模糊|损坏)/u],
  ['writ-unreadable', /(打不开|无法打开|无法读取|无法识别|无法查看).{0,20}(文书|通知书|裁定)/u],
  ['certificate-missing', /(缺少|缺失|没有|未见|未提供|未上传|无).{0,20}(工作证|公务证|证件)/u],
  ['certificate-missing', /(工作证|公务证|证件).{0,20}(缺少|缺失|没有|不存在|未提供|未上传|为空)/u],
  ['writ-missing', /(缺少|缺失|没有|未见|未提供|未上传|无).{0,20}(文书|通知书|裁定)/u],
  ['writ-missing', /(文书|通知书|裁定书?).{0,20}(缺少|缺失|没有|不存在|未提供|未上传|为空)/u],
];
