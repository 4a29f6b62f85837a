import type { Changes, Report, ReportBody, ReportSignature, ReportVersionItem, RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { listVersions, saidOf } from './report-items.ts';
import { readMaterial, type ReportMaterial } from './report-material.ts';
import { seesCase } from './row-scope.ts';
import { readSealedVersion, readSignature, type SealedVersion } from './sealed-versions.ts';
import { rememberKey } from './signing-keys.ts';
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
  /** For whoever wants to know whether a version is ours; null: no such version. */
  sealed(reportId: string): Promise<SealedVersion | null>;
  /** The last version; null before there is one. */
  latest(inquiryId: string): Promise<Report | null>;
  /** Newest first. */
  list(inquiryId: string): Promise<readonly ReportVersionItem[]>;
};

export const openReports = (context: StoreContext): Reports => ({
  material: (inquiryId, rows = 'inside') => readMaterial(context, inquiryId, rows),
  append: (version) => append(context, version),
  get: (reportId, rows) => getReport(context, reportId, rows),
  sealed: (reportId) => readSealedVersion(context, reportId),
  latest: (inquiryId) => latestReport(context, inquiryId),
  list: (inquiryId) => listVersions(context, inquiryId),
});

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
    const names = { reportId, reportVersion, supersedes, contentHash };
    const at = context.clock();
    const signature = signatureOf(context, { ...names, inquiryId, at });
    const next: Report = { ...body, ...names, changes, signature };
    const cause = succession?.cause ?? version.cause;
    await insertVersion(context, tx, { inquiryId, cause, next, at, sealed, courtCode: latest.court_code });
    await markMerged(tx, inquiryId, upToSeq);
    return next;
  });
}

type NewVersion = {
  readonly inquiryId: string;
  readonly cause: string;
  readonly next: Report;
  readonly at: Date;
  readonly sealed: Uint8Array;
  readonly courtCode: string;
};

async function insertVersion(
  context: StoreContext,
  tx: Transaction,
  { inquiryId, cause, next, at, sealed, courtCode }: NewVersion,
): Promise<void> {
  const { reportId, reportVersion, contentHash, coverage, summary, changes } = next;
  await rememberKey(context, tx);
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
      signature: JSON.stringify(next.signature),
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

type ToSign = Pick<Report, 'reportId' | 'reportVersion' | 'inquiryId' | 'supersedes' | 'contentHash'> & {
  readonly at: Date;
};

/** Which version of what it is, and when it was sealed; the content is bound by its hash. */
function signatureOf({ signer, toInstant }: StoreContext, { at, ...named }: ToSign): ReportSignature {
  const claims = { kind: 'report', ...named, sealedAt: toInstant(at) } as const;
  return { claims, jws: signer.sign(claims) };
}

const markMerged = (tx: Transaction, inquiryId: string, upToSeq: number): Promise<unknown> =>
  sql`UPDATE inquiries SET merged_seq = ${upToSeq}, merge_due = state_seq > ${upToSeq}
    WHERE inquiry_id = ${inquiryId}`.execute(tx);

type ReportRow = {
  report_version: number;
  supersedes: string | null;
  content_hash: string;
  body: Buffer;
  signature: unknown;
};

async function getReport({ db, seals }: StoreContext, reportId: string, scope: RowScope): Promise<Report | null> {
  const { rows } = await sql<ReportRow>`SELECT r.report_version, r.supersedes, r.content_hash, r.body, r.signature
    FROM reports AS r JOIN inquiries AS i USING (inquiry_id) WHERE r.report_id = ${reportId} AND ${seesCase(scope, 'i.case_id')}`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const { report_version: reportVersion, supersedes, content_hash: contentHash } = row;
  const kept = seals.openJson<Kept | ReportBody>(row.body, reportPlace(reportId));
  const { body, changes } = 'body' in kept ? kept : { body: kept, changes: null };
  return {
    ...body,
    reportId,
    reportVersion,
    supersedes,
    contentHash,
    changes,
    signature: readSignature(row.signature),
  };
}

/** What is sealed in a row (docs/decisions/0016-changes-are-kept-with-the-version-they-belong-to.md); older rows hold the body alone. */
type Kept = { readonly body: ReportBody; readonly changes: Changes | null };

async function latestReport(context: StoreContext, inquiryId: string): Promise<Report | null> {
  const { rows } = await sql<{ latest_report_id: string | null }>`SELECT latest_report_id FROM inquiries
    WHERE inquiry_id = ${inquiryId}`.execute(context.db);
  const reportId = rows[0]?.latest_report_id ?? null;
  return reportId === null ? null : getReport(context, reportId, 'inside');
}
