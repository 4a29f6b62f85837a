import { element, type XmlElement } from '#adapter-kit';
import type { Agency, FeedbackOutcome, Mailbox, MailboxTask, Said } from '#contracts';
import type { RecordName } from './dialect.ts';
import type { DoorSettings } from './settings.ts';
import { toSaid, toTransactions, wantsTransactions } from './translate.ts';
import { toReturned } from './verdict.ts';
import { attempt, openMessage, type Message, type Row } from './wire.ts';

/** One message an agency sent in, after its login was accepted. */
export interface Delivery {
  readonly agency: Agency;
  readonly content: string | null;
  readonly settings: DoorSettings;
  readonly mailbox: Mailbox;
  readonly signal: AbortSignal;
}

/** What travels in one of the three operations, and how one request number's rows are read. */
export interface Phase {
  readonly root: string; // lower case
  readonly record: RecordName;
  readonly receiptList: (settings: DoorSettings) => string;
  /** A string: why nothing is taken, for the receipt. `isOurs`: the sender did no wrong, nothing is quarantined. */
  readonly read: (
    message: Message,
    rows: readonly Row[],
    asked: Asked,
  ) => Said | { readonly refused: string; readonly isOurs: boolean };
}

interface Asked {
  readonly task: MailboxTask;
  readonly settings: DoorSettings;
}

/** One line of a receipt; `fault` names what is quarantined, as a path and never as a value. */
interface Line {
  readonly bdhm: string;
  readonly result: 'success' | 'fail';
  readonly msg: string;
  readonly fault?: string;
}

/** What receipts say of a feedback that was not taken. */
export const unreadable = '反馈内容无法识别';
export const unknown = '请求单号不存在';

export const queryFeedback: Phase = {
  root: 'zhxxlist',
  record: 'zhxx',
  receiptList: () => 'cxjglist',
  read: ({ errorMessage }, rows, asked) => toSaid({ rows, errorMessage }, asked),
};

export const transactionFeedback: Phase = {
  root: 'zhxxlist',
  record: 'zhxx',
  receiptList: () => 'cxjglist',
  read: ({ errorMessage }, rows, asked) => {
    if (!wantsTransactions(asked)) return { refused: '未要求查询资金往来', isOurs: true };
    // Without a list nothing may be stated: a `no-answer` would stand in the place of the answer given before.
    return toTransactions({ rows, errorMessage }, asked) ?? { refused: unreadable, isOurs: false };
  },
};

export const refusal: Phase = {
  root: 'htxxlist',
  record: 'htxx',
  receiptList: ({ door }) => door.refusalReceiptList,
  read: (_, rows) => toReturned(rows),
};

/** Takes a message apart by request number and judges each alone: a bad one never disturbs the others. */
export async function takeDelivery(delivery: Delivery, phase: Phase): Promise<XmlElement> {
  const { agency, content, settings, mailbox, signal } = delivery;
  const read = attempt(() => openMessage(content ?? '', phase.record, settings.door.maxMessageBytes));
  const message = 'value' in read && read.value.root === phase.root ? read.value : null;
  const { byNumber, nameless } = grouped(message?.rows ?? []);
  if (message === null || byNumber.size === 0) {
    const fault = 'failure' in read ? read.failure.message : `/${phase.root}: no ${phase.record} with a number`;
    await mailbox.quarantine(agency.agencyId, [fault], signal);
    return receipt([], { list: phase.receiptList(settings), errorMsg: '报文无法识别' });
  }
  const lines: Line[] = [];
  for (const [bdhm, rows] of byNumber) {
    signal.throwIfAborted();
    lines.push(await takeLine({ ...delivery, message, phase }, bdhm, rows));
  }
  lines.push(
    ...nameless.map(({ path }) => ({ bdhm: '', result: 'fail', msg: unreadable, fault: `${path}/@BDHM` }) as const),
  );
  const strays = message.strays > 0 ? [`/${message.root}: ${message.strays} unknown elements`] : [];
  const faults = [...lines.flatMap(({ fault }) => fault ?? []), ...strays];
  if (faults.length > 0) await mailbox.quarantine(agency.agencyId, faults.slice(0, 100), signal);
  return receipt(lines, { list: phase.receiptList(settings), errorMsg: '' });
}

/** Rows by the request number they carry; those without one that can be a number. */
export function grouped(rows: readonly Row[]): {
  byNumber: ReadonlyMap<string, readonly Row[]>;
  nameless: readonly Row[];
} {
  const byNumber = new Map<string, Row[]>();
  const nameless: Row[] = [];
  for (const row of rows) {
    const number = row.values.get('BDHM') ?? '';
    if (!/^[\x21-\x7e]{1,64}$/.test(number)) nameless.push(row);
    else byNumber.set(number, [...(byNumber.get(number) ?? []), row]);
  }
  return { byNumber, nameless };
}

interface Received extends Delivery {
  readonly message: Message;
  readonly phase: Phase;
}

async function takeLine(received: Received, bdhm: string, rows: readonly Row[]): Promise<Line> {
  const { agency, settings, mailbox, signal, message, phase } = received;
  const at = `${rows[0]?.path ?? ''}/@BDHM`;
  const stranger: Line = { bdhm, result: 'fail', msg: unknown, fault: `${at}: not a number of this agency` };
  const task = await mailbox.find(agency.agencyId, bdhm, signal);
  if (task === null) return stranger;
  const said = phase.read(message, rows, { task, settings });
  if ('refused' in said) return { bdhm, result: 'fail', msg: said.refused, ...(said.isOurs ? {} : { fault: at }) };
  const outcome = await mailbox.feedBack(agency.agencyId, { requestNumber: bdhm, said }, signal);
  if (outcome === 'unknown') return stranger;
  if (said.verdict === 'no-answer' && said.reason === 'unintelligible')
    return { bdhm, result: 'fail', msg: unreadable };
  return { bdhm, ...replyTo(outcome, settings) };
}

/** The same again fails with words that the bank counts as success; another content is a later statement (WIRE-13). */
function replyTo(outcome: Exclude<FeedbackOutcome, 'unknown'>, { texts }: DoorSettings): Pick<Line, 'result' | 'msg'> {
  return outcome === 'repeated' ? { result: 'fail', msg: texts.alreadyAnswered } : { result: 'success', msg: '' };
}

/** Receipt (回执): attributes in lower case on this transport (bank-zdz.md §3). */
export function receipt(lines: readonly Line[], { list, errorMsg }: { list: string; errorMsg: string }): XmlElement {
  const children = lines.map(({ bdhm, result, msg }) => element('jg', { attributes: { bdhm, result, msg } }));
  return element('result', { attributes: { errorMsg }, children: [element(list, { children })] });
}
