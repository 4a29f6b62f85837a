import { type Report, type ReportBody, reportVersionItemSchema, type ReportVersionItem } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { readMaterial, type ReportMaterial } from './report-material.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

export type VersionToAppend = {
  readonly inquiryId: string;
  readonly body: ReportBody;
  /** Why it was cut: `settled`, `closed`, `late-answer`, `requested` … */
  readonly cause: string;
  /** `upToSeq` of the material the body was made of. */
  readonly upToSeq: number;
};

/** Report versions (报告): immutable, numbered 1, 2, 3 … within one inquiry. */
export type Reports = {
  /** What a report is made of, as it stood at one moment. Null: no such inquiry, or another court's. */
  material(inquiryId: string, courtCode?: string | null): Promise<ReportMaterial | null>;
  /**
   * The next version. `report` is null, and nothing is written, when the content is that of the last version, or when a
   * newer state of the inquiry is in a version already: versions never go back.
   */
  append(version: VersionToAppend): Promise<{ readonly report: Report | null }>;
  get(reportId: string, courtCode: string | null): Promise<Report | null>;
  /** Newest first. */
  list(inquiryId: string): Promise<readonly ReportVersionItem[]>;
};

export const openReports = (context: StoreContext): Reports => ({
  material: (inquiryId, courtCode = null) => readMaterial(context, inquiryId, courtCode),
  append: (version) => append(context, version),
  get: (reportId, courtCode) => getReport(context, reportId, courtCode),
  list: (inquiryId) => listVersions(context, inquiryId),
});

const mostVersions = 1_000;
const reportPlace = (reportId: string): string => `reports.body/${reportId}`;

type Latest = {
  court_code: string;
  merged_seq: number;
  latest_report_id: string | null;
  latest_report_version: number;
  latest_content_hash: string | null;
};

async function append(context: StoreContext, version: VersionToAppend): Promise<{ readonly report: Report | null }> {
  const { inquiryId, body, upToSeq } = version;
  const reportId = context.newId('rep');
  const sealing = context.seals.sealLargeJson(body, reportPlace(reportId)); // goes on while the hash is made
  const contentHash = context.keyring.contentHash(body);
  const sealed = await sealing; // before the lock: a large body takes its time
  const report = await inTransaction(context.db, async (tx) => {
    const { rows } = await sql<Latest>`SELECT court_code, merged_seq, latest_report_id, latest_report_version,
      latest_content_hash FROM inquiries WHERE inquiry_id = ${inquiryId} FOR UPDATE`.execute(tx);
    const [latest] = rows;
    if (!latest) throw new StoreFault('inquiry-unknown');
    if (upToSeq < latest.merged_seq) return null;
    if (latest.latest_content_hash === contentHash) {
      await markMerged(tx, inquiryId, upToSeq);
      return null;
    }
    const reportVersion = latest.latest_report_version + 1;
    const supersedes = latest.latest_report_id;
    const next: Report = { ...body, reportId, reportVersion, supersedes, contentHash, changes: null };
    await insertVersion(context, tx, { version, next, sealed, courtCode: latest.court_code });
    await markMerged(tx, inquiryId, upToSeq);
    return next;
  });
  return { report };
}

type NewVersion = {
  readonly version: VersionToAppend;
  readonly next: Report;
  readonly sealed: Uint8Array;
  readonly courtCode: string;
};

async function insertVersion(
  { clock }: StoreContext,
  tx: Transaction,
  { version, next, sealed, courtCode }: NewVersion,
): Promise<void> {
  const { inquiryId, cause, body } = version;
  const { reportId, reportVersion, contentHash } = next;
  const at = clock();
  await tx
    .insertInto('reports')
    .values({
      report_id: reportId,
      inquiry_id: inquiryId,
      court_code: courtCode,
      report_version: reportVersion,
      supersedes: next.supersedes,
      content_hash: contentHash,
      cause,
      counts: JSON.stringify(body.coverage.counts),
      sentence: JSON.stringify(body.summary.sentence),
      body: sealed,
      created_at: at,
    })
    .execute();
  await sql`WITH bumped AS (
      UPDATE inquiries SET last_seq = last_seq + 1, latest_report_id = ${reportId}, latest_report_version = ${reportVersion},
        latest_report_at = ${at}, latest_content_hash = ${contentHash}
      WHERE inquiry_id = ${inquiryId} RETURNING last_seq)
    INSERT INTO inquiry_events (inquiry_id, seq, kind, at, report_id, report_version)
    SELECT ${inquiryId}, last_seq, 'report', ${at}::timestamptz, ${reportId}, ${reportVersion}::int FROM bumped`.execute(
    tx,
  );
}

const markMerged = (tx: Transaction, inquiryId: string, upToSeq: number): Promise<unknown> =>
  sql`UPDATE inquiries SET merged_seq = ${upToSeq}, merge_due = state_seq > ${upToSeq}
    WHERE inquiry_id = ${inquiryId}`.execute(tx);

type ReportRow = { report_version: number; supersedes: string | null; content_hash: string; body: Buffer };

async function getReport(
  { db, seals }: StoreContext,
  reportId: string,
  courtCode: string | null,
): Promise<Report | null> {
  const { rows } = await sql<ReportRow>`SELECT report_version, supersedes, content_hash, body FROM reports
    WHERE report_id = ${reportId} AND (${courtCode}::text IS NULL OR court_code = ${courtCode})`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { report_version: reportVersion, supersedes, content_hash: contentHash } = row;
  const body = seals.openJson<ReportBody>(row.body, reportPlace(reportId));
  return { ...body, reportId, reportVersion, supersedes, contentHash, changes: null };
}

async function listVersions({ db, toInstant }: StoreContext, inquiryId: string): Promise<readonly ReportVersionItem[]> {
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
    sentence: reportVersionItemSchema.shape.sentence.parse(row.sentence),
    contentHash: row.content_hash,
  }));
}
