import { found, nothing, readWhen, section } from '#adapter-kit';
import type { Dropped, MailboxTask, Said, SaidFound, Section } from '#contracts';
import { toAccount, type Lists, type ReadAccount, type Reading } from './accounts.ts';
import type { Settings } from './settings.ts';
import {
  accountsSection,
  contradictsItself,
  declined,
  signalOf,
  statementOf,
  type Feedback,
  type Statement,
} from './verdict.ts';
import { contactValues, type Row } from './wire.ts';

const details = ['encumbrances', 'co-rights', 'holdings', 'sub-accounts'] as const satisfies readonly (keyof Lists)[];

/** Whose answer is read, and how the channel is set. */
interface Asked {
  readonly task: MailboxTask;
  readonly settings: Settings;
}

/** What one bank said to one asking (bank-zdz.md, Verdicts). State first, then whether it is whole, then if it is empty. */
export function toSaid(feedback: Feedback, asked: Asked): Said {
  const isLater = asked.settings.transactions === 'later';
  const transactions = wantsTransactions(asked) ? (isLater ? 'keep-filled' : 'keep') : 'drop';
  const reading: Reading = { ...asked, transactions };
  const { statements, accounts } = read(feedback, reading);
  const open = accounts.filter(({ isClosed }) => !isClosed);
  const dropped = droppedFrom({ statements, accounts, reading });
  const dated = datedBy(feedback.rows);
  if (open.length > 0) {
    const sections = [accountsSection(feedback, statements), ...details.map((name) => detailSection(name, open))];
    const assets = open.map(({ asset }) => asset);
    return found({ assets, sections: [...sections, transactionSection(open, reading)], dropped, ...dated });
  }
  const signal = signalOf(feedback, statements);
  if (signal === null) return declined(feedback, statements);
  const empty = (['accounts', ...details] as const).map((name) => section(name, 'nothing'));
  const last = section('transactions', transactions === 'drop' ? 'not-asked' : 'nothing');
  return nothing({ signal, sections: [...empty, last], dropped, ...dated });
}

export const wantsTransactions = ({ settings, task }: Asked): boolean =>
  settings.transactions !== 'off' && task.inquiry.transactionPeriod !== null;

/**
 * Transactions that follow in a message of their own (WIRE-19): a later part of the same answer. Null when no account
 * with a list of transactions can be read; that says nothing about the answer given before.
 */
export function toTransactions(feedback: Feedback, asked: Asked): SaidFound | null {
  const reading: Reading = { ...asked, transactions: 'keep' };
  const { statements, accounts } = read(feedback, reading);
  const told = accounts.filter(({ parts }) => parts.transactions !== undefined && parts.transactions.items !== null);
  if (told.length === 0) return null;
  const lost = accounts.length - told.length;
  const dropped = droppedFrom({ statements, accounts, reading });
  const isWhole = lost === 0 && accountsSection(feedback, statements).verdict === 'found';
  return found({
    assets: told.map(({ asset }) => asset),
    sections: [isWhole ? detailSection('transactions', told) : section('transactions', 'no-answer', 'incomplete')],
    dropped: { ...dropped, closed: 0, unreadable: dropped.unreadable + lost }, // closed accounts keep their transactions
    ...datedBy(told.map(({ row }) => row)),
    part: 'transactions',
  });
}

function read({ rows }: Feedback, reading: Reading) {
  const statements = rows.map((row) => statementOf(row, reading.settings.texts));
  const accounts = statements.flatMap((each) =>
    each.says === 'account' ? [toAccount(each.row, each.number, reading)] : [],
  );
  return { statements, accounts };
}

/** Over all accounts: one list that was not delivered, or not wholly read, and the section has no full answer. */
function detailSection(name: keyof Lists, accounts: readonly ReadAccount[]): Section {
  const lists = accounts.map(({ parts }) => parts[name]);
  if (lists.some((list) => list === undefined || !list.isWhole)) return section(name, 'no-answer', 'incomplete');
  return section(name, lists.some((list) => (list?.items?.length ?? 0) > 0) ? 'found' : 'nothing');
}

/** Not wanted; in the feedback; or not there yet, because they may follow in a message of their own. */
function transactionSection(accounts: readonly ReadAccount[], { transactions }: Reading): Section {
  if (transactions === 'drop') return section('transactions', 'not-asked');
  const lists = accounts.map(({ parts }) => parts.transactions);
  const isAwaited = lists.some((list) => !list?.isWhole) && lists.every((list) => (list?.unreadable ?? 0) === 0);
  return isAwaited ? section('transactions', 'no-answer', 'pending') : detailSection('transactions', accounts);
}

interface Seen {
  readonly statements: readonly Statement[];
  readonly accounts: readonly ReadAccount[];
  readonly reading: Reading;
}

function droppedFrom({ statements, accounts, reading }: Seen): Dropped {
  const magic = statements.filter(({ says }) => says === 'nothing' || says === 'failure' || says === 'refused');
  const lost = statements.filter(
    (each) => each.says === 'odd' || each.says === 'unreadable' || contradictsItself(each),
  );
  const isDropped = reading.transactions === 'drop';
  const unasked = isDropped ? statements.flatMap(({ row }) => row.lists.get('wlxx')?.rows ?? []) : [];
  return {
    sentinels: magic.length,
    zeroOnly: 0,
    closed: accounts.filter(({ isClosed }) => isClosed).length,
    unreadable: lost.length + sum(accounts.map(({ unreadable }) => unreadable)),
    minimised: sum(statements.map(({ row }) => contactValues(row))) + sum(unasked.map(otherValues)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Filled values of a record besides its contact data, which is counted already. */
const otherValues = (row: Row): number =>
  [...row.values.values()].filter((value) => value !== '').length - contactValues(row);

/** The bank stamps every row with the time of its answer (FKSJ); over several rows the oldest is true for all. */
function datedBy(rows: readonly Row[]): { asOf: string | null; asOfKind: 'reply-time' | null } {
  const dates = rows.flatMap((row) => readWhen(row.values.get('FKSJ'), 'asOf', '+08:00').value ?? []);
  const asOf = dates.toSorted()[0] ?? null;
  return { asOf, asOfKind: asOf === null ? null : 'reply-time' };
}
