import { type DebtorVersion, debtorVersionSchema, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { saidIn } from './report-items.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type StoredComparison = {
  readonly comparisonId: string;
  readonly olderReportId: string;
  readonly newerReportId: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly createdAt: string;
};
export type ComparisonToKeep = Omit<StoredComparison, 'comparisonId' | 'createdAt'> & {
  /** Null: a schedule. */
  readonly createdBy: string | null;
};

/** Which two versions were compared (比对). What differs between them is worked out whenever it is read. */
export type Comparisons = {
  /** The same pair gives the same comparison, whoever makes it. */
  keep(tx: Transaction, made: ComparisonToKeep): Promise<StoredComparison>;
  /** Null: no such comparison, or of a case that is not theirs to see. */
  get(comparisonId: string, rows: RowScope): Promise<StoredComparison | null>;
  /** Every version about one debtor, newest first. */
  versionsOf(debtorId: string, page: VersionPage): Promise<readonly DebtorVersion[]>;
};
export type VersionPage = { readonly rows: RowScope; readonly after: string | null; readonly limit: number };

export const openComparisons = (context: StoreContext): Comparisons => ({
  keep: (tx, made) => keep(context, tx, made),
  get: async (comparisonId, rows) => {
    const found = await sql<Row>`SELECT ${columns} FROM comparisons AS c
      WHERE c.comparison_id = ${comparisonId} AND ${seesCase(rows, 'c.case_id')}`.execute(context.db);
    return found.rows[0] ? comparisonOf(context, found.rows[0]) : null;
  },
  versionsOf: (debtorId, page) => versionsOf(context, debtorId, page),
});

type Row = {
  comparison_id: string;
  older_report_id: string;
  newer_report_id: string;
  case_id: string;
  debtor_id: string;
  created_at: Date;
};
const columns = sql`c.comparison_id, c.older_report_id, c.newer_report_id, c.case_id, c.debtor_id, c.created_at`;

const comparisonOf = ({ toInstant }: StoreContext, row: Row): StoredComparison => ({
  comparisonId: row.comparison_id,
  olderReportId: row.older_report_id,
  newerReportId: row.newer_report_id,
  caseId: row.case_id,
  debtorId: row.debtor_id,
  createdAt: toInstant(row.created_at),
});

async function keep(context: StoreContext, tx: Transaction, made: ComparisonToKeep): Promise<StoredComparison> {
  const { olderReportId, newerReportId, caseId, debtorId, createdBy } = made;
  await sql`INSERT INTO comparisons (comparison_id, older_report_id, newer_report_id, case_id, debtor_id, created_by,
      created_at)
    VALUES (${context.newId('cmp')}, ${olderReportId}, ${newerReportId}, ${caseId}, ${debtorId}, ${createdBy},
      ${context.clock()}) ON CONFLICT (older_report_id, newer_report_id) DO NOTHING`.execute(tx);
  const { rows } = await sql<Row>`SELECT ${columns} FROM comparisons AS c
    WHERE c.older_report_id = ${olderReportId} AND c.newer_report_id = ${newerReportId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('a comparison was kept and is not there');
  return comparisonOf(context, row);
}

type VersionRow = {
  report_id: string;
  report_version: number;
  supersedes: string | null;
  cause: string;
  created_at: Date;
  counts: unknown;
  sentence: unknown;
  content_hash: string;
  inquiry_id: string;
  purpose: string;
};

async function versionsOf(
  context: StoreContext,
  debtorId: string,
  { rows: scope, after, limit }: VersionPage,
): Promise<readonly DebtorVersion[]> {
  const { rows } = await sql<VersionRow>`SELECT r.report_id, r.report_version, r.supersedes, r.cause, r.created_at,
      r.counts, r.sentence, r.content_hash, i.inquiry_id, i.purpose
    FROM inquiries AS i JOIN reports AS r USING (inquiry_id)
    WHERE i.debtor_id = ${debtorId} AND (${after}::text IS NULL OR r.report_id < ${after})
      AND ${seesCase(scope, 'i.case_id')}
    ORDER BY r.report_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) =>
    debtorVersionSchema.parse({
      reportId: row.report_id,
      reportVersion: row.report_version,
      supersedes: row.supersedes,
      cause: row.cause,
      createdAt: context.toInstant(row.created_at),
      counts: row.counts,
      ...saidIn(row.sentence),
      contentHash: row.content_hash,
      inquiryId: row.inquiry_id,
      purpose: row.purpose,
    }),
  );
}
