import type { Answered, AskingRequest } from '#adapter-kit';
import { type Answer, isSettled, type PlannedLine } from '#contracts';
import type { JobContext } from '#queue';
import type { AskedSoFar, HeldTicket } from '#store';
import { askingRequest } from './asking-request.ts';
import { expireLines } from './deliver-shard.ts';
import { earliest, lineDueAt, splitByDue } from './line-due.ts';
import type { ShardTask } from './shard-task.ts';
import { keepTicket } from './tickets.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Modes `call` and `ticket`: asks every agency whose time has come, and collects what was submitted. A line that is only
 * pending at its due time is overdue from then on; its ticket is left to the courier (collect-late.ts).
 * Returns the earliest next time, or null when the shard is settled.
 */
export async function callShard(parts: WorkerParts, task: ShardTask, { signal }: JobContext): Promise<Date | null> {
  const { store, clock } = parts;
  const { hosted, work, claim } = task;
  const now = clock.now();
  const tickets = hosted.config.mode === 'ticket' ? await store.tickets.ofShard(claim) : noTickets;
  const { over, open } = splitByDue(work, work.lines, now);
  const expired = over.filter((line) => isPending(work.latest.get(line.agencyId)));
  await expireLines(parts, task, expired);

  const lines = [...open, ...over.filter((line) => !expired.includes(line))];
  const readyAt = ({ agencyId }: PlannedLine) =>
    tickets.get(agencyId)?.nextAt ?? timeOf(work.latest.get(agencyId)?.nextAttemptAt);
  const isReady = (line: PlannedLine) => (readyAt(line)?.getTime() ?? 0) <= now.getTime();
  const later = lines.filter((line) => !isReady(line)).map((line) => nextLook(task, line, readyAt(line)));
  const requests = lines.filter(isReady).map((line) => requestOf(task, line, tickets.get(line.agencyId)));
  const asked = await askAll(parts, { task, requests }, signal);
  return earliest([...later, ...asked]);
}

const noTickets: ReadonlyMap<string, HeldTicket> = new Map();
const timeOf = (instant: string | null | undefined): Date | null => (instant ? new Date(instant) : null);
const isPending = (state: AskedSoFar | undefined): boolean => state?.said?.reason === 'pending';

function requestOf({ hosted, work }: ShardTask, line: PlannedLine, held: HeldTicket | undefined): AskingRequest {
  const request = askingRequest(hosted, line, work.latest.get(line.agencyId));
  return { ...request, dueAt: lineDueAt(work, line), held: held ?? null };
}

/** What is only pending is looked at again at its due time at the latest. */
const nextLook = ({ work }: ShardTask, line: PlannedLine, at: Date | string | null): Date | null =>
  isPending(work.latest.get(line.agencyId)) ? earliest([at, lineDueAt(work, line)]) : earliest([at]);

interface Round {
  readonly task: ShardTask;
  readonly requests: readonly AskingRequest[];
}

/** One exchange with each; the next time of every line that has one. */
async function askAll(parts: WorkerParts, { task, requests }: Round, signal: AbortSignal): Promise<(Date | null)[]> {
  const { hosted, work } = task;
  const byAgency = new Map(requests.map((request) => [request.agency.agencyId, request]));
  const lost = new AbortController();
  const writes: Promise<void>[] = [];
  const later: (Date | null)[] = [];
  for await (const answered of hosted.channel.ask(work.inquiry, requests, AbortSignal.any([signal, lost.signal]))) {
    const request = byAgency.get(answered.answer.agencyId);
    later.push(nextTime(answered.answer, request?.dueAt ?? work.dueAt));
    const written = keep(parts, task, { answered, request });
    written.catch(() => lost.abort()); // stop asking what cannot be kept; the failure itself is thrown below
    writes.push(written);
  }
  await Promise.all(writes);
  signal.throwIfAborted();
  return later;
}

function nextTime(answer: Answer, dueAt: string): Date | null {
  if (answer.verdict !== 'no-answer') return null;
  return answer.reason === 'pending' ? earliest([answer.nextAttemptAt, dueAt]) : earliest([answer.nextAttemptAt]);
}

interface ToKeep {
  readonly answered: Answered;
  readonly request: AskingRequest | undefined;
}

/** The ticket first, so that no kill can lose it; then the journal; only then is a ticket done with. */
async function keep(parts: WorkerParts, task: ShardTask, { answered, request }: ToKeep): Promise<void> {
  const { answer, ticket } = answered;
  const { claim, hosted, work } = task;
  const place = { ...claim, hosted, dueAt: request?.dueAt ?? work.dueAt, late: isSettled(answer) };
  if (ticket) await keepTicket(parts, place, answered);
  const reason = answer.verdict === 'no-answer' ? answer.reason : null;
  if (!waitsStill(answer, work.latest.get(answer.agencyId))) {
    const { channelId, category, verdict } = answer;
    parts.metrics.answered({ channelId, category, verdict, reason });
    await parts.journal.write(claim, answered);
  }
  if (ticket === null && request?.held) await parts.store.tickets.end(answer);
}

/** A collection that brought nothing new is no news: thousands of them would fill the journal. */
const waitsStill = (answer: Answer, before: AskedSoFar | undefined): boolean =>
  answer.verdict === 'no-answer' &&
  answer.reason === 'pending' &&
  answer.stage === 'acknowledged' &&
  before?.said?.reason === 'pending' &&
  before.said.stage === 'acknowledged';
