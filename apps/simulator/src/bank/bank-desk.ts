import type { CallLedger } from '../call-ledger.ts';
import { scenarioOfFault, type Fault } from '../faults/fault.ts';
import type { FaultPlan, InjectedFault } from '../faults/fault-plan.ts';
import { latencyOf } from '../latency.ts';
import { scenarioOf } from '../world/magic-debtors.ts';
import { worldKey } from '../world/person.ts';
import type { Scenario } from '../world/scenario.ts';
import { bankAnswer, type BankMessage } from './bank-answer.ts';
import type { BankAtDoor } from './bank-channel.ts';
import { cardObjection, readTasks, writObjection } from './bank-task.ts';
import type { DoorClient } from './door-client.ts';
import type { BankTask } from './feedback.ts';

/** One message that waits for its time. `rows` may be sent together with those of other requests of the same bank. */
export type Outgoing = { readonly bank: Bank; readonly task: BankTask; readonly send: 'normally' | 'broken-off' } & (
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'message'; readonly message: BankMessage }
);

/**
 * How far a bank is with a request it has seen. `waiting`: the court did not take the answer, it is given again at the
 * next hand-out after that time.
 */
export type Progress =
  | { readonly state: 'thinking'; readonly tries: number }
  | { readonly state: 'waiting'; readonly tries: number; readonly fromMs: number }
  | { readonly state: 'done' };

export interface Bank extends BankAtDoor {
  readonly progress: Map<string, Progress>;
  isPolling: boolean;
}

export interface DeskParts {
  readonly seed: number;
  readonly client: DoorClient;
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
  readonly latencyScale: number;
  readonly now: () => Date;
  /** Puts a message aside until its time. */
  readonly later: (afterMs: number, outgoing: Outgoing) => void;
  /** A number that the door gave to another bank. */
  readonly foreignNumber: (bank: Bank) => string | null;
  readonly seen: (bank: Bank, requestNumber: string) => void;
}

/** Faults at the moment of polling, and those at the moment of answering. */
export const stopsPolling = (fault: Fault): boolean => fault === 'no-poll' || fault === 'down';
const callOnly = new Set<Fault>(['5xx', '429', 'gzip-bomb', 'wrong-identity']);
const hitsAnswer = (fault: Fault): boolean => !stopsPolling(fault) && !callOnly.has(fault);

/**
 * One round of a bank: fetches the task list, drops what it has already, looks at writ and certificates of the new
 * ones, and puts an answer to each aside until it has thought (bank-zdz.md §2). False when the door did not answer.
 */
export async function fetchTasks(parts: DeskParts, bank: Bank): Promise<boolean> {
  parts.ledger.poll(bank.agency.agencyId);
  const content = await parts.client.call(bank.door, 'getXzcxList', [bank.login]);
  const tasks = content === null ? null : readTasks(content);
  if (tasks === null) return false;
  forgetGone(bank, tasks);
  const nowMs = parts.now().getTime();
  const objections = new Map<string, string | null>();
  for (const task of tasks.filter(({ requestNumber }) => isOpen(bank.progress.get(requestNumber), nowMs))) {
    await takeOn(parts, { bank, task, objections });
  }
  return true;
}

/** What is no longer handed out needs no memory. */
function forgetGone(bank: Bank, tasks: readonly BankTask[]): void {
  const handedOut = new Set(tasks.map(({ requestNumber }) => requestNumber));
  for (const [requestNumber, progress] of bank.progress) {
    if (progress.state !== 'thinking' && !handedOut.has(requestNumber)) bank.progress.delete(requestNumber);
  }
}

/** Tries to reach writ and certificates before their absence is held against the court. */
const patience = 5;

const isOpen = (progress: Progress | undefined, nowMs: number): boolean =>
  progress === undefined || (progress.state === 'waiting' && progress.fromMs <= nowMs);

interface TakenOn {
  readonly bank: Bank;
  readonly task: BankTask;
  /** Found out about writs in this round: several requests may share one. */
  readonly objections: Map<string, string | null>;
}

async function takeOn(parts: DeskParts, taken: TakenOn): Promise<void> {
  const { bank, task } = taken;
  const before = bank.progress.get(task.requestNumber);
  const tries = (before?.state === 'waiting' ? before.tries : 0) + 1;
  bank.progress.set(task.requestNumber, { state: 'thinking', tries });
  parts.seen(bank, task.requestNumber);
  const papers = await papersOf(parts, taken);
  if (papers === 'not-reached' && tries < patience) {
    bank.progress.set(task.requestNumber, { state: 'waiting', tries, fromMs: parts.now().getTime() + 1_000 });
    return;
  }
  const objection = papers === 'not-reached' ? '缺少法律文书' : papers;
  answerLater(parts, { bank, task, objection });
}

interface Decided {
  readonly bank: Bank;
  readonly task: BankTask;
  readonly objection: string | null;
}

/** Decides on the answer and puts it aside until the bank has thought. */
function answerLater(parts: DeskParts, { bank, task, objection }: Decided): void {
  const injected = parts.faults.take(bank.agency, hitsAnswer);
  const { scenario, spoil } = courseOf(injected, scenarioOf(worldKey(task.idNumber)));
  const { seed, latencyScale } = parts;
  const answer = bankAnswer({
    seed,
    agency: bank.agency,
    task,
    scenario,
    spoil,
    objection,
    foreignNumber: parts.foreignNumber(bank),
    at: stamp(parts.now()),
  });
  const thinkMs = latencyOf({ seed, agencyId: bank.agency.agencyId, key: task.idNumber }) * latencyScale;
  const extraMs = injected?.fault === 'late' ? (injected.afterMs ?? 30_000) : 0;
  const send = injected?.fault === 'reset' || injected?.fault === 'slow-drip' ? 'broken-off' : 'normally';
  if (answer.kind === 'rows') {
    parts.later(thinkMs + extraMs + answer.afterMs, { bank, task, send, kind: 'rows', rows: answer.rows });
    return;
  }
  if (answer.messages.length === 0) bank.progress.set(task.requestNumber, { state: 'done' });
  for (const message of answer.messages) {
    parts.later(thinkMs + extraMs + message.afterMs, { bank, task, send, kind: 'message', message });
  }
}

function courseOf(injected: InjectedFault | null, usual: Scenario): { scenario: Scenario; spoil: Fault | null } {
  if (injected === null) return { scenario: usual, spoil: null };
  const scenario = scenarioOfFault[injected.fault];
  return scenario === undefined ? { scenario: 'seeded', spoil: injected.fault } : { scenario, spoil: null };
}

/** What is wrong with writ and certificates; null when they are in order, `not-reached` when the door gave no reply. */
async function papersOf(parts: DeskParts, { bank, task, objections }: TakenOn): Promise<string | null> {
  const known = objections.get(task.writNumber);
  if (known === undefined) {
    const writ = await parts.client.call(bank.door, 'cxwsInfo', [bank.login, task.writNumber]);
    if (writ === null) return 'not-reached';
    objections.set(task.writNumber, writObjection(writ));
  }
  const objection = objections.get(task.writNumber) ?? null;
  if (objection !== null) return objection;
  const cards = await parts.client.call(bank.door, 'zjInfo', [bank.login, task.requestNumber]);
  return cards === null ? 'not-reached' : cardObjection(cards);
}

/** yyyy/MM/dd HH:mm:ss, China Standard Time (FKSJ). */
const stamp = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
