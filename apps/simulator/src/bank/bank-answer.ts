import type { Agency } from '#contracts';
import type { Fault } from '../faults/fault.ts';
import { drawsFor } from '../random.ts';
import type { Account } from '../world/accounts.ts';
import { holdingsOf } from '../world/holdings.ts';
import { registeredName } from '../world/person.ts';
import type { Scenario } from '../world/scenario.ts';
import {
  accountRow,
  feedbackDocument,
  magicRow,
  noSlips,
  type BankTask,
  type FeedbackGround,
  type Habits,
  type Slips,
} from './feedback.ts';
import { transactionList, wantsTransactions } from './transactions.ts';
import { wireDocument, wireElement } from './wire-w.ts';

/** One message to the door, so long after the bank has thought. */
export interface BankMessage {
  readonly operation: 'shfeedXzcxInfo' | 'shfeedXzcxwlxxInfo' | 'htInfo';
  readonly content: string;
  readonly afterMs: number;
}

/**
 * What a bank does with one request. Plain rows may travel with those of other requests in one message; whatever is
 * out of the ordinary travels alone.
 */
export type BankAnswer =
  | { readonly kind: 'rows'; readonly rows: readonly string[]; readonly afterMs: number }
  | { readonly kind: 'messages'; readonly messages: readonly BankMessage[] };

export interface BankAnswerGround {
  readonly seed: number;
  readonly agency: Agency;
  readonly task: BankTask;
  readonly scenario: Scenario;
  /** A fault of the bytes themselves, null for none. */
  readonly spoil: Fault | null;
  /** Why the bank's clerk sends the request back; null when writ and certificates are in order. */
  readonly objection: string | null;
  /** A number the door gave to another bank, null when none is known. */
  readonly foreignNumber: string | null;
  readonly at: string;
}

const nothingText = { text: '查无开户信息', remark: '' };
const failureText = { text: '查询异常', remark: '' };
const refusal = (remark: string) => ({ text: '业务审核未通过', remark });

const lateMs = 30_000;
const slowMs = 5_000;
const changeMs = 3_000;

/** How this bank writes dates, currencies and amounts, always the same. */
export function habitsOf(agency: Agency): Habits {
  const draws = drawsFor('habits', agency.agencyId);
  return {
    dateStyle: draws.pick(['slashes', 'slashes', 'hyphens', 'compact']),
    currencyStyle: draws.pick(['numeric', 'numeric', 'word', 'letters']),
    decimals: draws.chance(0.2) ? 4 : 2,
  };
}

/** What the bank answers to one request. Name and number must both be those on record (bank-zdz.md §2). */
export function bankAnswer(ground: BankAnswerGround): BankAnswer {
  if (ground.objection !== null) return rows([magic(ground, refusal(ground.objection))]);
  if (ground.spoil !== null) return spoiled(ground, ground.spoil);
  return byScenario(ground);
}

const rows = (list: readonly string[], afterMs = 0): BankAnswer => ({ kind: 'rows', rows: list, afterMs });
const alone = (...messages: readonly BankMessage[]): BankAnswer => ({ kind: 'messages', messages });
const feed = (content: string, afterMs = 0): BankMessage => ({ operation: 'shfeedXzcxInfo', content, afterMs });
const magic = ({ task, at }: BankAnswerGround, said: { readonly text: string; readonly remark: string }): string =>
  magicRow(task.requestNumber, said, at);

function accountsFor({ seed, agency, task }: BankAnswerGround): readonly Account[] {
  if (registeredName(task.idNumber) !== task.name) return [];
  return holdingsOf({ seed, debtor: task, agency }).accounts;
}

/** The truthful rows, or the explicit nothing, with these slips of the pen. */
function truthfulRows(
  ground: BankAnswerGround,
  slips: Partial<Slips> = {},
  withTransactions = true,
): readonly string[] {
  const accounts = accountsFor(ground);
  if (accounts.length === 0) return [magic(ground, nothingText)];
  const { task, agency, at } = ground;
  const written: FeedbackGround = { habits: habitsOf(agency), slips: { ...noSlips, ...slips }, at };
  const isWanted = withTransactions && wantsTransactions(task);
  return accounts.map((account, place) => {
    const extra = isWanted ? [transactionList(task, account)] : [];
    return accountRow({ requestNumber: task.requestNumber, account, place, extra }, written);
  });
}

