import type { Answer, RowScope } from '#contracts';
import { sql } from 'kysely';
import { decodeBatch, rawAt, type SealedBatch } from './answer-batch.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';

export type AnswerKey = {
  readonly inquiryId: string;
  readonly answerId: string;
  readonly rows: RowScope;
  /** Given: it must be this agency's, so only its rows are opened. */
  readonly agencyId?: string | undefined;
  /** The row it is in, where it is known. */
  readonly seq?: number | undefined;
};
export type KeptAnswer = {
  readonly answer: Answer;
  /** The raw messages behind it, in the order in which they came. */
  readonly raw: readonly Uint8Array[];
  /** The messages were removed by age; null: they were not. */
  readonly culled: { readonly at: string; readonly certificateId: string } | null;
};

type Row = SealedBatch & {
  readonly seq: number;
  readonly raw_payload: Buffer | null;
  readonly culled_at: Date | null;
  readonly culled_by: string | null;
};
const pageSize = 100;

/**
 * One answer of one inquiry with its raw messages. An answer's id is nowhere in clear but in its batch, so its inquiry
 * is part of the question: the search is bounded by the rows of that inquiry. Null: no such answer, or not theirs to see.
 */
export async function readKeptAnswer(context: StoreContext, key: AnswerKey): Promise<KeptAnswer | null> {
  const { db, seals } = context;
  const { inquiryId, answerId, rows: scope, agencyId = null, seq = null } = key;
  for (let after = 0; ; ) {
    const { rows } =
      await sql<Row>`SELECT a.inquiry_id, a.seq, a.batch_id, a.agency_ids, a.verdicts, a.payload, a.raw_payload, a.culled_at, a.culled_by
      FROM answers a JOIN inquiries i USING (inquiry_id)
      WHERE a.inquiry_id = ${inquiryId} AND a.seq > ${after} AND (${seq}::int IS NULL OR a.seq = ${seq})
        AND ${seesCase(scope, 'i.case_id')}
        AND (${agencyId}::text IS NULL OR a.agency_ids @> ARRAY[${agencyId}::text])
      ORDER BY a.seq LIMIT ${pageSize}`.execute(db);
    for (const row of rows) {
      const answers = decodeBatch(seals, row);
      const position = answers.findIndex((answer) => answer.answerId === answerId);
      const answer = answers[position];
      if (!answer || (agencyId !== null && answer.agencyId !== agencyId)) continue;
      const raw = row.raw_payload === null ? [] : rawAt(seals, { ...row, raw_payload: row.raw_payload }, position);
      return { answer, raw, culled: culledOf(context, row) };
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return null;
    after = last.seq;
  }
}

const culledOf = (
  { toInstant }: StoreContext,
  { culled_at: at, culled_by: certificateId }: Row,
): KeptAnswer['culled'] => (at === null || certificateId === null ? null : { at: toInstant(at), certificateId });
