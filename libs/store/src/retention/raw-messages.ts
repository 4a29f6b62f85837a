import { sql } from 'kysely';
import { decodeBatch, type SealedBatch } from '../answer-batch.ts';
import type { StoreContext } from '../store-context.ts';
import { type AgeRule, type Counted, countsOf, type DueItem } from './rule.ts';

type Row = SealedBatch & { readonly seq: number };

/** Messages behind answers, by the age of the closing of their inquiry. What was read out of them stays, with their hashes. */
export const rawMessages: AgeRule = {
  rule: 'raw-messages',
  async due(context, { before, after, limit }) {
    const [inquiryId = '', seq = '0'] = after?.split('/') ?? [];
    const { rows } = await sql<Row>`SELECT a.inquiry_id, a.seq, a.batch_id, a.agency_ids, a.verdicts, a.payload
      FROM answers a JOIN inquiries i USING (inquiry_id)
      WHERE a.raw_payload IS NOT NULL AND i.closed_at < ${before} AND NOT is_held(a.inquiry_id)
        AND (a.inquiry_id, a.seq) > (${inquiryId}::text, ${Number(seq)}::int)
      ORDER BY a.inquiry_id, a.seq LIMIT ${limit}`.execute(context.db);
    return rows.map((row) => itemOf(context, row));
  },
  async remove({ db }, { ids, at, certificateId }) {
    const places = ids.map((id) => id.split('/'));
    const inquiryIds = places.map(([inquiryId = '']) => inquiryId);
    const seqs = places.map(([, seq]) => Number(seq));
    await sql`UPDATE answers a SET raw_payload = NULL, culled_at = ${at}, culled_by = ${certificateId}
      FROM unnest(${inquiryIds}::text[], ${seqs}::int[]) AS due (inquiry_id, seq)
      WHERE a.inquiry_id = due.inquiry_id AND a.seq = due.seq`.execute(db);
  },
  async count({ db }, before) {
    const { rows } = await sql<Counted>`SELECT count(*) FILTER (WHERE NOT is_held(a.inquiry_id)) AS due,
        count(*) FILTER (WHERE is_held(a.inquiry_id)) AS held
      FROM answers a JOIN inquiries i USING (inquiry_id)
      WHERE a.raw_payload IS NOT NULL AND i.closed_at < ${before}`.execute(db);
    return countsOf(rows);
  },
};

function itemOf({ seals }: StoreContext, row: Row): DueItem {
  const hashes = decodeBatch(seals, row).flatMap(({ rawHash }) => (rawHash === null ? [] : [rawHash]));
  return { id: `${row.inquiry_id}/${row.seq}`, hashes };
}
