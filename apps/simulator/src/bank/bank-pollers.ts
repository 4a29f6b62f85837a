import { errorCode, type Log } from '#platform';
import type { CallLedger } from '../call-ledger.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { BankAtDoor } from './bank-channel.ts';
import { fetchTasks, stopsPolling, type Bank, type DeskParts, type Outgoing } from './bank-desk.ts';
import { openDoorClient } from './door-client.ts';
import { openDueQueue } from './due-queue.ts';
import { messagesOf, sendTogether } from './send-feedback.ts';

export interface BankPollersParts {
  readonly seed: number;
  readonly banks: readonly BankAtDoor[];
  /** Each bank polls this often, or as often as the pace of all together allows. */
  readonly pollEveryMs: number;
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
  readonly latencyScale: number;
  readonly now: () => Date;
  readonly log: Log;
}

export interface BankPollers {
  stop(): Promise<void>;
}

/** All banks together poll no more often than this. */
const atMostPollsPerSecond = 400;
const pollsAtOnce = 48;
const messagesAtOnce = 48;
const tickMs = 10;
const rememberedNumbers = 64;

/** Starts the banks: one timer, one agenda and one pool of connections for all of them. */
export function startBankPollers(parts: BankPollersParts): BankPollers {
  const client = openDoorClient(pollsAtOnce + messagesAtOnce);
  const agenda = openDueQueue<Outgoing>();
  const numbers = recentNumbers();
  const now = (): number => parts.now().getTime();
  const banks = parts.banks.map((bank): Bank => ({ ...bank, progress: new Map(), isPolling: false }));
  const desk: DeskParts = {
    ...parts,
    client,
    later: (afterMs, outgoing) => agenda.put(now() + afterMs, outgoing),
    foreignNumber: (bank) => numbers.ofAnother(bank.agency.agencyId),
    seen: (bank, requestNumber) => numbers.note(bank.agency.agencyId, requestNumber),
  };
  const polls = openWork(parts.log);
  const messages = openWork(parts.log);
  const doors = doorWatch(parts.log);
  const poll = async (bank: Bank): Promise<void> => {
    if (parts.faults.take(bank.agency, stopsPolling) !== null) return;
    bank.isPolling = true;
    try {
      doors.note(bank.door.url, await fetchTasks(desk, bank));
    } finally {
      bank.isPolling = false;
    }
  };
  const rounds = pollRounds(banks, parts.pollEveryMs, now());
  const timer = setInterval(() => {
    for (const bank of rounds.due(now(), pollsAtOnce - polls.running.size)) polls.run(poll(bank));
    const due = agenda.takeDue(now(), Math.max(0, messagesAtOnce - messages.running.size));
    for (const together of messagesOf(due)) messages.run(sendTogether(desk, together));
  }, tickMs);

  return {
    stop: async () => {
      doors.close();
      clearInterval(timer);
      client.close();
      await Promise.allSettled([...polls.running, ...messages.running]);
    },
  };
}

/** Work under way. A door that does not answer is part of the game; whatever else fails is ours, and is logged. */
function openWork(log: Log) {
  const running = new Set<Promise<void>>();
  return {
    running,
    run: (work: Promise<void>): void => {
      const done = work
        .catch((error: unknown) => log.warn('simulator.failed', { code: errorCode(error) }))
        .finally(() => running.delete(done));
      running.add(done);
    },
  };
}

/** Takes the banks in turn, evenly spread over one interval. A late tick does not make up for what it missed. */
function pollRounds(banks: readonly Bank[], pollEveryMs: number, startMs: number) {
  const intervalMs = Math.max(pollEveryMs, (banks.length * 1_000) / atMostPollsPerSecond);
  const stepMs = intervalMs / Math.max(1, banks.length);
  let nextMs = startMs;
  let turn = 0;
  return {
    due: (nowMs: number, room: number): readonly Bank[] => {
      const due: Bank[] = [];
      nextMs = Math.max(nextMs, nowMs - intervalMs);
      while (banks.length > 0 && nextMs <= nowMs && due.length < room) {
        const bank = banks[turn];
        if (bank !== undefined && !bank.isPolling && !due.includes(bank)) due.push(bank);
        turn = (turn + 1) % banks.length;
        nextMs += stepMs;
      }
      return due;
    },
  };
}

/** The last request numbers handed out, for the bank that answers under another bank's number. */
function recentNumbers() {
  const recent: { readonly agencyId: string; readonly requestNumber: string }[] = [];
  return {
    note: (agencyId: string, requestNumber: string): void => {
      recent.push({ agencyId, requestNumber });
      if (recent.length > rememberedNumbers) recent.shift();
    },
    ofAnother: (agencyId: string): string | null =>
      recent.findLast((each) => each.agencyId !== agencyId)?.requestNumber ?? null,
  };
}

/** Says once that a door does not answer, and once that it does again; nothing any more when the banks close. */
function doorWatch(log: Log) {
  const closed = new Set<string>();
  let isWatching = true;
  return {
    note: (url: URL, answered: boolean): void => {
      const door = url.pathname;
      if (!isWatching || answered !== closed.has(door)) return;
      if (answered) closed.delete(door);
      else closed.add(door);
      log.info(answered ? 'door.reached' : 'door.missed', { door });
    },
    close: (): void => {
      isWatching = false;
    },
  };
}
