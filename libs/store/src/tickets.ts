import type { HttpReply, Inquiry, PlannedLine } from '#contracts';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { openInquiry } from './inquiry-rows.ts';
import { openLines, type ShardKey, shardLinesPlace } from './plan-lines.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type TicketKey = { readonly channelId: string; readonly requestNumber: string };

export type TicketToHold = TicketKey &
  ShardKey & {
    readonly agencyId: string;
    readonly ticket: string;
    readonly nextAt: Date;
    /** Not collected any more after this. */
    readonly until: Date;
    /** No shard waits for it: its line is settled for now, what still comes makes a later version. */
    readonly late: boolean;
  };

/** What is needed to collect, sealed while it lies here. */
export type HeldTicket = TicketKey & {
  readonly agencyId: string;
  readonly ticket: string;
  readonly collections: number; // made so far
  readonly nextAt: Date;
  /** Replies that came and whose answer was not journalled: the agency may have deleted them. */
  readonly kept: readonly HttpReply[];
};
export type LateTicket = HeldTicket & {
  readonly inquiryId: string;
  readonly shardNo: number;
  readonly inquiry: Inquiry;
  readonly line: PlannedLine;
};

/** Tickets (受理号): askings whose answer is collected later. They survive every restart. */
export type Tickets = {
  /** Holds it, or counts a collection of the one that is held. Replies kept for it so far are done with. */
  hold(toHold: TicketToHold): Promise<void>;
  /** Nothing more is collected under it. */
  end(key: TicketKey): Promise<void>;
  /** Open tickets that the shard itself collects, by agency. */
  ofShard(shard: ShardKey): Promise<ReadonlyMap<string, HeldTicket>>;
  /** The lines of these agencies are settled: what still comes is late. */
  leaveBehind(inquiryId: string, agencyIds: readonly string[]): Promise<void>;
  /** Late tickets of the channel whose time has come, the longest waiting first. */
  late(channelId: string, limit: number): Promise<readonly LateTicket[]>;
  /** Keeps a reply before anybody reads it. */
  keepReply(key: TicketKey, position: number, reply: HttpReply): Promise<void>;
};

const ticketPlace = ({ channelId, requestNumber }: TicketKey): string => `tickets.ticket/${channelId}/${requestNumber}`;
const replyPlace = ({ channelId, requestNumber }: TicketKey, position: number): string =>
  `kept_replies.reply/${channelId}/${requestNumber}/${position}`;
const mostTickets = 250; // as many as a shard has agencies

export const openTickets = (context: StoreContext): Tickets => ({
  hold: (toHold) => hold(context, toHold),
  end: (key) => end(context, key),
  ofShard: (shard) => ofShard(context, shard),
  leaveBehind: (inquiryId, agencyIds) => leaveBehind(context.db, inquiryId, agencyIds),
  late: (channelId, limit) => late(context, channelId, limit),
  keepReply: (key, position, reply) => keepReply(context, key, { position, reply }),
});

async function hold({ db, seals, clock }: StoreContext, toHold: TicketToHold): Promise<void> {
  const { channelId, requestNumber, inquiryId, agencyId, shardNo, ticket, nextAt, until } = toHold;
  const sealed = seals.sealJson(ticket, ticketPlace(toHold));
  await sql`WITH read AS (DELETE FROM kept_replies WHERE channel_id = ${channelId} AND request_number = ${requestNumber})
    INSERT INTO tickets AS known
      (channel_id, request_number, inquiry_id, agency_id, shard_no, ticket, held_at, next_at, until, late)
    VALUES (${channelId}, ${requestNumber}, ${inquiryId}, ${agencyId}, ${shardNo}, ${sealed}, ${clock()}, ${nextAt},
      ${until}, ${toHold.late})
    ON CONFLICT (channel_id, request_number) DO UPDATE SET ticket = excluded.ticket, next_at = excluded.next_at,
      collections = known.collections + 1, late = known.late OR excluded.late`.execute(db);
}

async function end({ db }: StoreContext, { channelId, requestNumber }: TicketKey): Promise<void> {
  await sql`WITH read AS (DELETE FROM kept_replies WHERE channel_id = ${channelId} AND request_number = ${requestNumber})
    UPDATE tickets SET state = 'ended' WHERE channel_id = ${channelId} AND request_number = ${requestNumber}
      AND state = 'open'`.execute(db);
}

type TicketRow = {
  channel_id: string;
  request_number: string;
  agency_id: string;
  ticket: Buffer;
  collections: number;
  next_at: Date;
};
type ReplyRow = { request_number: string; position: number; reply: Buffer };

