import {
  type DebtorKind,
  describeIdentifier,
  importFields,
  type IdentifierType,
  type ImportField,
  type ImportMapping,
  type ImportProblem,
  type NewDebtor,
  normaliseCaseNumber,
  parseCaseNumber,
} from '#contracts';
import type { ImportContent } from '#store';
import { problemOf } from './row-words.ts';

/** One row as it was understood, before anything is looked up. */
export interface CheckedRow {
  readonly row: number;
  readonly caseNumber: string;
  readonly name: string;
  readonly idNumber: string;
  readonly normalised: { readonly type: IdentifierType; readonly number: string } | null;
  readonly debtor: NewDebtor | null; // null: something of it cannot be so
  readonly documentName: string | null;
  readonly documentNumber: string | null;
  readonly problems: readonly ImportProblem[];
}

type Row = ImportContent['rows'][number];
interface Columns {
  readonly headers: readonly string[];
  readonly mapping: ImportMapping;
}

const longestCell = 500;

/** A cell that no header stands over: most often a separator inside a cell has moved all that follows. */
function isShifted(cells: readonly string[], { headers, mapping }: Columns): boolean {
  const columns = headers.findLastIndex((header) => header !== '') + 1;
  const meant = Object.values(mapping);
  return cells.some((cell, at) => at >= columns && cell !== '' && !meant.includes(at));
}

export function checkRow({ row, cells, formulas }: Row, columns: Columns): CheckedRow {
  const { mapping } = columns;
  const cell = (field: ImportField): string => cells[mapping[field] ?? -1] ?? '';
  const caseNumber = normaliseCaseNumber(cell('caseNumber'));
  const identifier = checkIdentifier(cell('idNumber'), {
    named: cell('idType'),
    isConfirmed: yes.test(cell('confirmed')),
  });
  const kind = kindOf(cell('kind'), identifier.type);
  const calculated = (['caseNumber', 'name', 'idNumber'] as const).filter((field) =>
    formulas.includes(mapping[field] ?? -1),
  );
  const long = importFields.filter((field) => cell(field).length > longestCell);
  const problems = [
    ...(isShifted(cells, columns) ? [problemOf(null, 'shifted')] : []),
    ...long.map((field) => problemOf(field, 'long')),
    ...calculated.map((field) => problemOf(field, 'formula')),
    ...caseProblems(caseNumber),
    ...nameProblems(cell('name')),
    ...identifier.problems,
    ...(kind === null ? [problemOf('kind', 'kind')] : []),
  ];
  const read = { row, caseNumber, name: cell('name'), idNumber: cell('idNumber'), normalised: identifier.normalised };
  const documents = { documentName: cell('documentName') || null, documentNumber: cell('documentNumber') || null };
  if (problems.length > 0 || kind === null || identifier.type === null)
    return { ...read, ...documents, debtor: null, problems };
  const ids = [{ type: identifier.type, number: cell('idNumber'), country: null, issuer: null }];
  const rest = { aliases: [], formerNames: [], birthDate: null, registeredArea: null, nationality: null };
  const debtor: NewDebtor = { kind, name: read.name, role: 'debtor-under-execution', ids, ...rest };
  return { ...read, ...documents, debtor, problems };
}

const yes = /^(是|已核对|y|yes|true|1)$/i;

function caseProblems(caseNumber: string): ImportProblem[] {
  if (caseNumber === '') return [problemOf('caseNumber', 'required')];
  return parseCaseNumber(caseNumber).outcome === 'matched' ? [] : [problemOf('caseNumber', 'case-number-form')];
}

function nameProblems(name: string): ImportProblem[] {
  if (name === '') return [problemOf('name', 'required')];
  return /[\uFFFD?？]/.test(name) ? [problemOf('name', 'lost')] : [];
}

interface CheckedIdentifier {
  readonly type: IdentifierType | null;
  readonly normalised: CheckedRow['normalised'];
  readonly problems: readonly ImportProblem[];
}

function checkIdentifier(
  number: string,
  { named, isConfirmed }: { readonly named: string; readonly isConfirmed: boolean },
): CheckedIdentifier {
  const type = named === '' ? likelyType(number) : (typesByName.get(named) ?? null);
  const none = { type, normalised: null };
  if (type === null) return { ...none, problems: [problemOf('idType', 'id-type')] };
  if (number === '') return { ...none, problems: [problemOf('idNumber', 'required')] };
  if (/^\d(\.\d+)?e\+?\d+$/i.test(number) || /^\d{15}000$/.test(number))
    return { ...none, problems: [problemOf('idNumber', 'excel-number')] };
  const described = describeIdentifier({ type, number });
  if (described.outcome === 'rejected') {
    const code = described.problem === 'empty' ? 'required' : `identifier-${described.problem}`;
    return { ...none, problems: [problemOf('idNumber', code)] };
  }
  const { identifier, problem } = described;
  const normalised = { type, number: identifier.normalised };
  if (problem === null || isConfirmed) return { type, normalised, problems: [] };
  return {
    type,
    normalised,
    problems: [problemOf('idNumber', problem === 'date' ? 'date-impossible' : 'checksum-failed')],
  };
}

const typesByName: ReadonlyMap<string, IdentifierType> = new Map([
  ['公民身份号码', 'citizen-id'],
  ['居民身份证', 'citizen-id'],
  ['身份证', 'citizen-id'],
  ['统一社会信用代码', 'uscc'],
  ['组织机构代码', 'org-code'],
  ['营业执照', 'business-licence'],
  ['护照', 'passport'],
  ['港澳台证件', 'hk-macao-taiwan'],
  ['军官证', 'military'],
  ['户口簿', 'household-book'],
  ['其他', 'other'],
]);

/** Without a type: a number of digits is a person's, one with letters before its last place an organisation's. */
function likelyType(number: string): IdentifierType {
  const folded = number.normalize('NFKC').replaceAll(/[\s-]/g, '');
  if (/[A-Za-z]/.test(folded.slice(0, -1)) && !/^\d(\.\d+)?e\+/i.test(folded))
    return folded.length <= 9 ? 'org-code' : 'uscc';
  return 'citizen-id';
}

const kindsByName: ReadonlyMap<string, DebtorKind> = new Map([
  ['自然人', 'natural'],
  ['个人', 'natural'],
  ['法人', 'legal'],
  ['单位', 'legal'],
  ['企业', 'legal'],
  ['其他', 'other'],
  ['非法人组织', 'other'],
]);

function kindOf(named: string, type: IdentifierType | null): DebtorKind | null {
  if (named !== '') return kindsByName.get(named) ?? null;
  return type === 'uscc' || type === 'org-code' || type === 'business-licence' ? 'legal' : 'natural';
}
