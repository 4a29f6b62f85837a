import type { Debtor, DebtorView, RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { type DebtorRow, debtorPlace, openDebtorRow, type StoredDebtor, viewDebtor } from './debtor-row.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';

export type DebtorToCreate = {
  readonly caseId: string;
  readonly rows: RowScope;
  readonly debtor: Debtor;
  readonly warnings: DebtorView['warnings'];
};

const mostOfCase = 200;

/** Debtors (被执行人): sealed whole, found again by case and id only. */
export type Debtors = {
  /** Null: no such case is theirs. `tx`: the transaction of `idempotency.run`; left out, one of its own. */
  create(debtor: DebtorToCreate, tx?: Transaction): Promise<DebtorView | null>;
  get(debtorId: string, rows: RowScope): Promise<StoredDebtor | null>;
  ofCase(caseId: string, rows: RowScope): Promise<readonly DebtorView[]>;
};

export const openDebtors = (context: StoreContext): Debtors => ({
  create: (debtor, tx) => createDebtor(tx ? { ...context, db: tx } : context, debtor),
  get: (debtorId, rows) => getDebtor(context, debtorId, rows),
  ofCase: (caseId, rows) => debtorsOfCase(context, caseId, rows),
});

async function createDebtor(context: StoreContext, toCreate: DebtorToCreate): Promise<DebtorView | null> {
  const { caseId, rows: scope, debtor, warnings } = toCreate;
  const { seals, keyring } = context;
  const debtorId = context.newId('deb');
  const at = context.clock();
  const body = seals.sealJson({ debtor, warnings }, debtorPlace(debtorId));
  const indexes = debtor.ids.map(({ type, normalised }) => keyring.blindIndex(type, normalised));
  const { rows } = await sql<{ debtor_id: string }>`
    INSERT INTO debtors (debtor_id, case_id, court_code, body, id_indexes, created_at)
    SELECT ${debtorId}, case_id, court_code, ${body}::bytea, ${indexes}::text[], ${at}::timestamptz
    FROM cases WHERE case_id = ${caseId} AND ${seesCase(scope, 'cases.case_id')}
    RETURNING debtor_id`.execute(context.db);
  if (rows.length === 0) return null;
  return viewDebtor({ debtorId, caseId, debtor, warnings, createdAt: context.toInstant(at) });
}

async function getDebtor(context: StoreContext, debtorId: string, scope: RowScope): Promise<StoredDebtor | null> {
  const { rows } = await sql<DebtorRow>`SELECT debtor_id, case_id, body, created_at FROM debtors
    WHERE debtor_id = ${debtorId} AND ${seesCase(scope, 'debtors.case_id')}`.execute(context.db);
  return rows[0] ? openDebtorRow(context, rows[0]) : null;
}

async function debtorsOfCase(context: StoreContext, caseId: string, scope: RowScope): Promise<readonly DebtorView[]> {
  const { rows } = await sql<DebtorRow>`SELECT debtor_id, case_id, body, created_at FROM debtors
    WHERE case_id = ${caseId} AND ${seesCase(scope, 'debtors.case_id')} ORDER BY debtor_id LIMIT ${mostOfCase}`.execute(
    context.db,
  );
  return rows.map((row) => viewDebtor(openDebtorRow(context, row)));
}
