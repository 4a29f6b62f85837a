import type { Inquiry, PlannedLine, RowScope } from '#contracts';
import { sql } from 'kysely';
import { openInquiry } from './inquiry-rows.ts';
import type { TaskKey } from './mailbox-tasks.ts';
import { openLines, shardLinesPlace } from './plan-lines.ts';
import { seesCase } from './row-scope.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';

/** Whose tasks are meant: manual channels, and within them agencies (null: all) and courts (null: all). */
export type ManualScope = {
  readonly channelIds: readonly string[];
  readonly agencyIds: readonly string[] | null;
  readonly rows: RowScope;
};
export type ManualPage = ManualScope & {
  /** `<inquiry id> <request number>` of the last row of the page before. */
  readonly after: string | null;
  readonly limit: number;
  /** A clerk of the agency looks: what was not seen before counts as received then. */
  readonly seenAt: Date | null;
};

/** One open task of a manual channel, with what a clerk must know. */
export type OpenManualTask = TaskKey & {
  readonly inquiryId: string;
  readonly inquiry: Inquiry;
  readonly line: PlannedLine;
  readonly deliveredAt: string | null;
  readonly heldBy: 'inquiry' | 'channel' | 'agency' | null;
};

type TaskRow = {
  channel_id: string;
  request_number: string;
  agency_id: string;
  inquiry_id: string;
  shard_no: number;
  delivered_at: Date | null;
  held_by: OpenManualTask['heldBy'];
  body: Buffer;
  lines: Buffer;
};

const scopeOf = ({ channelIds, agencyIds, rows }: ManualScope) =>
  sql`t.channel_id = ANY(${[...channelIds]}::text[])
    AND (${agencyIds === null ? null : [...agencyIds]}::text[] IS NULL OR t.agency_id = ANY(${agencyIds === null ? null : [...agencyIds]}::text[]))
    AND ${seesCase(rows, 'i.case_id')}`;

/** Open tasks, oldest first, those that are held among them. */
export async function listManualTasks(context: StoreContext, page: ManualPage): Promise<readonly OpenManualTask[]> {
  const { after, limit, seenAt } = page;
  const { rows } = await sql<TaskRow>`
    SELECT t.channel_id, t.request_number, t.agency_id, t.inquiry_id, t.shard_no, t.delivered_at, i.body, s.lines,
      CASE WHEN EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = t.inquiry_id) THEN 'inquiry'
        WHEN EXISTS (SELECT FROM pauses p WHERE p.channel_id = t.channel_id AND p.agency_id = '') THEN 'channel'
        WHEN EXISTS (SELECT FROM pauses p WHERE p.channel_id = t.channel_id AND p.agency_id = t.agency_id) THEN 'agency'
      END AS held_by
    FROM mailbox_tasks t JOIN inquiries i USING (inquiry_id) JOIN shards s USING (inquiry_id, channel_id, shard_no)
    WHERE t.state = 'open' AND ${scopeOf(page)}
      AND (${after}::text IS NULL OR t.inquiry_id || ' ' || t.request_number > ${after} COLLATE "C")
    ORDER BY (t.inquiry_id || ' ' || t.request_number) COLLATE "C" LIMIT ${bounded(limit)}`.execute(context.db);
  if (seenAt !== null) await markSeen(context, rows, seenAt);
  return rows.flatMap((row) => taskOf(context, row));
}

async function markSeen({ db }: StoreContext, rows: readonly TaskRow[], at: Date): Promise<void> {
  const seen = rows.filter(({ held_by }) => held_by === null);
  if (seen.length === 0) return;
  const channels = seen.map(({ channel_id }) => channel_id);
  const numbers = seen.map(({ request_number }) => request_number);
  await sql`UPDATE mailbox_tasks SET first_handed_at = ${at}, hand_outs = hand_outs + 1 WHERE first_handed_at IS NULL
    AND (channel_id, request_number) IN (SELECT * FROM unnest(${channels}::text[], ${numbers}::text[]))`.execute(db);
}

function taskOf(context: StoreContext, row: TaskRow): OpenManualTask[] {
  const { channel_id: channelId, inquiry_id: inquiryId, agency_id: agencyId, request_number: requestNumber } = row;
  const place = shardLinesPlace({ inquiryId, channelId, shardNo: row.shard_no });
  const line = openLines(context.seals, row.lines, place).find((each) => each.line.agencyId === agencyId)?.line;
  if (!line) return [];
  const { held_by: heldBy } = row;
  const inquiry = openInquiry(context, inquiryId, row.body);
  const deliveredAt = instantOrNull(context, row.delivered_at);
  return [{ channelId, inquiryId, agencyId, requestNumber, inquiry, line, deliveredAt, heldBy }];
}

/** The task under this number, whatever its state, if it is within the scope. */
export async function findManualTask(
  { db }: StoreContext,
  { requestNumber, ...scope }: ManualScope & { readonly requestNumber: string },
): Promise<(TaskKey & { readonly inquiryId: string; readonly delivered: boolean }) | null> {
  const { rows } = await sql<{ channel_id: string; agency_id: string; inquiry_id: string; delivered: boolean }>`
    SELECT t.channel_id, t.agency_id, t.inquiry_id, t.delivered_at IS NOT NULL AS delivered
    FROM mailbox_tasks t JOIN inquiries i USING (inquiry_id)
    WHERE t.request_number = ${requestNumber} AND ${scopeOf(scope)} LIMIT 1`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { channel_id: channelId, agency_id: agencyId, inquiry_id: inquiryId, delivered } = row;
  return { channelId, agencyId, inquiryId, requestNumber, delivered };
}
