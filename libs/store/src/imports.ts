import { type ImportMapping, importMappingSchema, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { type DebtorRow, openDebtorRow } from './debtor-row.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';

/** What a file said: its cells as text, the first row being the headers. */
export type ImportContent = {
  readonly format: 'xlsx' | 'csv';
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030' | null;
  readonly headers: readonly string[];
  readonly rows: readonly {
    readonly row: number;
    readonly cells: readonly string[];
    readonly formulas: readonly number[];
  }[];
};
export type ImportToKeep = {
  readonly courtCode: string;
  readonly createdBy: string;
  readonly hash: string;
  readonly content: ImportContent;
  readonly mapping: ImportMapping;
  readonly expiresAt: Date;
};
/** What became of a row: the inquiry, or why it was refused. */
export type ImportOutcome = {
  readonly row: number;
  readonly inquiryId: string | null;
  readonly codes: readonly string[];
};
export type StoredImport = {
  readonly importId: string;
  readonly hash: string;
  readonly content: ImportContent;
  readonly mapping: ImportMapping;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly outcomes: readonly ImportOutcome[];
};

/** What a list names: cases by their numbers, people by the blind indexes of theirs. */
export type NamedInList = { readonly caseNumbers: readonly string[]; readonly indexes: readonly string[] };

/** What is known of the cases and people that an import names; only where the caller may act. */
export type ImportSurroundings = {
  readonly cases: readonly { readonly caseId: string; readonly caseNumber: string }[];
  /** People of those cases who bear a number of the list; by every name that is known of them. */
  readonly debtors: readonly {
    readonly debtorId: string;
    readonly caseId: string;
    readonly indexes: readonly string[];
    readonly names: readonly string[];
  }[];
  /** People of those cases about whom an inquiry is under way. */
  readonly running: readonly {
    readonly inquiryId: string;
    readonly caseId: string;
    readonly indexes: readonly string[];
  }[];
};

/** Lists that somebody brought (批量导入): sealed, for a short time, and only for whoever brought them. */
export type Imports = {
  keep(tx: Transaction, toKeep: ImportToKeep): Promise<string>;
  /** Null: no such import, somebody else's, or its time is over. */
  get(importId: string, userId: string): Promise<StoredImport | null>;
  /** Keeps everybody else from sending of this list until the transaction ends. Null: no such import of this person. */
  holdStill(tx: Transaction, importId: string, userId: string): Promise<string | null>;
  setMapping(tx: Transaction, toSet: { readonly importId: string; readonly mapping: ImportMapping }): Promise<void>;
  /** False: the row has its outcome already, whoever gave it. */
  settle(tx: Transaction, importId: string, outcome: ImportOutcome): Promise<boolean>;
  surroundings(list: NamedInList, rows: RowScope): Promise<ImportSurroundings>;
  /** The blind index of an identifier under every key there ever was. */
  indexesOf(type: string, normalised: string): readonly string[];
};

export const openImports = (context: StoreContext): Imports => ({
  keep: (tx, toKeep) => keep(context, tx, toKeep),
  get: (importId, userId) => find(context, importId, userId),
  async holdStill(tx, importId, userId) {
    // leaves room for the rows that refer to it
    const { rows } = await sql<{ import_id: string }>`SELECT import_id FROM imports WHERE import_id = ${importId}
      AND created_by = ${userId} AND content IS NOT NULL FOR NO KEY UPDATE`.execute(tx);
    return rows[0]?.import_id ?? null;
  },
  async setMapping(tx, { importId, mapping }) {
    await sql`UPDATE imports SET mapping = ${JSON.stringify(mapping)}::jsonb WHERE import_id = ${importId}`.execute(tx);
  },
  settle: (tx, importId, outcome) => settle(context, tx, { importId, outcome }),
  surroundings: (list, rows) => readSurroundings(context, list, rows),
  indexesOf: (type, normalised) => context.keyring.blindIndexes(type, normalised),
});

const contentPlace = (importId: string): string => `imports.content/${importId}`;

async function keep(context: StoreContext, tx: Transaction, toKeep: ImportToKeep): Promise<string> {
  const importId = context.newId('imp');
  const at = context.clock();
  const sealed = await context.seals.sealLargeJson(toKeep.content, contentPlace(importId));
  await sql`INSERT INTO imports (import_id, court_code, created_by, hash, content, mapping, created_at, expires_at)
    VALUES (${importId}, ${toKeep.courtCode}, ${toKeep.createdBy}, ${toKeep.hash}, ${sealed},
      ${JSON.stringify(toKeep.mapping)}::jsonb, ${at}, ${toKeep.expiresAt})`.execute(tx);
  return importId;
}

type Row = { hash: string; content: Buffer; mapping: unknown; created_at: Date; expires_at: Date };

async function find(context: StoreContext, importId: string, userId: string): Promise<StoredImport | null> {
  const { rows } = await sql<Row>`SELECT hash, content, mapping, created_at, expires_at FROM imports
    WHERE import_id = ${importId} AND created_by = ${userId} AND content IS NOT NULL
      AND expires_at > ${context.clock()}`.execute(context.db);
  const [row] = rows;
  if (!row) return null;
  const { rows: settled } = await sql<{ row_no: number; inquiry_id: string | null; codes: string[] }>`
    SELECT row_no, inquiry_id, codes FROM import_rows WHERE import_id = ${importId} ORDER BY row_no`.execute(
    context.db,
  );
  return {
    importId,
    hash: row.hash,
    content: context.seals.openJson<ImportContent>(row.content, contentPlace(importId)),
    mapping: importMappingSchema.parse(row.mapping),
    createdAt: context.toInstant(row.created_at),
    expiresAt: context.toInstant(row.expires_at),
    outcomes: settled.map(({ row_no, inquiry_id, codes }) => ({ row: row_no, inquiryId: inquiry_id, codes })),
  };
}

async function settle(
  { clock }: StoreContext,
  tx: Transaction,
  { importId, outcome }: { readonly importId: string; readonly outcome: ImportOutcome },
): Promise<boolean> {
  const { rows } = await sql`INSERT INTO import_rows (import_id, row_no, inquiry_id, codes, at)
    VALUES (${importId}, ${outcome.row}, ${outcome.inquiryId}, ${[...outcome.codes]}::text[], ${clock()})
    ON CONFLICT (import_id, row_no) DO NOTHING RETURNING row_no`.execute(tx);
  return rows.length > 0;
}

async function readSurroundings(
  context: StoreContext,
  { caseNumbers, indexes }: NamedInList,
  scope: RowScope,
): Promise<ImportSurroundings> {
  const { db } = context;
  const { rows: cases } = await sql<{ case_id: string; case_number: string }>`SELECT case_id, case_number FROM cases
    WHERE case_number = ANY(${[...new Set(caseNumbers)]}::text[]) AND ${seesCase(scope, 'cases.case_id')}
    LIMIT 10000`.execute(db);
  const caseIds = cases.map(({ case_id }) => case_id);
  const numbers = [...new Set(indexes)];
  const { rows: debtors } = await sql<DebtorRow & { id_indexes: string[] }>`
    SELECT debtor_id, case_id, body, created_at, id_indexes FROM debtors
    WHERE case_id = ANY(${caseIds}::text[]) AND id_indexes && ${numbers}::text[]
    ORDER BY debtor_id LIMIT 10000`.execute(db);
  const { rows: running } = await sql<{ inquiry_id: string; case_id: string; id_indexes: string[] }>`
    SELECT i.inquiry_id, i.case_id, d.id_indexes FROM inquiries i JOIN debtors d ON d.debtor_id = i.debtor_id
    WHERE i.case_id = ANY(${caseIds}::text[]) AND d.id_indexes && ${numbers}::text[]
      AND i.closed_at IS NULL AND i.cancelled_at IS NULL
    LIMIT 10000`.execute(db);
  return {
    cases: cases.map((each) => ({ caseId: each.case_id, caseNumber: each.case_number })),
    debtors: debtors.map((each) => bearerOf(context, each)),
    running: running.map((each) => ({ inquiryId: each.inquiry_id, caseId: each.case_id, indexes: each.id_indexes })),
  };
}

function bearerOf(
  context: StoreContext,
  row: DebtorRow & { readonly id_indexes: string[] },
): ImportSurroundings['debtors'][number] {
  const { debtorId, caseId, debtor } = openDebtorRow(context, row);
  return { debtorId, caseId, indexes: row.id_indexes, names: [debtor.name, ...debtor.formerNames, ...debtor.aliases] };
}
