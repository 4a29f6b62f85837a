import type { Debtor, RowScope, SearchHit } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import { type DebtorRow, openDebtorRow, summarizeDebtor } from './debtor-row.ts';
import { seenPage, seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type CaseQuestion = { readonly rows: RowScope; readonly limit: number };
type Hit = Omit<SearchHit, 'by'>;
/** What may be looked at of a debtor to tell whether they are meant. */
export type Described = { readonly names: readonly string[]; readonly numbers: readonly string[] };

/**
 * Finding cases (查找). Each way says how far it reaches; what cannot be found without opening everything is not
 * (docs/decisions/0034-what-the-search-looks-into.md).
 */
export type CaseSearch = {
  /** Every case of exactly this number, and the newest cases in whose number it stands. */
  byNumber(asked: CaseQuestion & { readonly number: string; readonly within: number }): Promise<readonly Hit[]>;
  byInquiry(asked: CaseQuestion & { readonly inquiryId: string }): Promise<readonly Hit[]>;
  /** Only what went through a mailbox is kept with its number in the open. */
  byRequestNumber(asked: CaseQuestion & { readonly number: string }): Promise<readonly Hit[]>;
  /** By whole identifiers, through their blind indexes: nobody is opened who is not meant. */
  byIdentifiers(
    asked: CaseQuestion & { readonly identifiers: readonly { readonly type: string; readonly normalised: string }[] },
  ): Promise<readonly Hit[]>;
  /** Debtors of the newest cases, opened one by one. */
  byDebtor(
    asked: CaseQuestion & { readonly within: number; readonly isMeant: (debtor: Described) => boolean },
  ): Promise<readonly Hit[]>;
};

type CaseHit = { case_id: string; case_number: string; inquiry_id: string | null };
type DebtorHit = DebtorRow & { case_number: string };

export const openCaseSearch = (context: StoreContext): CaseSearch => {
  const cases = async (query: RawBuilder<CaseHit>): Promise<readonly Hit[]> =>
    (await query.execute(context.db)).rows.map((row) => ({
      ...{ caseId: row.case_id, caseNumber: row.case_number, inquiryId: row.inquiry_id, debtor: null },
    }));
  return {
    byNumber: ({ rows, limit, number, within }) =>
      cases(casesOfNumber(rows, { number, within, limit: bounded(limit) })),
    byInquiry: ({ rows, limit, inquiryId }) =>
      cases(sql`SELECT c.case_id, c.case_number, i.inquiry_id FROM inquiries i JOIN cases c USING (case_id)
        WHERE i.inquiry_id = ${inquiryId} AND ${seesCase(rows, 'i.case_id')} LIMIT ${bounded(limit)}`),
    byRequestNumber: ({ rows, limit, number }) =>
      cases(sql`SELECT DISTINCT c.case_id, c.case_number, i.inquiry_id FROM mailbox_tasks t
        JOIN inquiries i USING (inquiry_id) JOIN cases c ON c.case_id = i.case_id
        WHERE t.request_number = ${number} AND ${seesCase(rows, 'i.case_id')} LIMIT ${bounded(limit)}`),
    byIdentifiers: (asked) => debtorsOfIdentifiers(context, asked),
    byDebtor: (asked) => debtorsMeant(context, asked),
  };
};

const casesOfNumber = (
  rows: RowScope,
  { number, within, limit }: { readonly number: string; readonly within: number; readonly limit: number },
): RawBuilder<CaseHit> => sql<CaseHit>`SELECT case_id, case_number, NULL AS inquiry_id FROM cases
  WHERE (case_number = ${number} AND ${seesCase(rows, 'cases.case_id')})
    OR (position(${number} IN case_number) > 0
      AND case_id IN (${seenPage(rows, { table: 'cases', key: 'case_id', after: null, limit: bounded(within) })}))
  ORDER BY case_number = ${number} DESC, case_id DESC LIMIT ${limit}`;

async function debtorsOfIdentifiers(
  context: StoreContext,
  { rows: scope, limit, identifiers }: Parameters<CaseSearch['byIdentifiers']>[0],
): Promise<readonly Hit[]> {
  const indexes = identifiers.flatMap(({ type, normalised }) => context.keyring.blindIndexes(type, normalised));
  if (indexes.length === 0) return [];
  const { rows } = await sql<DebtorHit>`SELECT d.debtor_id, d.case_id, d.body, d.created_at, c.case_number
    FROM debtors d JOIN cases c USING (case_id)
    WHERE d.id_indexes && ${indexes}::text[] AND ${seesCase(scope, 'd.case_id')}
    ORDER BY d.case_id DESC, d.debtor_id LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => hitOf(context, row).hit);
}

/** Cases of one page may have more debtors than are opened; those of the newest cases come first. */
const mostOpened = 1_000;

async function debtorsMeant(
  context: StoreContext,
  { rows: scope, limit, within, isMeant }: Parameters<CaseSearch['byDebtor']>[0],
): Promise<readonly Hit[]> {
  const { rows } = await sql<DebtorHit>`SELECT d.debtor_id, d.case_id, d.body, d.created_at, c.case_number
    FROM debtors d JOIN cases c USING (case_id)
    WHERE d.case_id IN (${seenPage(scope, { table: 'cases', key: 'case_id', after: null, limit: bounded(within) })})
    ORDER BY d.case_id DESC, d.debtor_id LIMIT ${mostOpened}`.execute(context.db);
  const hits: Hit[] = [];
  for (const row of rows) {
    const { hit, debtor } = hitOf(context, row);
    if (isMeant(described(debtor))) hits.push(hit);
    if (hits.length >= limit) break;
  }
  return hits;
}

const described = ({ name, aliases, formerNames, ids }: Debtor): Described => ({
  names: [name, ...aliases, ...formerNames],
  numbers: ids.map(({ normalised }) => normalised),
});

function hitOf(context: StoreContext, row: DebtorHit): { readonly hit: Hit; readonly debtor: Debtor } {
  const stored = openDebtorRow(context, row);
  const { case_id: caseId, case_number: caseNumber } = row;
  return { hit: { caseId, caseNumber, inquiryId: null, debtor: summarizeDebtor(stored) }, debtor: stored.debtor };
}
