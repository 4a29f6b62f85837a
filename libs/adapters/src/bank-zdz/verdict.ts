import { noAnswer, section } from '#adapter-kit';
import type { SaidNoAnswer, Section } from '#contracts';
import { isAccountNumber, namesMoney } from './accounts.ts';
import { refusalCodes } from './dialect.ts';
import { textOf } from './fields.ts';
import type { Texts } from './settings.ts';
import type { Row } from './wire.ts';

/** What the agency said under one request number: its account rows, and the error text of the whole message. */
export interface Feedback {
  readonly rows: readonly Row[];
  readonly errorMessage: string | null;
}

/** What one row says before its details are read. `odd`: no account number where one belongs, or words nobody declared. */
export type Statement =
  | { readonly says: 'account'; readonly number: string; readonly row: Row }
  | { readonly says: 'nothing' | 'failure' | 'refused' | 'odd' | 'unreadable'; readonly row: Row };

export function statementOf(row: Row, texts: Texts): Statement {
  if (row.undecodable.length > 0) return { says: 'unreadable', row };
  const number = textOf(row, 'KHZH') ?? '';
  if (texts.nothing.includes(number)) return { says: 'nothing', row };
  if (texts.failure.includes(number)) return { says: 'failure', row };
  if (texts.refused.includes(number)) return { says: 'refused', row };
  return isAccountNumber(number) ? { says: 'account', number, row } : { says: 'odd', row };
}

/**
 * The declared signal that proves emptiness, or null. Nothing else becomes `nothing` (WIRE-3). To be asked only when no
 * account is open.
 */
export function signalOf({ errorMessage }: Feedback, statements: readonly Statement[]): string | null {
  if (errorMessage !== null) return null;
  const [first] = statements;
  if (statements.length === 1 && first?.says === 'nothing' && isBare(first.row)) return 'khzh-nothing-text';
  const isClosedOnly = statements.length > 0 && statements.every(({ says }) => says === 'account');
  return isClosedOnly ? 'only-closed-accounts' : null;
}

/** Nothing in the row contradicts "no account": no amount, no row below it, nothing that does not belong there. */
const isBare = (row: Row): boolean =>
  !namesMoney(row) && row.strays === 0 && [...row.lists.values()].every((list) => list.rows.length + list.strays === 0);

/** "Nothing found" in a row that names money or holds rows. */
export const contradictsItself = ({ says, row }: Statement): boolean => says === 'nothing' && !isBare(row);

/** No open account, and no proof that there is none: which reason the table of bank-zdz.md gives. */
export function declined({ errorMessage }: Feedback, statements: readonly Statement[]): SaidNoAnswer {
  const rowsThatSay = (says: Statement['says']) =>
    statements.filter((each) => each.says === says).map(({ row }) => row);
  const [failures, refusals] = [rowsThatSay('failure'), rowsThatSay('refused')];
  if (failures.length > 0) return noAnswer('unavailable', { reasonText: remarkOf(failures) });
  if (errorMessage !== null) return noAnswer('unavailable', { reasonText: errorMessage.slice(0, 2_000) });
  if (refusals.length > 0) {
    const reasonText = remarkOf(refusals);
    if (reasonText === null) return noAnswer('refused');
    return noAnswer('returned', { reasonText, reasonCode: refusalCode(reasonText) });
  }
  const isOdd = statements.some(({ says }) => says === 'odd' || says === 'nothing');
  return noAnswer(isOdd || statements.length === 0 ? 'unintelligible' : 'incomplete');
}

/** A refusal (回退) sent as a message of its own: reason, note, and whom to call (bank-zdz.md §8). */
export function toReturned(rows: readonly Row[]): SaidNoAnswer {
  const words = [...new Set(rows.flatMap((row) => [textOf(row, 'XCHTYY'), textOf(row, 'XCHTBZ')]))];
  const reasonText =
    words
      .filter((text) => text !== null)
      .join('；')
      .slice(0, 2_000) || null;
  const first = (tag: string) => rows.map((row) => textOf(row, tag)).find((text) => text !== null) ?? null;
  const contact = { contactName: first('XCHTR'), contactPhone: first('XCHTDH') };
  return noAnswer('returned', { reasonCode: refusalCode(reasonText), reasonText, ...contact });
}

/** Beside real accounts the other rows say only whether the list of accounts is the whole truth. */
export function accountsSection({ errorMessage }: Feedback, statements: readonly Statement[]): Section {
  const says = new Set(statements.map((each) => each.says));
  if (says.has('failure') || errorMessage !== null) return section('accounts', 'no-answer', 'unavailable');
  if (says.has('refused')) {
    const refusals = statements.filter((each) => each.says === 'refused').map(({ row }) => row);
    return section('accounts', 'no-answer', remarkOf(refusals) === null ? 'refused' : 'returned');
  }
  const isWhole = !says.has('odd') && !says.has('unreadable') && !statements.some(contradictsItself);
  return isWhole ? section('accounts', 'found') : section('accounts', 'no-answer', 'incomplete');
}

const remarkOf = (rows: readonly Row[]): string | null =>
  rows.map((row) => textOf(row, 'BEIZ')).find((text) => text !== null) ?? null;

const refusalCode = (text: string | null): string | null =>
  refusalCodes.find(([, says]) => text !== null && says.test(text))?.[0] ?? null;
