import type { Answered, AskingRequest } from '#adapter-kit';
import type { LateTicket } from '#store';
import { askingRequest } from './asking-request.ts';
import { keepTicket } from './tickets.ts';
import type { HostedChannel, WorkerParts } from './worker-parts.ts';

const mostAtOnce = 250;

/**
 * Mode `ticket`: collects what no shard waits for any more, because its line is overdue or has a first part of its
 * answer. Whatever comes makes a later version of the report. One round collects a bounded number, the longest waiting
 * first; how often is the channel's interval. Returns how many answers came.
 */
export async function collectLate(parts: WorkerParts, hosted: HostedChannel, signal: AbortSignal): Promise<number> {
  const { store } = parts;
  const tickets = await store.tickets.late(hosted.config.channelId, mostAtOnce);
  const byInquiry = Map.groupBy(tickets, ({ inquiryId }) => inquiryId);
  let came = 0;
  for (const group of byInquiry.values()) {
    signal.throwIfAborted();
    came += await collectOf(parts, { hosted, group }, signal);
  }
  return came;
}

interface Group {
  readonly hosted: HostedChannel;
  readonly group: readonly LateTicket[]; // of one inquiry
}

async function collectOf(parts: WorkerParts, { hosted, group }: Group, signal: AbortSignal): Promise<number> {
  const [first] = group;
  if (!first) return 0;
  const byNumber = new Map(group.map((ticket) => [ticket.requestNumber, ticket]));
  const requests = group
    .filter(({ agencyId }) => hosted.channel.agencies.has(agencyId)) // it may have left the directory
    .map((ticket): AskingRequest => ({ ...askingRequest(hosted, ticket.line, undefined), held: ticket }));
  let came = 0;
  for await (const answered of hosted.channel.ask(first.inquiry, requests, signal)) {
    const ticket = byNumber.get(answered.answer.requestNumber);
    if (ticket && (await keepLate(parts, hosted, { ticket, answered }))) came += 1;
  }
  if (came > 0) await parts.queue.requestMerge(first.inquiryId, parts.settleMs);
  return came;
}

interface Collected {
  readonly ticket: LateTicket;
  readonly answered: Answered;
}

/** Journals what the agency has said at last. That it still waits, or that a collection failed, is no news of the line. */
async function keepLate(parts: WorkerParts, hosted: HostedChannel, { ticket, answered }: Collected): Promise<boolean> {
  const { store, log } = parts;
  const { inquiryId, shardNo, line } = ticket;
  const { answer } = answered;
  const { channelId, agencyId, verdict } = answer;
  const dueAt = line.dueAt ?? ticket.inquiry.dueAt;
  if (answered.ticket) await keepTicket(parts, { hosted, inquiryId, shardNo, dueAt, late: true }, answered);
  const isNews = verdict !== 'no-answer' || answered.ticket === null;
  if (isNews) {
    await store.journal.append([{ inquiryId, channelId, shardNo, fence: null, answers: [answered] }]);
    log.info('answer.late', { inquiryId, agencyId, verdict });
  }
  if (answered.ticket === null) await store.tickets.end(ticket);
  return isNews;
}
