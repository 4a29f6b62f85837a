import type { CallLedger } from '../call-ledger.ts';
import type { Bank, Outgoing, Progress } from './bank-desk.ts';
import { readReceipts, type Receipt } from './bank-task.ts';
import type { DoorClient } from './door-client.ts';
import { feedbackDocument } from './feedback.ts';

export interface SendParts {
  readonly client: DoorClient;
  readonly ledger: CallLedger;
  readonly now: () => Date;
}

/** Requests in one message; more travel in the next. */
const atMostTogether = 50;
/** A bank gives up an answer that the court refuses to take; it never gives up because the door is closed. */
const atMostTries = 3;
const longestPauseMs = 5_000;

/** Groups what is due into messages: plain rows of one bank together, everything else alone. */
export function messagesOf(due: readonly Outgoing[]): readonly (readonly [Outgoing, ...Outgoing[]])[] {
  const groups: [Outgoing, ...Outgoing[]][] = [];
  const open = new Map<Bank, [Outgoing, ...Outgoing[]]>();
  for (const outgoing of due) {
    const group = open.get(outgoing.bank);
    const joins = outgoing.kind === 'rows' && outgoing.send === 'normally';
    if (joins && group !== undefined && group.length < atMostTogether) {
      group.push(outgoing);
      continue;
    }
    const fresh: [Outgoing, ...Outgoing[]] = [outgoing];
    groups.push(fresh);
    if (joins) open.set(outgoing.bank, fresh);
  }
  return groups;
}

/** Sends one message and notes per request whether the court took it (bank-zdz.md §2). */
export async function sendTogether(parts: SendParts, together: readonly [Outgoing, ...Outgoing[]]): Promise<void> {
  const [{ bank, kind, send }] = together;
  for (const { task } of together) parts.ledger.exchange(bank.agency.agencyId, task.requestNumber);
  const { operation, content } = messageFor(together);
  if (send === 'broken-off') {
    await parts.client.breakOff(bank.door, operation, [bank.login, content]);
    for (const outgoing of together) note(parts, outgoing, 'again');
    return;
  }
  const reply = await parts.client.call(bank.door, operation, [bank.login, content]);
  const receipts = readReceipts(reply);
  for (const outgoing of together) {
    note(parts, outgoing, receipts === null && kind === 'rows' ? 'again' : outcomeOf(outgoing, receipts ?? []));
  }
}

function messageFor(together: readonly [Outgoing, ...Outgoing[]]): { operation: string; content: string } {
  const [first] = together;
  if (first.kind === 'message') return first.message;
  const rows = together.flatMap((outgoing) => (outgoing.kind === 'rows' ? outgoing.rows : []));
  return { operation: 'shfeedXzcxInfo', content: feedbackDocument(rows) };
}

const outcomeOf = ({ task }: Outgoing, receipts: readonly Receipt[]): 'taken' | 'refused' =>
  receipts.some(({ requestNumber, accepted }) => accepted && requestNumber === task.requestNumber)
    ? 'taken'
    : 'refused';

function note({ now }: SendParts, { bank, task }: Outgoing, outcome: 'taken' | 'refused' | 'again'): void {
  const { requestNumber } = task;
  const before: Progress | undefined = bank.progress.get(requestNumber);
  if (before === undefined || before.state === 'done') return;
  if (outcome === 'taken' || (outcome === 'refused' && before.tries >= atMostTries)) {
    bank.progress.set(requestNumber, { state: 'done' });
    return;
  }
  const pauseMs = Math.min(longestPauseMs, 250 * 2 ** Math.min(before.tries, 10));
  bank.progress.set(requestNumber, { state: 'waiting', tries: before.tries, fromMs: now().getTime() + pauseMs });
}
