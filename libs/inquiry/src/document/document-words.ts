import type { Asset, Encumbrance, Verdict } from '#contracts';
import type { DocumentLabels } from './document-model.ts';

export interface DocumentWords {
  readonly labels: DocumentLabels;
  readonly title: string;
  readonly version: (version: number) => string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly kinds: Readonly<Record<Asset['kind'], string>>;
  readonly inReview: string;
  readonly reviewMark: string;
  readonly encumbrances: Readonly<Record<Encumbrance['kind'], string>>;
  readonly noEncumbrance: string;
  readonly rank: (rank: number) => string;
  readonly until: (day: string) => string;
  readonly confidence: Readonly<Record<Asset['match']['confidence'], string>>;
  readonly missing: string;
  readonly notStated: string;
  readonly simulated: string;
  readonly draft: string;
  readonly head: Readonly<Record<'case' | 'court' | 'debtor' | 'ids' | 'basis' | 'officer' | 'stateAt', string>>;
  readonly coverage: readonly [agency: string, category: string, verdict: string, code: string, ...rest: string[]];
  readonly asset: Readonly<Record<Asset['kind'], readonly string[]>>;
  readonly leftOut: Readonly<Record<'assets' | 'coverage-lines' | 'roles', string>>;
  readonly roles: { readonly title: string; readonly columns: readonly string[] };
  readonly masked: string;
  readonly noTotal: string;
  readonly available: string;
  readonly simulatedNote: string;
  readonly numbersNote: string;
}

const chinese: DocumentWords = {
  labels: {
    page: '第 {page} 页 / 共 {pages} 页',
    coverage: '覆盖情况',
    notes: '说明',
    totals: '已查明合计',
    remark: '备注',
    glyphs: '字体缺字，按码位印出：',
  },
  title: '财产查询报告',
  version: (version) => `第 ${version} 版`,
  verdicts: { found: '查有财产', nothing: '已反馈：无财产', 'no-answer': '未反馈', 'not-asked': '未查询' },
  kinds: { 'deposit-account': '存款账户', 'real-estate': '不动产', vehicle: '车辆' },
  inReview: '待核实',
  reviewMark: '仅姓名相符，待核实，不计入合计',
  encumbrances: {
    ...{ seizure: '查封', freeze: '冻结', 'waiting-seizure': '轮候查封', 'waiting-freeze': '轮候冻结' },
    ...{ 'advance-seizure': '预查封', 'waiting-advance-seizure': '轮候预查封', renewal: '续行', detention: '扣押' },
    ...{ mortgage: '抵押', pledge: '质押', lien: '留置', 'advance-notice': '预告登记', objection: '异议登记' },
    ...{ 'priority-right': '优先权', 'stop-payment': '止付', other: '其他负担' },
  },
  noEncumbrance: '机构反馈无负担',
  rank: (rank) => `轮候第 ${rank} 位`,
  until: (day) => `至 ${day}`,
  confidence: { strong: '证件相符', medium: '部分相符', 'name-only': '仅姓名相符' },
  missing: '未提供',
  notStated: '机构未说明',
  simulated: '演练',
  draft: '草稿',
  head: {
    ...{ case: '案号', court: '执行法院', debtor: '被执行人', ids: '证件号码', basis: '执行依据' },
    ...{ officer: '承办人', stateAt: '数据截至' },
  },
  coverage: ['机构', '类别', '结论', '结论代码', '反馈说明', '原因代码', '反馈时间', '应反馈时间', '类别代码'],
  asset: {
    'deposit-account': ['账号', '银行', '币种', '余额', '可用余额', '权利负担', '匹配', '数据时间', '来源机构'],
    'real-estate': ['坐落', '权证号', '单元号', '面积', '权利负担', '匹配', '数据时间', '来源机构'],
    vehicle: ['号牌', '品牌型号', '车架号', '登记状态', '权利负担', '匹配', '数据时间', '来源机构'],
  },
  leftOut: {
    assets: '按导出要求，本件未载财产清单；不表示没有财产。',
    'coverage-lines': '按导出要求，本件未载各机构反馈明细。',
    roles: '按导出要求，本件未载任职情况。',
  },
  roles: { title: '任职情况', columns: ['企业', '统一社会信用代码', '职务', '数据时间', '来源机构'] },
  masked: '部分信息已遮盖。',
  noTotal: '已反馈的机构没有可合计的存款余额；未反馈的机构不计入。',
  available: '可用',
  simulatedNote: '演练：含模拟数据，不得作为证据使用。',
  numbersNote: '金额以机构反馈为准；“≥”表示尚有机构未反馈或反馈不完整，实际可能更多。“未提供”不等于零。',
};

