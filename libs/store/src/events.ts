import { type InquiryEvent, type LineEvent, lineEventSchema } from '#contracts';
import { sql } from 'kysely';
import { type Listening, type ListenOptions, startListening } from './listening.ts';
import { bounded, type StoreContext } from './store-context.ts';

/** What happened to an inquiry, in its own numbering without gaps (api.md §5). */
export type Events = {
  /** Events after this number, oldest first; each journal row is one `lines` event. */
  after(inquiryId: string, seq: number, limit: number): Promise<readonly InquiryEvent[]>;
  /** Calls back with the id of every inquiry to which something was added, by any process. */
  listen(options: ListenOptions): Listening;
};

export const openEvents = (context: StoreContext, databaseUrl: string): Events => ({
  after: (inquiryId, seq, limit) => readAfter(context, { inquiryId, seq, limit }),
  listen: ({ onInquiry, onGap }) =>
    startListening({ channel: 'chakong_inquiry', onNotice: onInquiry, onGap, databaseUrl, log: context.log }),
});

type EventRow = {
  seq: number;
  kind: InquiryEvent['kind'];
  agency_ids: string[] | null;
  categories: string[] | null;
  verdicts: string[] | null;
  reasons: (string | null)[] | null;
  asset_counts: (number | null)[] | null;
  settled: boolean[] | null;
  received_at: Date[] | null;
  report_id: string | null;
  report_version: number | null;
};
type After = { readonly inquiryId: string; readonly seq: number; readonly limit: number };

async function readAfter(context: StoreContext, { inquiryId, seq, limit }: After): Promise<InquiryEvent[]> {
  const { rows } = await sql<EventRow>`
    SELECT seq, 'lines' AS kind, agency_ids, categories, verdicts, reasons, asset_counts, settled, received_at,
      NULL AS report_id, NULL::int AS report_version
    FROM answers WHERE inquiry_id = ${inquiryId} AND seq > ${seq}
    UNION ALL
    SELECT seq, kind, agency_ids, NULL, NULL, NULL, NULL, NULL, NULL, report_id, report_version
    FROM inquiry_events WHERE inquiry_id = ${inquiryId} AND seq > ${seq}
    ORDER BY seq LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => eventOf(context, row));
}

function eventOf(context: StoreContext, row: EventRow): InquiryEvent {
  const { seq, kind } = row;
  if (kind === 'lines') return { kind, seq, lines: linesOf(context, row) };
  if (kind === 'requeried') return { kind, seq, asked: row.agency_ids?.length ?? 0 };
  if (kind === 'report') return { kind, seq, reportId: row.report_id ?? '', reportVersion: row.report_version ?? 0 };
  return { kind, seq };
}

const { category: categorySchema, verdict: verdictSchema } = lineEventSchema.shape;

/** A further part of an answer is no verdict about the agency: such an event has its number and no line. */
function linesOf({ toInstant }: StoreContext, row: EventRow): LineEvent[] {
  return (row.agency_ids ?? []).flatMap((agencyId, index) => {
    const verdict = verdictSchema.parse(row.verdicts?.[index]);
    const receivedAt = row.received_at?.[index];
    if (verdict !== 'no-answer' && !row.settled?.[index]) return [];
    return [
      {
        agencyId,
        category: categorySchema.parse(row.categories?.[index]),
        verdict,
        reason: row.reasons?.[index] ?? null,
        assetCount: row.asset_counts?.[index] ?? null,
        answeredAt: verdict === 'no-answer' || !receivedAt ? null : toInstant(receivedAt),
      },
    ];
  });
}
