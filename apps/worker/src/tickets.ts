import type { Answered } from '#adapter-kit';
import type { HostedChannel, WorkerParts } from './worker-parts.ts';

const dayMs = 86_400_000;

/** Where a ticket belongs. `late`: no shard waits for it any more. */
export interface TicketPlace {
  readonly hosted: HostedChannel;
  readonly inquiryId: string;
  readonly shardNo: number;
  readonly dueAt: string;
  readonly late: boolean;
}

/** Holds what is left to collect, until the end of the time in which a late answer is still taken. */
export async function keepTicket(
  { store }: WorkerParts,
  { hosted, inquiryId, shardNo, dueAt, late }: TicketPlace,
  { answer, ticket }: Answered,
): Promise<void> {
  if (!ticket) return;
  const { channelId, requestNumber, agencyId } = answer;
  await store.tickets.hold({
    ...{ channelId, requestNumber, agencyId, inquiryId, shardNo, late },
    ticket: ticket.ticket,
    nextAt: ticket.nextAt,
    until: new Date(Date.parse(dueAt) + hosted.config.lateAnswerDays * dayMs),
  });
}
