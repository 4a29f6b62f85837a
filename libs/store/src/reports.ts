import {
  type Changes,
  type Report,
  type ReportBody,
  reportVersionItemSchema,
  type ReportVersionItem,
  type RowScope,
  type Sentence,
} from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { readMaterial, type ReportMaterial } from './report-material.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

/** What a version is to the one it supersedes. */
export type Succession = {
  readonly changes: Changes;
  /** Why it was cut: `settled`, `closed`, `late-answer`, `requested` … */
  readonly cause: string;
};

export type VersionToAppend = {
  readonly inquiryId: string;
  readonly body: ReportBody;
  /** Why it was cut, if it is the first version. */
  readonly cause: string;
  /** `upToSeq` of the material the body was made of. */
  readonly upToSeq: number;
  /** Called with the version this one will supersede; again when another one came in between. */
  readonly succeed: (before: Report) => Succession;
};

/** Report versions (报告): immutable, numbered 1, 2, 3 … within one inquiry. */
export type Reports = {
  /** What a report is made of, as it stood at one moment. Null: no such inquiry, or not theirs to see. */
  material(inquiryId: string, rows?: RowScope): Promise<ReportMaterial | null>;
  /**
   * The next version, with what changed against the one it supersedes. `report` is null, and nothing is written, when the content is that of the last version, or when a
   * newer state of the inquiry is in a version already: versions never go back.
   */
  append(version: VersionToAppend): Promise<{ readonly report: Report | null }>;
  get(reportId: string, rows: RowScope): Promise<Report | null>;
  /** The last version; null before there is one. */
  latest(inquiryId: string): Promise<Report | null>;
  /** Newest first. */
  list(inquiryId: string): Promise<readonly ReportVersionItem[]>;
};

