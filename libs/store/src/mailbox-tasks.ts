import type { Inquiry, PlannedLine } from '#contracts';
import { sql } from 'kysely';
import { fileColumns, type FileRow, openFileRow, type StoredFile } from './files.ts';
import { documentIndexes } from './inquiry-creation.ts';
import { openInquiry } from './inquiry-rows.ts';
import { openLines, shardLinesPlace } from './plan-lines.ts';
import { bounded, instantOrNull, type Reading, type StoreContext } from './store-context.ts';

/** Whose mailbox: every call is bound to the agency whose credentials were shown. */
export type MailboxOwner = { readonly channelId: string; readonly agencyId: string };
export type TaskKey = MailboxOwner & { readonly requestNumber: string };

export type HandedTask = {
  readonly requestNumber: string;
  readonly inquiryId: string;
  readonly agencyId: string;
  readonly inquiry: Inquiry;
  /** When the agency fetched it for the first time; null: not yet. */
  readonly handedOutAt: string | null;
};
export type FoundTask = HandedTask & {
  readonly shardNo: number;
  /** held: not laid into the mailbox yet; withdrawn: ended without the agency, whose feedback is still taken. */
  readonly state: 'held' | 'open' | 'answered' | 'withdrawn';
  readonly line: PlannedLine;
};

type HandedRow = { request_number: string; inquiry_id: string; first_handed_at: Date | null };

/**
 * Open tasks, oldest first, handed out again until they are fed back. One statement over one partial index when there is
 * none, which is nearly always. What officers or operators hold is not handed out. A task that another call is just handing out is left to that call.
 */
export async function handOut(
  context: StoreContext,
  { channelId, agencyId, limit, at }: MailboxOwner & { readonly limit: number; readonly at: Date },
): Promise<readonly HandedTask[]> {
  const { rows } = await sql<HandedRow>`UPDATE mailbox_tasks t
    SET first_handed_at = coalesce(t.first_handed_at, ${at}), hand_outs = t.hand_outs + 1
    FROM (SELECT channel_id, request_number FROM mailbox_tasks m
      WHERE channel_id = ${channelId} AND agency_id = ${agencyId} AND state = 'open'
        AND NOT EXISTS (SELECT FROM pauses p WHERE p.channel_id = ${channelId} AND p.agency_id IN ('', ${agencyId}))
        AND NOT EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = m.inquiry_id)
      ORDER BY inquiry_id LIMIT ${bounded(limit)} FOR UPDATE OF m SKIP LOCKED) AS oldest
    WHERE t.channel_id = oldest.channel_id AND t.request_number = oldest.request_number
    RETURNING t.request_number, t.inquiry_id, t.first_handed_at`.execute(context.db);
  if (rows.length === 0) return [];
  const inquiries = await readInquiries(
    context,
    rows.map((row) => row.inquiry_id),
  );
  return rows
    .toSorted((one, other) => (one.inquiry_id < other.inquiry_id ? -1 : 1))
    .flatMap(({ request_number: requestNumber, inquiry_id: inquiryId, first_handed_at }) => {
      const inquiry = inquiries.get(inquiryId);
      const handedOutAt = instantOrNull(context, first_handed_at);
      return inquiry ? [{ requestNumber, inquiryId, agencyId, inquiry, handedOutAt }] : [];
    });
}

async function readInquiries(
  context: StoreContext,
  inquiryIds: readonly string[],
): Promise<ReadonlyMap<string, Inquiry>> {
  const rows = await context.db
    .selectFrom('inquiries')
    .select(['inquiry_id', 'body'])
    .where('inquiry_id', 'in', [...new Set(inquiryIds)])
    .execute();
  return new Map(rows.map(({ inquiry_id: inquiryId, body }) => [inquiryId, openInquiry(context, inquiryId, body)]));
}

type FoundRow = HandedRow & { shard_no: number; state: FoundTask['state']; body: Buffer; lines: Buffer };

export async function findTask(
  context: StoreContext,
  { channelId, agencyId, requestNumber }: TaskKey,
): Promise<FoundTask | null> {
  const { rows } = await sql<FoundRow>`
    SELECT t.request_number, t.inquiry_id, t.first_handed_at, t.shard_no, t.state, i.body, s.lines
    FROM mailbox_tasks t JOIN inquiries i USING (inquiry_id) JOIN shards s USING (inquiry_id, channel_id, shard_no)
    WHERE t.channel_id = ${channelId} AND t.request_number = ${requestNumber} AND t.agency_id = ${agencyId}`.execute(
    context.db,
  );
  const [row] = rows;
  if (!row) return null;
  const { inquiry_id: inquiryId, shard_no: shardNo, state } = row;
  const planned = openLines(context.seals, row.lines, shardLinesPlace({ inquiryId, channelId, shardNo }));
  const placed = planned.find(({ line }) => line.agencyId === agencyId);
  if (!placed) return null;
  const inquiry = openInquiry(context, inquiryId, row.body);
  const handedOutAt = instantOrNull(context, row.first_handed_at);
  return {
    requestNumber,
    inquiryId,
    agencyId,
    inquiry,
    handedOutAt,
    shardNo,
    state,
    line: { ...placed.line, requestNumber },
  }; // the number of this task, also after a re-query
}

export type DocumentKey = MailboxOwner & { readonly documentNumber: string };
/** Several inquiries may rest on one document number; their files are the same few. */
const mostDocuments = 20;

/** Files of this document number (文书编号) that stand behind a task in this agency's mailbox. */
export async function taskDocuments(
  context: StoreContext,
  { channelId, agencyId, documentNumber }: DocumentKey,
): Promise<StoredFile[]> {
  const { rows } = await sql<FileRow>`SELECT ${fileColumns} FROM files f WHERE f.file_id IN (
      SELECT i.document_file_id FROM inquiries i JOIN mailbox_tasks t USING (inquiry_id)
      WHERE i.document_index = ANY(${[...documentIndexes(context, documentNumber)]}::text[]) AND t.channel_id = ${channelId}
        AND t.agency_id = ${agencyId} AND t.state IN ('open', 'answered'))
    ORDER BY f.file_id LIMIT ${mostDocuments}`.execute(context.db);
  return rows.map((row) => openFileRow(context, row));
}

export type TaskProgress = { readonly deliveredAt: string; readonly acknowledgedAt: string | null };

/** When each agency's task was laid into its mailbox, and when it was fetched for the first time (null: not yet). */
export async function readProgress(context: Reading, inquiryId: string): Promise<ReadonlyMap<string, TaskProgress>> {
  const { rows } = await sql<{ agency_id: string; delivered_at: Date; first_handed_at: Date | null }>`
    SELECT agency_id, delivered_at, first_handed_at FROM mailbox_tasks
    WHERE inquiry_id = ${inquiryId} AND delivered_at IS NOT NULL ORDER BY delivered_at`.execute(context.db);
  return new Map(
    rows.map(({ agency_id, delivered_at, first_handed_at }) => [
      agency_id,
      { deliveredAt: context.toInstant(delivered_at), acknowledgedAt: instantOrNull(context, first_handed_at) },
    ]),
  );
}
