import { type Changes, reportVersionItemSchema, type ReportVersionItem, type Sentence } from '#contracts';
import type { StoreContext } from './store-context.ts';

const mostVersions = 1_000;

/** The column `sentence`: the report's own, and what the list of versions says about changes. Counts only, no person. */
export const saidOf = (sentence: Sentence, changes: Changes | null): unknown =>
  changes === null ? sentence : { ...sentence, changes: { sentence: changes.sentence, counts: changes.counts } };
const { sentence: sentenceShape, changes: changesShape } = reportVersionItemSchema.shape;
const saidSchema = sentenceShape.extend({ changes: changesShape.default(null) });

export function saidIn(column: unknown): Pick<ReportVersionItem, 'sentence' | 'changes'> {
  const { changes, ...sentence } = saidSchema.parse(column);
  return { sentence, changes };
}

/** Newest first. */
export async function listVersions(
  { db, toInstant }: StoreContext,
  inquiryId: string,
): Promise<readonly ReportVersionItem[]> {
  const rows = await db
    .selectFrom('reports')
    .select(['report_id', 'report_version', 'supersedes', 'cause', 'created_at', 'counts', 'sentence', 'content_hash'])
    .where('inquiry_id', '=', inquiryId)
    .orderBy('report_version', 'desc')
    .limit(mostVersions)
    .execute();
  return rows.map((row) => ({
    reportId: row.report_id,
    reportVersion: row.report_version,
    supersedes: row.supersedes,
    cause: row.cause,
    createdAt: toInstant(row.created_at),
    counts: reportVersionItemSchema.shape.counts.parse(row.counts),
    ...saidIn(row.sentence),
    contentHash: row.content_hash,
  }));
}