export const openReports = (context: StoreContext): Reports => ({
  material: (inquiryId, rows = 'inside') => readMaterial(context, inquiryId, rows),
  append: (version) => append(context, version),
  get: (reportId, rows) => getReport(context, reportId, rows),
  latest: (inquiryId) => latestReport(context, inquiryId),
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

/** How often a version is compared anew because another one was appended meanwhile. */
const mostTries = 20;

async function append(context: StoreContext, version: VersionToAppend): Promise<{ readonly report: Report | null }> {
  const contentHash = context.keyring.contentHash(version.body);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await latestToSupersede(context, version, contentHash);
    const succession = before === null ? null : version.succeed(before);
    const tried = await tryToAppend(context, version, { before, succession, contentHash });
    if (tried !== 'moved') return { report: tried };
  }
  throw new StoreFault('versions-moved');
}

/** The last version, if `version` could follow it at all: reading and comparing large reports for nothing takes its time. */
async function latestToSupersede(
  context: StoreContext,
  { inquiryId, upToSeq }: VersionToAppend,
  contentHash: string,
): Promise<Report | null> {
  const { rows } = await sql<Latest>`SELECT court_code, merged_seq, latest_report_id, latest_report_version,
    latest_content_hash FROM inquiries WHERE inquiry_id = ${inquiryId}`.execute(context.db);
  const [latest] = rows;
  if (!latest || latest.latest_report_id === null) return null;
  if (latest.latest_content_hash === contentHash || upToSeq < latest.merged_seq) return null;
  return getReport(context, latest.latest_report_id, 'inside');
}

type Attempt = {
  readonly before: Report | null;
  readonly succession: Succession | null;
  readonly contentHash: string;
};

/** `moved`: the version that `before` names is not the last one any more, so the changes say nothing. */
async function tryToAppend(
  context: StoreContext,
  version: VersionToAppend,
  { before, succession, contentHash }: Attempt,
): Promise<Report | null | 'moved'> {
  const { inquiryId, body, upToSeq } = version;
  const reportId = context.newId('rep');
  const changes = succession?.changes ?? null;
  const kept: Kept = { body, changes };
  const sealed = await context.seals.sealLargeJson(kept, reportPlace(reportId)); // before the lock: it takes its time
  return inTransaction(context.db, async (tx) => {
    const { rows } = await sql<Latest>`SELECT court_code, merged_seq, latest_report_id, latest_report_version,
      latest_content_hash FROM inquiries WHERE inquiry_id = ${inquiryId} FOR UPDATE`.execute(tx);
    const [latest] = rows;
    if (!latest) throw new StoreFault('inquiry-unknown');
    if (upToSeq < latest.merged_seq) return null;
    if (latest.latest_content_hash === contentHash) {
      await markMerged(tx, inquiryId, upToSeq);
      return null;
    }
    const supersedes = latest.latest_report_id;
    if (supersedes !== (before?.reportId ?? null)) return 'moved';
    const reportVersion = latest.latest_report_version + 1;
    const next: Report = { ...body, reportId, reportVersion, supersedes, contentHash, changes };
    const cause = succession?.cause ?? version.cause;
    await insertVersion(context, tx, { inquiryId, cause, next, sealed, courtCode: latest.court_code });
    await markMerged(tx, inquiryId, upToSeq);
    return next;
  });
}

type NewVersion = {
  readonly inquiryId: string;
  readonly cause: string;
  readonly next: Report;
  readonly sealed: Uint8Array;
  readonly courtCode: string;
};

async function insertVersion(
  { clock }: StoreContext,
  tx: Transaction,
  { inquiryId, cause, next, sealed, courtCode }: NewVersion,
): Promise<void> {
  const { reportId, reportVersion, contentHash, coverage, summary, changes } = next;
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
      counts: JSON.stringify(coverage.counts),
      sentence: JSON.stringify(saidOf(summary.sentence, changes)),
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

async function getReport({ db, seals }: StoreContext, reportId: string, scope: RowScope): Promise<Report | null> {
  const { rows } = await sql<ReportRow>`SELECT r.report_version, r.supersedes, r.content_hash, r.body
    FROM reports AS r JOIN inquiries AS i USING (inquiry_id) WHERE r.report_id = ${reportId} AND ${seesCase(scope, 'i.case_id')}`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const { report_version: reportVersion, supersedes, content_hash: contentHash } = row;
  const kept = seals.openJson<Kept | ReportBody>(row.body, reportPlace(reportId));
  const { body, changes } = 'body' in kept ? kept : { body: kept, changes: null };
  return { ...body, reportId, reportVersion, supersedes, contentHash, changes };
}

/** What is sealed in a row (docs/decisions/0016-changes-are-kept-with-the-version-they-belong-to.md); older rows hold the body alone. */
type Kept = { readonly body: ReportBody; readonly changes: Changes | null };

/** The column `sentence`: the report's own, and what the list of versions says about changes. Counts only, no person. */
const saidOf = (sentence: Sentence, changes: Changes | null): unknown =>
  changes === null ? sentence : { ...sentence, changes: { sentence: changes.sentence, counts: changes.counts } };
const { sentence: sentenceShape, changes: changesShape } = reportVersionItemSchema.shape;
const saidSchema = sentenceShape.extend({ changes: changesShape.default(null) });

function saidIn(column: unknown): Pick<ReportVersionItem, 'sentence' | 'changes'> {
  const { changes, ...sentence } = saidSchema.parse(column);
  return { sentence, changes };
}

async function latestReport(context: StoreContext, inquiryId: string): Promise<Report | null> {
  const { rows } = await sql<{ latest_report_id: string | null }>`SELECT latest_report_id FROM inquiries
    WHERE inquiry_id = ${inquiryId}`.execute(context.db);
  const reportId = rows[0]?.latest_report_id ?? null;
  return reportId === null ? null : getReport(context, reportId, 'inside');
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
    ...saidIn(row.sentence),
    contentHash: row.content_hash,
  }));
}
