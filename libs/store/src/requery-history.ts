import { type RequeryItem, requeryCauseSchema } from '#contracts';
import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import { lockInquiry, openReason } from './inquiry-event.ts';
import { bounded, type StoreContext } from './store-context.ts';

/** How often one agency was asked again in an inquiry, and when last. */
export type AskedAgain = { readonly times: number; readonly automatic: number; readonly lastAt: Date };

/** By agency; whoever was never asked again is not in it. Locks the inquiry, so that what follows from it holds. */
export async function readAskedAgain(tx: Transaction, inquiryId: string): Promise<ReadonlyMap<string, AskedAgain>> {
  await lockInquiry(tx, inquiryId);
  return countAskedAgain(tx, inquiryId);
}

async function countAskedAgain(db: Db, inquiryId: string): Promise<ReadonlyMap<string, AskedAgain>> {
  const { rows } = await sql<{ agency_id: string; times: number; automatic: number; last_at: Date }>`
    SELECT agency_id, count(*)::int AS times, (count(*) FILTER (WHERE r.cause = 'recovery'))::int AS automatic,
      max(e.at) AS last_at
    FROM inquiry_events e CROSS JOIN LATERAL unnest(e.agency_ids) AS asked (agency_id)
      LEFT JOIN event_reasons r USING (inquiry_id, seq)
    WHERE e.inquiry_id = ${inquiryId} AND e.kind = 'requeried' GROUP BY agency_id`.execute(db);
  return new Map(
    rows.map(({ agency_id, times, automatic, last_at }) => [agency_id, { times, automatic, lastAt: last_at }]),
  );
}

type RequeryRow = {
  seq: number;
  at: Date;
  by_user: string | null;
  agency_ids: string[] | null;
  cause: string | null;
  reason: Buffer | null;
};

export type RequeryPage = { readonly inquiryId: string; readonly after: number; readonly limit: number };

/** Who had what asked again, when and why, oldest first. */
export async function listRequeries(context: StoreContext, page: RequeryPage): Promise<readonly RequeryItem[]> {
  const { inquiryId, after, limit } = page;
  const { rows } = await sql<RequeryRow>`SELECT e.seq, e.at, e.by_user, e.agency_ids, r.cause, r.reason
    FROM inquiry_events e LEFT JOIN event_reasons r USING (inquiry_id, seq)
    WHERE e.inquiry_id = ${inquiryId} AND e.kind = 'requeried' AND e.seq > ${after}
    ORDER BY e.seq LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => ({
    seq: row.seq,
    at: context.toInstant(row.at),
    cause: requeryCauseSchema.parse(row.cause ?? 'officer'), // those without grounds are older than the reasons
    by: row.by_user,
    reason: openReason(context, { inquiryId, seq: row.seq, reason: row.reason }),
    agencyIds: row.agency_ids ?? [],
  }));
}
