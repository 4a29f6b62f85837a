import { caseStateSchema, type CaseView, caseViewSchema } from '#contracts';
import { sql } from 'kysely';
import { type DebtorRow, openDebtorRow, summarizeDebtor } from './debtor-row.ts';
import type { StoreContext } from './store-context.ts';

export type CaseRow = {
  case_id: string;
  court_code: string;
  court_name: string;
  case_number: string;
  legal_basis: string;
  claim_amount: string | null;
  claim_currency: string | null;
  filed_on: string | null;
  execution_notice_on: string | null;
  state: string;
  version: number;
  preservation_amount: string | null;
  preservation_currency: string | null;
  preservation_document: string | null;
  preservation_file_id: string | null;
  warnings: unknown;
  created_at: Date;
};

/** Debtors shown with a case; a case has a handful. */
const mostDebtors = 200;

export const caseColumns = sql`case_id, court_code, court_name, case_number, legal_basis, claim_amount, claim_currency,
  filed_on::text AS filed_on, execution_notice_on::text AS execution_notice_on, state, version, preservation_amount,
  preservation_currency, preservation_document, preservation_file_id, warnings, created_at`;

/** The columns of an ordered amount and its order. */
export const preservationColumns = (preservation: CaseView['preservation']) => ({
  preservation_amount: preservation?.limit.amount ?? null,
  preservation_currency: preservation?.limit.currency ?? null,
  preservation_document: preservation?.documentNumber ?? null,
  preservation_file_id: preservation?.fileId ?? null,
});

export async function caseViews(context: StoreContext, rows: readonly CaseRow[]): Promise<CaseView[]> {
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
    preservation: preservationOf(row),
    state: caseStateSchema.parse(row.state),
    version: row.version,
    createdAt: toInstant(row.created_at),
    warnings: caseViewSchema.shape.warnings.parse(row.warnings),
    debtors,
  };
}

function preservationOf(row: CaseRow): CaseView['preservation'] {
  const { preservation_amount: amount, preservation_currency: currency } = row;
  const { preservation_document: documentNumber, preservation_file_id: fileId } = row;
  if (amount === null || currency === null || documentNumber === null || fileId === null) return null;
  return { limit: { amount, currency }, documentNumber, fileId };
}
