import { sql } from 'kysely';
import { openAgencies, readLineStandings } from './line-standings.ts';
import { bounded, type StoreContext } from './store-context.ts';

/** A channel, or one agency on it (null: all). */
export type OpenLinesAsked = {
  readonly channelId: string;
  readonly agencyId: string | null;
  /** The last inquiry of the page before. */
  readonly after: string | null;
  readonly limit: number;
};
/** The lines of one inquiry that are still open at that place. */
export type OpenLinesOfInquiry = { readonly inquiryId: string; readonly agencyIds: readonly string[] };

/** Inquiries with open lines at a channel or agency, oldest first; an inquiry whose lines are all settled has an empty list. */
export async function openLinesAt({ db }: StoreContext, asked: OpenLinesAsked): Promise<readonly OpenLinesOfInquiry[]> {
  const { channelId, agencyId, after, limit } = asked;
  const { rows } = await sql<{ inquiry_id: string; agency_ids: string[] }>`
    SELECT inquiry_id, array_agg(agency_id) AS agency_ids FROM shards s CROSS JOIN LATERAL unnest(s.agency_ids) AS u (agency_id)
    WHERE NOT s.settled AND s.channel_id = ${channelId} AND (${after}::text IS NULL OR s.inquiry_id > ${after})
      AND (${agencyId}::text IS NULL OR agency_id = ${agencyId})
    GROUP BY inquiry_id ORDER BY inquiry_id LIMIT ${bounded(limit)}`.execute(db);
  const found: OpenLinesOfInquiry[] = [];
  for (const { inquiry_id: inquiryId, agency_ids: agencyIds } of rows)
    found.push({ inquiryId, agencyIds: openAgencies(await readLineStandings(db, { inquiryId }), agencyIds) });
  return found;
}
