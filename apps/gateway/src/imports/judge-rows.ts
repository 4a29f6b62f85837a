import type { ImportMapping, ImportProblem, ImportRow, ImportRowState } from '#contracts';
import { maskIdentifier, maskThirdPartyName, rareCharacters, sameName } from '#contracts';
import type { Imports, ImportSurroundings, StoredImport } from '#store';
import { type CheckedRow, checkRow } from './check-row.ts';
import { isBlocking, problemOf } from './row-words.ts';

/** A row with what is known around it: what it asks about, and whether it can be sent now. */
export interface JudgedRow {
  readonly checked: CheckedRow;
  readonly cells: readonly string[];
  readonly state: ImportRowState;
  readonly problems: readonly ImportProblem[];
  readonly caseId: string | null; // null: none, or none of the caller's
  readonly debtorId: string | null; // null: nobody of the case bears this number yet
  readonly inquiryId: string | null;
}

interface Known {
  readonly surroundings: ImportSurroundings;
  readonly indexesOf: Imports['indexesOf'];
}

/** The rows as they were checked by themselves. */
export const checkRows = (
  { content }: Pick<StoredImport, 'content'>,
  mapping: ImportMapping,
): readonly { readonly checked: CheckedRow; readonly cells: readonly string[] }[] =>
  content.rows.map((row) => ({ checked: checkRow(row, { headers: content.headers, mapping }), cells: row.cells }));

/** Every row with its verdict (可发送 · 可修正 · 不可发送 · 已发送), in the order of the file. */
export function judgeRows(
  { outcomes }: Pick<StoredImport, 'outcomes'>,
  rows: ReturnType<typeof checkRows>,
  known: Known,
): readonly JudgedRow[] {
  const settled = new Map(outcomes.map((outcome) => [outcome.row, outcome]));
  const seen = new Set<string>();
  return rows.map(({ checked, cells }) => {
    const around = aroundOf(checked, known);
    const outcome = settled.get(checked.row);
    const mark = around.indexes.length === 0 ? null : `${checked.caseNumber} ${around.indexes.join(' ')}`;
    const isRepeated = mark !== null && seen.has(mark);
    if (mark !== null) seen.add(mark);
    const rest = { checked, cells, caseId: around.caseId, debtorId: around.debtorId };
    if (outcome !== undefined && outcome.inquiryId !== null)
      return { ...rest, state: 'sent', problems: [], inquiryId: outcome.inquiryId };
    const problems =
      outcome === undefined
        ? [...checked.problems, ...around.problems, ...(isRepeated ? [problemOf(null, 'twice-in-file')] : [])]
        : outcome.codes.map((code) => problemOf(null, code));
    return { ...rest, state: stateOf(problems), problems, inquiryId: null };
  });
}

function stateOf(problems: readonly ImportProblem[]): ImportRowState {
  if (problems.length === 0) return 'ready';
  return problems.some(({ code }) => isBlocking(code)) ? 'blocked' : 'fixable';
}

interface Around {
  readonly caseId: string | null;
  readonly debtorId: string | null;
  readonly indexes: readonly string[];
  readonly problems: readonly ImportProblem[];
}

function aroundOf({ caseNumber, name, normalised, problems }: CheckedRow, { surroundings, indexesOf }: Known): Around {
  const indexes = normalised === null ? [] : indexesOf(normalised.type, normalised.number);
  const none = { caseId: null, debtorId: null, indexes };
  if (problems.some(({ field }) => field === 'caseNumber')) return { ...none, problems: [] };
  const [found, ...others] = surroundings.cases.filter((each) => each.caseNumber === caseNumber);
  if (found === undefined) return { ...none, problems: [problemOf('caseNumber', 'case-not-yours')] };
  if (others.length > 0) return { ...none, problems: [problemOf('caseNumber', 'case-twice')] };
  const { caseId } = found;
  const isMeant = (each: { readonly caseId: string; readonly indexes: readonly string[] }) =>
    each.caseId === caseId && each.indexes.some((index) => indexes.includes(index));
  const bearers = surroundings.debtors.filter(isMeant);
  const named = bearers.find(({ names }) => names.some((each) => sameName(each, name)));
  const hasOtherName = bearers.length > 0 && named === undefined && name !== '';
  return {
    ...{ caseId, indexes },
    debtorId: named?.debtorId ?? null,
    problems: [
      ...(hasOtherName ? [problemOf('name', 'other-name')] : []),
      ...(surroundings.running.some(isMeant) ? [problemOf(null, 'running')] : []),
    ],
  };
}

/** As an officer sees it in the list: the file has the rest. */
export const viewRow = ({ checked, state, problems, inquiryId }: JudgedRow): ImportRow => ({
  ...{ row: checked.row, state, inquiryId, problems: [...problems] },
  caseNumber: checked.caseNumber,
  nameMasked: checked.debtor?.kind === 'legal' ? checked.name : maskThirdPartyName(checked.name),
  rareCharacters: rareCharacters(checked.name),
  idMasked: maskIdentifier(checked.idNumber),
});
