import { caseViewSchema, type CaseView, type NewCase, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { type DebtorRow, openDebtorRow, summarizeDebtor } from './debtor-row.ts';
import { seesCase, seenPage } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';
import { assign } from './assignments.ts';

export type CaseToCreate = NewCase & { readonly createdBy: string; readonly warnings: CaseView['warnings'] };
export type CasePage = {
  readonly rows: RowScope;
  readonly limit: number;
  /** The id of the last row of the page before; null: from the newest. */
  readonly after: string | null;
};

type CaseRow = {
  case_id: string;
  court_code: string;
  court_name: string;
  case_number: string;
  legal_basis: string;
  claim_amount: string | null;
  claim_currency: string | null;
  filed_on: string | null;
  execution_notice_on: string | null;
  warnings: unknown;
  created_at: Date;
};

/** Debtors shown with a case; a case has a handful. */
const mostDebtors = 200;

const columns = sql`case_id, court_code, court_name, case_number, legal_basis, claim_amount, claim_currency,
  filed_on::text AS filed_on, execution_notice_on::text AS execution_notice_on, warnings, created_at`;

/** Enforcement cases (执行案件). */
export type Cases = {
  /** `tx`: the transaction of `idempotency.run`; left out, one of its own. */
  create(newCase: CaseToCreate, tx?: Transaction): Promise<CaseView>;
  /** Null: not there, or not theirs to see. */
  get(caseId: string, rows: RowScope): Promise<CaseView | null>;
  /** Newest first. */
  list(page: CasePage): Promise<readonly CaseView[]>;
};

export const openCases = (context: StoreContext): Cases => ({
  create: (newCase, tx) =>
    tx ? createCase(context, tx, newCase) : inTransaction(context.db, (own) => createCase(context, own, newCase)),
  get: (caseId, rows) => getCase(context, caseId, rows),
  list: (page) => listCases(context, page),
});

/** Whoever enters a case works on it. */
async function createCase(
  context: StoreContext,
  tx: Transaction,
  { createdBy, ...newCase }: CaseToCreate,
): Promise<CaseView> {
  const caseId = context.newId('case');
  const at = context.clock();
  await tx
    .insertInto('cases')
    .values({
      case_id: caseId,
      court_code: newCase.courtCode,
      court_name: newCase.courtName,
      case_number: newCase.caseNumber,
      legal_basis: newCase.legalBasis,
      claim_amount: newCase.claim?.amount ?? null,
      claim_currency: newCase.claim?.currency ?? null,
      filed_on: newCase.filedOn,
      execution_notice_on: newCase.executionNoticeOn,
      warnings: JSON.stringify(newCase.warnings),
      created_by: createdBy,
      created_at: at,
    })
    .execute();
  await assign(context, tx, { caseId, userId: createdBy, by: createdBy, at, reason: null });
  return { ...newCase, caseId, createdAt: context.toInstant(at), debtors: [] };
}

async function getCase(context: StoreContext, caseId: string, scope: RowScope): Promise<CaseView | null> {
  const { rows } = await sql<CaseRow>`SELECT ${columns} FROM cases
    WHERE case_id = ${caseId} AND ${seesCase(scope, 'cases.case_id')}`.execute(context.db);
  const [view] = await caseViews(context, rows);
  return view ?? null;
}

async function listCases(context: StoreContext, { rows: scope, limit, after }: CasePage): Promise<readonly CaseView[]> {
  const seen = seenPage(scope, { table: 'cases', key: 'case_id', after, limit: bounded(limit) });
  const { rows } = await sql<CaseRow>`SELECT ${columns} FROM (${seen}) AS seen JOIN cases USING (case_id)
    ORDER BY case_id DESC`.execute(context.db);
  return caseViews(context, rows);
}

async function caseViews(context: StoreContext, rows: readonly CaseRow[]): Promise<CaseView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.case_id);
  const debtors =
    await sql<DebtorRow>`SELECT debtor_id, case_id, body, created_at FROM unnest(${ids}::text[]) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM debtors WHERE case_id = wanted.id ORDER BY debtor_id LIMIT ${mostDebtors}) AS found
  `.execute(context.db);
  const ofCase = Map.groupBy(debtors.rows, (row) => row.case_id);
  return rows.map((row) => {
    const own = ofCase.get(row.case_id) ?? [];
    return caseView(
      context,
      row,
      own.map((debtor) => summarizeDebtor(openDebtorRow(context, debtor))),
    );
  });
}

function caseView({ toInstant }: StoreContext, row: CaseRow, debtors: CaseView['debtors']): CaseView {
  const { claim_amount: amount, claim_currency: currency } = row;
  return {
    caseId: row.case_id,
    caseNumber: row.case_number,
    courtCode: row.court_code,
    courtName: row.court_name,
    legalBasis: row.legal_basis,
    claim: amount === null || currency === null ? null : { amount, currency },
    filedOn: row.filed_on,
    executionNoticeOn: row.execution_notice_on,
    createdAt: toInstant(row.created_at),
    warnings: caseViewSchema.shape.warnings.parse(row.warnings),
    debtors,
  };
}
