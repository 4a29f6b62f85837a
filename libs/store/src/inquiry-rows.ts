import { type Inquiry, type InquiryItem, inquirySchema, type PlannedLine, type RowScope } from '#contracts';
import { sql } from 'kysely';
import { inquiryPlace } from './inquiry-creation.ts';
import { joinLines, openLines, shardLinesPlace, unaskedPlace } from './plan-lines.ts';
import { seesCase, seenPage } from './row-scope.ts';
import { bounded, instantOrNull, type Reading, type StoreContext } from './store-context.ts';

/** What is known of an inquiry without opening anything: enough for permissions, pages and streams. */
export type InquiryHead = InquiryItem & {
  readonly courtCode: string;
  readonly cancelledAt: string | null; // the whole inquiry was withdrawn
  readonly cancelledBy: string | null;
  readonly pausedAt: string | null; // somebody holds it: nothing is sent
  readonly seq: number;
  readonly asked: number;
  readonly notAsked: number;
};

/** Who withdrew which lines; `CoverageLine.cancelledBy` and `cancelledAt` come from here. */
export type Cancellation = { readonly agencyIds: readonly string[]; readonly by: string | null; readonly at: string };

export type StoredInquiry = InquiryHead & {
  readonly inquiry: Inquiry;
  readonly plan: readonly PlannedLine[];
  readonly documentFileId: string | null;
  readonly cancellations: readonly Cancellation[];
};

export type InquiryPage = {
  readonly rows: RowScope;
  readonly caseId?: string;
  readonly limit: number;
  readonly after: string | null;
};

type HeadRow = {
  inquiry_id: string;
  case_id: string;
  debtor_id: string;
  court_code: string;
  purpose: string;
  requested_at: Date;
  due_at: Date;
  closed_at: Date | null;
  cancelled_at: Date | null;
  cancelled_by: string | null;
  paused_at: Date | null;
  last_seq: number;
  asked_count: number;
  unasked_count: number;
  latest_report_id: string | null;
  latest_report_version: number;
  latest_report_at: Date | null;
};
type WholeRow = HeadRow & { body: Buffer; unasked: Buffer; document_file_id: string | null };

const headColumns = sql`inquiry_id, case_id, debtor_id, court_code, purpose, requested_at, due_at, closed_at, cancelled_at,
  cancelled_by, (SELECT p.paused_at FROM inquiry_pauses p WHERE p.inquiry_id = inquiries.inquiry_id) AS paused_at, last_seq, asked_count, unasked_count, latest_report_id, latest_report_version, latest_report_at`;

const purposeSchema = inquirySchema.shape.purpose;

function itemOf(context: Reading, row: HeadRow): InquiryItem {
  const { latest_report_id: reportId, latest_report_at: createdAt } = row;
  return {
    inquiryId: row.inquiry_id,
    caseId: row.case_id,
    debtorId: row.debtor_id,
    purpose: purposeSchema.parse(row.purpose),
    requestedAt: context.toInstant(row.requested_at),
    dueAt: context.toInstant(row.due_at),
    closedAt: instantOrNull(context, row.closed_at),
    latestReport:
      reportId === null || createdAt === null
        ? null
        : { reportId, reportVersion: row.latest_report_version, createdAt: context.toInstant(createdAt) },
  };
}

const headOf = (context: Reading, row: HeadRow): InquiryHead => ({
  ...itemOf(context, row),
  courtCode: row.court_code,
  cancelledAt: instantOrNull(context, row.cancelled_at),
  cancelledBy: row.cancelled_by,
  pausedAt: instantOrNull(context, row.paused_at),
  seq: row.last_seq,
  asked: row.asked_count,
  notAsked: row.unasked_count,
});

export async function headInquiry(
  context: StoreContext,
  inquiryId: string,
  scope: RowScope,
): Promise<InquiryHead | null> {
  const { rows } = await sql<HeadRow>`SELECT ${headColumns} FROM inquiries
    WHERE inquiry_id = ${inquiryId} AND ${seesCase(scope, 'inquiries.case_id')}`.execute(context.db);
  return rows[0] ? headOf(context, rows[0]) : null;
}

export async function getInquiry(context: Reading, inquiryId: string, scope: RowScope): Promise<StoredInquiry | null> {
  const { rows } = await sql<WholeRow>`SELECT ${headColumns}, body, unasked, document_file_id FROM inquiries
    WHERE inquiry_id = ${inquiryId} AND ${seesCase(scope, 'inquiries.case_id')}`.execute(context.db);
  const [row] = rows;
  if (!row) return null;
  return {
    ...headOf(context, row),
    inquiry: openInquiry(context, inquiryId, row.body),
    plan: await readPlan(context, inquiryId, row.unasked),
    documentFileId: row.document_file_id,
    cancellations: await readCancellations(context, inquiryId),
  };
}

export const openInquiry = ({ seals }: Pick<StoreContext, 'seals'>, inquiryId: string, body: Uint8Array): Inquiry =>
  inquirySchema.parse(seals.openJson<unknown>(body, inquiryPlace(inquiryId)));

async function readPlan({ db, seals }: Reading, inquiryId: string, unasked: Buffer): Promise<PlannedLine[]> {
  const rows = await db
    .selectFrom('shards')
    .select(['channel_id', 'shard_no', 'lines'])
    .where('inquiry_id', '=', inquiryId)
    .execute();
  const asked = rows.map(({ channel_id: channelId, shard_no: shardNo, lines }) =>
    openLines(seals, lines, shardLinesPlace({ inquiryId, channelId, shardNo })),
  );
  return joinLines([...asked, openLines(seals, unasked, unaskedPlace(inquiryId))]);
}

async function readCancellations({ db, toInstant }: Reading, inquiryId: string): Promise<Cancellation[]> {
  const rows = await db
    .selectFrom('inquiry_events')
    .select(['agency_ids', 'by_user', 'at'])
    .where('inquiry_id', '=', inquiryId)
    .where('kind', '=', 'cancelled')
    .orderBy('seq')
    .execute();
  return rows.map(({ agency_ids, by_user, at }) => ({ agencyIds: agency_ids ?? [], by: by_user, at: toInstant(at) }));
}

export async function listInquiries(context: StoreContext, page: InquiryPage): Promise<readonly InquiryItem[]> {
  const { rows: scope, caseId = null, limit, after } = page;
  const seen =
    caseId === null
      ? seenPage(scope, { table: 'inquiries', key: 'inquiry_id', after, limit: bounded(limit) })
      : sql`SELECT inquiry_id FROM inquiries WHERE case_id = ${caseId} AND ${seesCase(scope, 'inquiries.case_id')}
          AND (${after}::text IS NULL OR inquiry_id < ${after}) ORDER BY inquiry_id DESC LIMIT ${bounded(limit)}`;
  const { rows } = await sql<HeadRow>`SELECT ${headColumns} FROM inquiries
    WHERE inquiry_id IN (${seen}) ORDER BY inquiry_id DESC`.execute(context.db);
  return rows.map((row) => itemOf(context, row));
}
