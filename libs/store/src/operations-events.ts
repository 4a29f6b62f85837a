import { type OperationsEvent, type OperationsEventKind, operationsEventSchema } from '#contracts';
import { sql } from 'kysely';
import { bounded, type StoreContext } from './store-context.ts';

export type OperationsEventToTell = {
  readonly kind: OperationsEventKind;
  readonly channelId: string;
  readonly agencyId?: string | null;
  readonly inquiryId?: string | null;
  /** Codes, counts, paths and our own ids; never anything about a person. */
  readonly detail?: OperationsEvent['detail'];
  /** Told again within this time it only counts up the event that is there. 0: every time is an event of its own. */
  readonly joinWithinMs?: number;
};

export type OperationsEventPage = {
  readonly after: string | null; // the last id of the page before
  readonly limit: number;
  readonly kinds?: readonly OperationsEventKind[];
  readonly channelId?: string;
};

/** What operators are told about (运维事件). */
export type OperationsEvents = {
  /** Keeps the event, or counts up the one that is there. Rejects when the database is away. */
  tell(event: OperationsEventToTell): Promise<void>;
  /** Newest first, by the time each began. */
  list(page: OperationsEventPage): Promise<readonly OperationsEvent[]>;
};

export const openOperationsEvents = (context: StoreContext): OperationsEvents => ({
  tell: (event) => tell(context, event),
  list: (page) => list(context, page),
});

/** Also inside a transaction: then the event is there exactly when what it tells of is. */
export async function tell(
  { db, clock, newId }: Pick<StoreContext, 'db' | 'clock' | 'newId'>,
  event: OperationsEventToTell,
): Promise<void> {
  const { kind, channelId, agencyId = null, inquiryId = null, detail = {}, joinWithinMs = 0 } = event;
  const at = clock();
  const turn = joinWithinMs > 0 ? Math.floor(at.getTime() / joinWithinMs) : null;
  const repeatKey = turn === null ? null : `${kind}/${channelId}/${agencyId}/${inquiryId}/${turn}`;
  await sql`INSERT INTO operations_events AS known
      (event_id, kind, channel_id, agency_id, inquiry_id, at, last_at, repeat_key, detail)
    VALUES (${newId('opx')}, ${kind}, ${channelId}, ${agencyId}, ${inquiryId}, ${at}, ${at}, ${repeatKey},
      ${JSON.stringify(detail)}::jsonb)
    ON CONFLICT (repeat_key) DO UPDATE SET count = known.count + 1,
      last_at = greatest(known.last_at, excluded.last_at), detail = excluded.detail`.execute(db);
}

type Row = {
  event_id: string;
  kind: string;
  channel_id: string;
  agency_id: string | null;
  inquiry_id: string | null;
  at: Date;
  last_at: Date;
  count: number;
  detail: unknown;
};

async function list({ db, toInstant }: StoreContext, page: OperationsEventPage): Promise<readonly OperationsEvent[]> {
  const { after, limit, kinds, channelId } = page;
  const { rows } = await sql<Row>`SELECT event_id, kind, channel_id, agency_id, inquiry_id, at, last_at, count, detail
    FROM operations_events WHERE (${after}::text IS NULL OR event_id < ${after})
      AND (${kinds ? [...kinds] : null}::text[] IS NULL OR kind = ANY(${kinds ? [...kinds] : null}::text[]))
      AND (${channelId ?? null}::text IS NULL OR channel_id = ${channelId ?? null})
    ORDER BY event_id DESC LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) =>
    operationsEventSchema.parse({
      eventId: row.event_id,
      kind: row.kind,
      channelId: row.channel_id,
      agencyId: row.agency_id,
      inquiryId: row.inquiry_id,
      at: toInstant(row.at),
      lastAt: toInstant(row.last_at),
      count: row.count,
      detail: row.detail,
    }),
  );
}