// oxlint-disable-next-line max-lines-per-function -- one line per scenario; splitting it would hide the list
function byScenario(ground: BankAnswerGround): BankAnswer {
  const { task } = ground;
  const truth = (slips: Partial<Slips> = {}): string => feedbackDocument(truthfulRows(ground, slips), slips.charset);
  switch (ground.scenario) {
    case 'never':
      return alone();
    case 'late':
      return rows(truthfulRows(ground), lateMs);
    case 'slow':
      return rows(truthfulRows(ground), slowMs);
    case 'down':
    case 'agency-failure':
      return rows([magic(ground, failureText)]);
    case 'failure-told-as-nothing':
      return rows([magic(ground, nothingText)]);
    case 'refused':
      return rows([magic(ground, refusal(''))]);
    case 'returned':
      return rows([magic(ground, refusal('缺少法律文书'))]);
    case 'returned-by-message':
      return alone({ operation: 'htInfo', content: returnDocument(task), afterMs: 0 });
    case 'nothing-lookalike':
      return alone(feed(feedbackDocument([lookalike(ground)])));
    case 'empty-list':
      return alone(feed(wireDocument(wireElement('zhxxList', { errorMsg: '系统异常' }))));
    case 'half-answer':
      return alone(
        feed(feedbackDocument([...truthfulRows(ground, { withDetails: false }), rowWithoutAccount(ground)])),
      );
    case 'bad-date':
      return alone(feed(truth({ badDate: true })));
    case 'bad-amount':
      return alone(feed(truth({ badAmount: true })));
    case 'renamed-field':
      return alone(feed(truth({ accountTag: 'ZHHM' })));
    case 'wrong-case-tag':
      return alone(feed(truth({ upperCaseLists: true })));
    case 'double-open-list':
      return alone(feed(truth({ doubleOpenList: true })));
    case 'wrong-encoding':
      return alone(feed(truth({ charset: 'utf8' })));
    case 'malformed':
      return alone(feed(wireDocument('<zhxxList><zhxx BDHM=></zhxxLst>')));
    case 'truncated':
      return alone(feed(cut(truth())));
    case 'wrong-request-number':
      return alone(feed(underNumber(ground, `Z${task.requestNumber.slice(1)}`)));
    case 'foreign-request-number':
      return alone(feed(underNumber(ground, ground.foreignNumber ?? `Z${task.requestNumber.slice(1)}`)));
    case 'repeat-answer':
      return alone(feed(truth()), feed(truth(), 500));
    case 'changed-answer':
      return alone(feed(feedbackDocument([magic(ground, nothingText)])), feed(truth(), changeMs));
    case 'late-transactions':
      return lateTransactions(ground);
    default:
      return rows(truthfulRows(ground));
  }
}

function spoiled(ground: BankAnswerGround, spoil: Fault): BankAnswer {
  const truth = (): string => feedbackDocument(truthfulRows(ground));
  switch (spoil) {
    case 'hang':
      return alone();
    case 'garbage':
    case 'html-login':
      return alone(feed('<html>统一登录</html>'));
    case 'empty':
      return alone(feed(wireDocument('<zhxxList/>')));
    case 'truncated':
      return alone(feed(cut(truth())));
    case 'wrong-encoding':
      return alone(feed(feedbackDocument(truthfulRows(ground, { charset: 'utf8' }), 'utf8')));
    case 'huge-body':
      return alone(feed('QUFB'.repeat(12_582_912)));
    case 'repeat-storm':
      return alone(...Array.from({ length: 10 }, () => feed(truth())));
    default:
      return rows(truthfulRows(ground));
  }
}

const cut = (document: string): string => document.slice(0, Math.floor((document.length * 0.6) / 4) * 4);

const underNumber = (ground: BankAnswerGround, requestNumber: string): string =>
  feedbackDocument(truthfulRows({ ...ground, task: { ...ground.task, requestNumber } }));

/** Looks like nothing and is not: no account number at all, or the magic text beside a balance. */
function lookalike({ task, at, agency }: BankAnswerGround): string {
  const withBalance = drawsFor('lookalike', agency.agencyId).chance(0.5);
  const fields = { BDHM: task.requestNumber, CCXH: '1', FKSJ: at, BEIZ: '' };
  return wireElement('zhxx', withBalance ? { ...fields, KHZH: nothingText.text, YE: '1.00' } : { ...fields, KHZH: '' });
}

const rowWithoutAccount = ({ task, at }: BankAnswerGround): string =>
  wireElement('zhxx', { BDHM: task.requestNumber, CCXH: '99', BZ: '156', YE: '10.00', FKSJ: at });

const returnDocument = ({ requestNumber }: BankTask): string => {
  const fields = {
    BDHM: requestNumber,
    XCHTYY: '公务证号码与证件不符',
    XCHTBZ: '请更正后重新发送',
    XCHTR: '经办人乙',
    XCHTDH: '000-00000001',
  };
  return wireDocument(`<htxxList>${wireElement('htxx', fields)}</htxxList>`);
};

/** The accounts first, the transactions in a message of their own (shfeedXzcxwlxxInfo) later. */
function lateTransactions(ground: BankAnswerGround): BankAnswer {
  const first = feed(feedbackDocument(truthfulRows(ground, {}, false)));
  const accounts = accountsFor(ground);
  if (accounts.length === 0 || !wantsTransactions(ground.task)) return alone(first);
  const later = accounts.map((account, place) =>
    wireElement(
      'zhxx',
      { BDHM: ground.task.requestNumber, CCXH: String(place + 1), KHZH: account.number },
      { children: [transactionList(ground.task, account)] },
    ),
  );
  return alone(first, {
    operation: 'shfeedXzcxwlxxInfo',
    content: wireDocument(`<zhxxList>${later.join('')}</zhxxList>`),
    afterMs: changeMs,
  });
}