const english: DocumentWords = {
  labels: {
    page: 'Page {page} of {pages}',
    coverage: 'Coverage',
    notes: 'Notes',
    totals: 'Established so far',
    remark: 'Remark',
    glyphs: 'No font has these characters; they are printed by their code point: ',
  },
  title: 'Asset report',
  version: (version) => `Version ${version}`,
  verdicts: { found: 'Assets found', nothing: 'Answered: nothing', 'no-answer': 'No answer', 'not-asked': 'Not asked' },
  kinds: { 'deposit-account': 'Deposit accounts', 'real-estate': 'Real estate', vehicle: 'Vehicles' },
  inReview: 'To be confirmed',
  reviewMark: 'by name only, to be confirmed, in no total',
  encumbrances: {
    ...{
      seizure: 'Seizure',
      freeze: 'Freeze',
      'waiting-seizure': 'Waiting seizure',
      'waiting-freeze': 'Waiting freeze',
    },
    ...{ 'advance-seizure': 'Advance seizure', 'waiting-advance-seizure': 'Waiting advance seizure' },
    ...{ renewal: 'Renewal', detention: 'Detention', mortgage: 'Mortgage', pledge: 'Pledge', lien: 'Lien' },
    ...{ 'advance-notice': 'Advance notice', objection: 'Objection', 'priority-right': 'Priority right' },
    ...{ 'stop-payment': 'Stop payment', other: 'Other encumbrance' },
  },
  noEncumbrance: 'Reported as none',
  rank: (rank) => `rank ${rank} waiting`,
  until: (day) => `until ${day}`,
  confidence: { strong: 'Identifier matches', medium: 'Partly matches', 'name-only': 'Name only' },
  missing: 'Not provided',
  notStated: 'Not stated',
  simulated: 'EXERCISE',
  draft: 'DRAFT',
  head: {
    ...{ case: 'Case number', court: 'Court', debtor: 'Debtor', ids: 'Identifiers', basis: 'Basis' },
    ...{ officer: 'Officer in charge', stateAt: 'State at' },
  },
  coverage: [
    'Agency',
    'Category',
    'Verdict',
    'Verdict code',
    'Answer',
    'Reason code',
    'Answered at',
    'Due at',
    'Category code',
  ],
  asset: {
    'deposit-account': [
      ...['Account', 'Bank', 'Currency', 'Balance', 'Available', 'Encumbrances', 'Match', 'As of', 'Agency'],
    ],
    'real-estate': ['Location', 'Certificate', 'Unit code', 'Area', 'Encumbrances', 'Match', 'As of', 'Agency'],
    vehicle: ['Plate', 'Make and model', 'VIN', 'Status', 'Encumbrances', 'Match', 'As of', 'Agency'],
  },
  leftOut: {
    assets: 'The list of assets was left out on request; this does not mean that there are none.',
    'coverage-lines': 'The answers of single agencies were left out on request.',
    roles: 'Roles in companies were left out on request.',
  },
  roles: { title: 'Roles in companies', columns: ['Company', 'USCC', 'Role', 'As of', 'Agency'] },
  masked: 'Some values are masked.',
  noTotal: 'No answer holds a balance that can be added up; agencies that did not answer are not in it.',
  available: 'available',
  simulatedNote: 'Exercise: it holds simulated answers and is no evidence.',
  numbersNote:
    'Amounts are as reported. "≥": agencies did not answer, or not wholly, and there may be more. "Not provided" is not zero.',
};

export const documentWords = { 'zh-CN': chinese, en: english } as const;