async function ofShard(context: StoreContext, shard: ShardKey): Promise<ReadonlyMap<string, HeldTicket>> {
  const { inquiryId, channelId, shardNo } = shard;
  const { rows } =
    await sql<TicketRow>`SELECT channel_id, request_number, agency_id, ticket, collections, next_at FROM tickets
    WHERE inquiry_id = ${inquiryId} AND channel_id = ${channelId} AND shard_no = ${shardNo} AND state = 'open'
      AND NOT late LIMIT ${mostTickets}`.execute(context.db);
  return new Map((await withReplies(context, channelId, rows)).map((held) => [held.agencyId, held]));
}

async function withReplies(
  context: StoreContext,
  channelId: string,
  rows: readonly TicketRow[],
): Promise<readonly HeldTicket[]> {
  if (rows.length === 0) return [];
  const numbers = rows.map((row) => row.request_number);
  const { rows: replies } = await sql<ReplyRow>`SELECT request_number, position, reply FROM kept_replies
    WHERE channel_id = ${channelId} AND request_number = ANY(${numbers}::text[]) ORDER BY position`.execute(context.db);
  const kept = Map.groupBy(replies, (row) => row.request_number);
  return rows.map((row) => {
    const key = { channelId: row.channel_id, requestNumber: row.request_number };
    return {
      ...key,
      agencyId: row.agency_id,
      ticket: context.seals.openJson<string>(row.ticket, ticketPlace(key)),
      collections: row.collections,
      nextAt: row.next_at,
      kept: (kept.get(row.request_number) ?? []).map((each) => openReply(context, key, each)),
    };
  });
}

export async function leaveBehind(db: Db, inquiryId: string, agencyIds: readonly string[]): Promise<void> {
  await sql`UPDATE tickets SET late = true WHERE inquiry_id = ${inquiryId}
    AND agency_id = ANY(${[...agencyIds]}::text[]) AND state = 'open'`.execute(db);
}

/** Nobody waits for these any more, by decision of a person. */
export async function withdrawTickets(db: Db, inquiryId: string, agencyIds: readonly string[]): Promise<void> {
  await sql`UPDATE tickets SET state = 'withdrawn' WHERE inquiry_id = ${inquiryId}
    AND agency_id = ANY(${[...agencyIds]}::text[]) AND state = 'open'`.execute(db);
}

type LateRow = TicketRow & { inquiry_id: string; shard_no: number; body: Buffer; lines: Buffer };

async function late(context: StoreContext, channelId: string, limit: number): Promise<readonly LateTicket[]> {
  const at = context.clock();
  const { rows } = await sql<LateRow>`SELECT t.channel_id, t.request_number, t.agency_id, t.ticket, t.collections,
      t.next_at, t.inquiry_id, t.shard_no, i.body, s.lines
    FROM tickets t JOIN inquiries i USING (inquiry_id) JOIN shards s USING (inquiry_id, channel_id, shard_no)
    WHERE t.channel_id = ${channelId} AND t.state = 'open' AND t.late AND t.next_at <= ${at} AND t.until > ${at}
      AND NOT EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = t.inquiry_id)
    ORDER BY t.next_at LIMIT ${bounded(limit)}`.execute(context.db);
  const held = await withReplies(context, channelId, rows);
  return held.flatMap((ticket, index) => {
    const row = rows[index];
    const found = row && lineOf(context, row);
    if (!row || !found) return [];
    const { inquiry_id: inquiryId, shard_no: shardNo } = row;
    // the number of this ticket, also after a re-query
    const line = { ...found, requestNumber: ticket.requestNumber };
    return [{ ...ticket, inquiryId, shardNo, inquiry: openInquiry(context, inquiryId, row.body), line }];
  });
}

function lineOf({ seals }: StoreContext, row: LateRow): PlannedLine | undefined {
  const place = shardLinesPlace({ inquiryId: row.inquiry_id, channelId: row.channel_id, shardNo: row.shard_no });
  return openLines(seals, row.lines, place).find(({ line }) => line.agencyId === row.agency_id)?.line;
}

type ReplyToKeep = { readonly position: number; readonly reply: HttpReply };
/** A reply as it is sealed: bytes in base64 between its plain parts. */
type SealedReply = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

async function keepReply(context: StoreContext, key: TicketKey, { position, reply }: ReplyToKeep): Promise<void> {
  const { status, headers, body } = reply;
  const plain: SealedReply = { status, headers: { ...headers }, body: Buffer.from(body).toString('base64') };
  const sealed = context.seals.sealJson(plain, replyPlace(key, position));
  await sql`INSERT INTO kept_replies (channel_id, request_number, position, reply, at)
    VALUES (${key.channelId}, ${key.requestNumber}, ${position}, ${sealed}, ${context.clock()})
    ON CONFLICT (channel_id, request_number, position) DO UPDATE SET reply = excluded.reply, at = excluded.at`.execute(
    context.db,
  );
}

function openReply({ seals }: StoreContext, key: TicketKey, { position, reply }: ReplyRow): HttpReply {
  const { status, headers, body } = seals.openJson<SealedReply>(reply, replyPlace(key, position));
  return { status, headers, body: Buffer.from(body, 'base64') };
}
