import type { CaseChange, CaseView, NewCase, RowScope } from '#contracts';
import { sql } from 'kysely';
import { caseColumns, type CaseRow, caseViews, preservationColumns } from './case-rows.ts';
import type { Transaction } from './database.ts';
import { seenPage, seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';
import { assign } from './assignments.ts';

export type CaseToCreate = Omit<NewCase, 'preservation'> & {
  readonly preservation?: NewCase['preservation'];
  readonly createdBy: string;
  readonly warnings: CaseView['warnings'];
};
export type CasePage = {
  readonly rows: RowScope;
  readonly limit: number;
  /** The id of the last row of the page before; null: from the newest. */
  readonly after: string | null;
};

/** What changes of a case; what is left out stays. */
export type CaseToChange = Omit<CaseChange, 'reason'> & {
  readonly caseId: string;
  readonly rows: RowScope;
  /** The version that whoever changes it has seen. */
  readonly version: number;
};
/** `stale`: somebody else changed it meanwhile. Null: not there, or not theirs to change. */
export type CaseChanged = { readonly before: CaseView; readonly now: CaseView } | 'stale' | null;

/** Enforcement cases (执行案件). */
export type Cases = {
  /** `tx`: the transaction of `idempotency.run`; left out, one of its own. */
  create(newCase: CaseToCreate, tx?: Transaction): Promise<CaseView>;
  /** Null: not there, or not theirs to see. */
  get(caseId: string, rows: RowScope): Promise<CaseView | null>;
  /** In a transaction of the caller's: an inquiry that is being sent is finished before, or sees the change. */
  change(toChange: CaseToChange, tx: Transaction): Promise<CaseChanged>;
  /** Newest first. */
  list(page: CasePage): Promise<readonly CaseView[]>;
};

export const openCases = (context: StoreContext): Cases => ({
  create: (newCase, tx) =>
    tx ? createCase(context, tx, newCase) : inTransaction(context.db, (own) => createCase(context, own, newCase)),
  get: (caseId, rows) => getCase(context, caseId, rows),
  change: (toChange, tx) => changeCase({ ...context, db: tx }, toChange),
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
      ...preservationColumns(newCase.preservation ?? null),
      warnings: JSON.stringify(newCase.warnings),
      created_by: createdBy,
      created_at: at,
    })
    .execute();
  await assign(context, tx, { caseId, userId: createdBy, by: createdBy, at, reason: null });
  const { preservation = null } = newCase;
  const fresh = { state: 'in-progress', version: 1, createdAt: context.toInstant(at), debtors: [] } as const;
  return { ...newCase, ...fresh, caseId, preservation, debtors: [] };
}

async function getCase(context: StoreContext, caseId: string, scope: RowScope): Promise<CaseView | null> {
  const { rows } = await sql<CaseRow>`SELECT ${caseColumns} FROM cases
    WHERE case_id = ${caseId} AND ${seesCase(scope, 'cases.case_id')}`.execute(context.db);
  const [view] = await caseViews(context, rows);
  return view ?? null;
}

async function changeCase(context: StoreContext, toChange: CaseToChange): Promise<CaseChanged> {
  const { caseId, rows: scope, version, ...change } = toChange;
  const { rows } = await sql<CaseRow>`SELECT ${caseColumns} FROM cases
    WHERE case_id = ${caseId} AND ${seesCase(scope, 'cases.case_id')} FOR UPDATE`.execute(context.db);
  const [before] = await caseViews(context, rows);
  if (!before) return null;
  if (before.version !== version) return 'stale';
  const now = { ...before, ...definedOf(change), version: version + 1 };
  await context.db
    .updateTable('cases')
    .set({
      state: now.state,
      version: now.version,
      claim_amount: now.claim?.amount ?? null,
      claim_currency: now.claim?.currency ?? null,
      filed_on: now.filedOn,
      execution_notice_on: now.executionNoticeOn,
      ...preservationColumns(now.preservation),
    })
    .where('case_id', '=', caseId)
    .execute();
  return { before, now };
}

type Changed = Pick<CaseView, 'state' | 'claim' | 'filedOn' | 'executionNoticeOn' | 'preservation'>;

/** What is left out stays; null takes away. */
function definedOf(change: Omit<CaseChange, 'reason'>): Partial<Changed> {
  const { state, claim, filedOn, executionNoticeOn, preservation } = change;
  return {
    ...(state === undefined ? {} : { state }),
    ...(claim === undefined ? {} : { claim }),
    ...(filedOn === undefined ? {} : { filedOn }),
    ...(executionNoticeOn === undefined ? {} : { executionNoticeOn }),
    ...(preservation === undefined ? {} : { preservation }),
  };
}

async function listCases(context: StoreContext, { rows: scope, limit, after }: CasePage): Promise<readonly CaseView[]> {
  const seen = seenPage(scope, { table: 'cases', key: 'case_id', after, limit: bounded(limit) });
  const { rows } = await sql<CaseRow>`SELECT ${caseColumns} FROM (${seen}) AS seen JOIN cases USING (case_id)
    ORDER BY case_id DESC`.execute(context.db);
  return caseViews(context, rows);
}
