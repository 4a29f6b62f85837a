import type { ImportField, ImportProblem } from '#contracts';

type Words = readonly [zh: string, en: string, fixZh: string, fixEn: string];

/** What is said about a row, and what is done about it. `blocked`: no change of the row itself helps. */
const table = {
  required: ['没有填写', 'It is empty', '请填写', 'Fill it in'],
  'case-number-form': [
    '案号格式不符',
    'It is not a case number',
    '按（年份）法院代字执字序号填写，如（2026）京0105执1234号',
    'Write it like （2026）京0105执1234号',
  ],
  'case-not-yours': [
    '不是您在本院可办理的案件',
    'It is no case that you may act on',
    '核对案号；他院或未分配的案件请由承办人办理',
    'Check the number; other cases are for those who work on them',
  ],
  'case-twice': [
    '这一案号在本院有多个案件',
    'Several cases have this number',
    '请在案件页单独查询',
    'Ask from the page of the case',
  ],
  'excel-number': [
    '被电子表格存成数字，末几位已丢失',
    'A spreadsheet kept it as a number and lost its last digits',
    '把该列设为文本格式，重新输入原件号码',
    'Format the column as text and type the number again',
  ],
  formula: [
    '是公式的计算结果，不是录入的值',
    'It was calculated by a formula',
    '复制后选择性粘贴为数值',
    'Paste it as a value',
  ],
  long: [
    '超过 500 个字符',
    'It has more than 500 characters',
    '请缩短；一格只填一项内容',
    'Shorten it; one cell holds one thing',
  ],
  shifted: [
    '这一行的格数多于表头，各列可能已错位',
    'The row has more cells than there are headers: its columns may have moved',
    '核对这一行；格内有分隔符时请加引号，或改用 xlsx',
    'Look at the row: quote a cell that holds the separator, or use xlsx',
  ],
  lost: [
    '有字符在此前转换编码时已丢失（� 或 ?）',
    'A character was lost before, when the file was converted',
    '对照原件重新录入该字',
    'Type the character again from the original',
  ],
  'identifier-length': [
    '号码位数不符',
    'It has a length that no such number has',
    '请对照原件核对位数',
    'Count its characters against the original',
  ],
  'identifier-characters': [
    '号码含有不允许的字符',
    'It holds characters that no such number has',
    '请对照原件录入',
    'Type it from the original',
  ],
  'identifier-forbidden-letter': [
    '号码含有该类证件不用的字母',
    'It holds a letter that is never used in it',
    '字母 O、I 多为数字 0、1，请核对原件',
    'O and I are mostly the digits 0 and 1',
  ],
  'checksum-failed': [
    '校验位不符',
    'Its check digit does not agree',
    '请核对原件；原件确实如此时在“号码已核对”列填“是”',
    'Check the original; if it is so there, write 是 under 号码已核对',
  ],
  'date-impossible': [
    '号码中的出生日期不存在',
    'The birth date in it does not exist',
    '请核对原件；原件确实如此时在“号码已核对”列填“是”',
    'Check the original; if it is so there, write 是 under 号码已核对',
  ],
  'id-type': [
    '没有这一证件类型',
    'There is no such type of document',
    '填公民身份号码、统一社会信用代码、组织机构代码、护照、港澳台证件、军官证或其他',
    'Use one of the types in the template',
  ],
  kind: ['没有这一主体类型', 'There is no such kind of party', '填自然人、法人或其他', 'Write 自然人, 法人 or 其他'],
  'twice-in-file': [
    '与前面的行是同一案件的同一人',
    'An earlier row is about the same person in the same case',
    '删除重复的行',
    'Remove this row',
  ],
  'other-name': [
    '本案中登记这一号码的是另一姓名',
    'In this case the number belongs to somebody of another name',
    '对照证件核对姓名和号码；如为曾用名，请改填案件中登记的姓名',
    'Check name and number against the document; for a former name, write the name that the case has',
  ],
  running: [
    '对此人的查询正在进行',
    'An inquiry about this person is under way',
    '等它完成，或在该查询中补查',
    'Wait for it, or ask again what is missing in it',
  ],
  refused: [
    '查询依据审查未通过',
    'The guard of purpose refused it',
    '请在“新建查询”单独办理，页面会列出缺少的内容',
    'Ask about it alone: that page names what is missing',
  ],
  'approval-required': [
    '需要审批',
    'A second person has to approve it',
    '请在“新建查询”单独申请审批',
    'Ask for the approval in a new inquiry',
  ],
  repeat: [
    '短时间内已查询过',
    'The same was asked a short time ago',
    '请在原查询中补查，或在“新建查询”说明理由',
    'Ask again in that inquiry, or state a reason in a new one',
  ],
  'nothing-to-ask': ['范围内没有可查询的机构', 'Nobody in the scope can be asked', '扩大查询范围', 'Widen the scope'],
} as const satisfies Record<string, Words>;
export type RowCode = keyof typeof table;

/** No change of the row itself helps. */
const blocking: ReadonlySet<string> = new Set<RowCode>([
  'case-not-yours',
  'case-twice',
  'running',
  'refused',
  'approval-required',
  'repeat',
  'nothing-to-ask',
]);

export const isBlocking = (code: string): boolean => blocking.has(code);

/** A code that this table has no words for is told as a refusal. */
export const knownCode = (code: string): RowCode => (isKnown(code) ? code : 'refused');

const isKnown = (code: string): code is RowCode => Object.hasOwn(table, code);

export function problemOf(field: ImportField | null, code: string): ImportProblem {
  const [zh, en, fixZh, fixEn] = table[knownCode(code)];
  return { field, code, words: { zh, en }, fix: { zh: fixZh, en: fixEn } };
}
