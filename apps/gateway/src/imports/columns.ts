import { type ImportField, importFields, type ImportMapping } from '#contracts';

/** Headers of the template, in its order. The last column of an error file is not among them: it is ignored. */
export const templateHeaders: Readonly<Record<ImportField, string>> = {
  caseNumber: '案号',
  name: '被执行人姓名或名称',
  idNumber: '证件号码',
  idType: '证件类型',
  kind: '主体类型',
  documentName: '文书名称',
  documentNumber: '文书编号',
  confirmed: '号码已核对',
};

/** The column that an error file adds; it is never read again. */
export const problemHeader = '问题与改法（导入时忽略）';

export const neededFields: readonly ImportField[] = ['caseNumber', 'name', 'idNumber'];

/** Other headers under which courts keep the same thing; lower case, without spaces and brackets. */
const spellings: Readonly<Record<ImportField, readonly string[]>> = {
  caseNumber: ['案号', '执行案号', '案件号', '案件编号', 'casenumber', 'caseno'],
  name: ['被执行人姓名或名称', '被执行人', '被执行人姓名', '被执行人名称', '姓名', '名称', '当事人', 'name', 'debtor'],
  idNumber: ['证件号码', '证件号', '身份证号', '身份证号码', '公民身份号码', '统一社会信用代码', 'idnumber', 'id'],
  idType: ['证件类型', '证件种类', 'idtype'],
  kind: ['主体类型', '被执行人类型', '当事人类型', '类型', 'kind'],
  documentName: ['文书名称', '通知书名称', '法律文书', 'documentname'],
  documentNumber: ['文书编号', '文书号', '通知书编号', 'documentnumber'],
  confirmed: ['号码已核对', '已核对', 'confirmed'],
};

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s*_()（）：:-]/g, '');

/** Which column means what, by its header; what fits nothing is left out. */
export function guessMapping(headers: readonly string[]): ImportMapping {
  const names = headers.map(plain);
  const found = importFields.flatMap((field): [ImportField, number][] => {
    const at = names.findIndex((name) => spellings[field].includes(name));
    return at < 0 ? [] : [[field, at]];
  });
  return Object.fromEntries(found);
}

export const missingFields = (mapping: ImportMapping): ImportField[] =>
  neededFields.filter((field) => mapping[field] === undefined);

/** A file made of the first template has no column for confirmed numbers. */
export const isOutdated = (headers: readonly string[]): boolean =>
  headers.includes(templateHeaders.name) && !headers.includes(templateHeaders.confirmed);
