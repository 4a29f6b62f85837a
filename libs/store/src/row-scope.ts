import type { PersonScope, RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';

/**
 * Row scope, in SQL: true where the case in this column may be seen. What may not be seen is not there, so that another
 * court's existence is never told.
 * @param column a column with a case id, such as `i.case_id`
 */
export function seesCase(rows: RowScope, column: string): RawBuilder<unknown> {
  if (rows === 'inside') return sql`TRUE`;
  const { userId, courtCodes, assignedIn = [] } = rows;
  return sql`EXISTS (SELECT FROM cases AS seen WHERE seen.case_id = ${sql.ref(column)} AND (
    seen.court_code = ANY(${[...courtCodes]}::text[])
    OR (seen.court_code = ANY(${[...assignedIn]}::text[]) AND EXISTS (SELECT FROM case_officers AS works
      WHERE works.case_id = seen.case_id AND works.user_id = ${userId} AND works.until IS NULL))
    OR EXISTS (SELECT FROM case_readers AS reads WHERE reads.case_id = seen.case_id AND ${mayRead(rows)})))`;
}

/** Of `case_readers AS reads`. */
const mayRead = ({ userId, handedOver }: PersonScope): RawBuilder<unknown> =>
  handedOver === undefined
    ? sql`FALSE`
    : sql`reads.user_id = ${userId} AND reads.until > now() AND (reads.payload OR ${handedOver === 'asking'}::boolean)`;

export type SeenPage = {
  /** A table with a court code that follows its case. */
  readonly table: 'cases' | 'inquiries';
  readonly key: 'case_id' | 'inquiry_id';
  /** The last key of the page before; null: from the newest. */
  readonly after: string | null;
  readonly limit: number;
};

/**
 * The newest keys that may be seen, as a query of one column. Each way of seeing is read along an index of its own and cut
 * at the limit, so that a page costs the same however many rows other courts have.
 */
export function seenPage(rows: RowScope, { table, key, after, limit }: SeenPage): RawBuilder<unknown> {
  const [name, column] = [sql.table(table), sql.ref(`t.${key}`)];
  const newest = sql`(${after}::text IS NULL OR ${column} < ${after}) ORDER BY ${column} DESC LIMIT ${limit}`;
  if (rows === 'inside') return sql`SELECT ${column} FROM ${name} AS t WHERE ${newest}`;
  const { userId, courtCodes, assignedIn = [] } = rows;
  return sql`SELECT ${sql.ref(key)} FROM (
      SELECT found.* FROM unnest(${[...courtCodes]}::text[]) AS court (code)
        CROSS JOIN LATERAL (SELECT ${column} FROM ${name} AS t WHERE t.court_code = court.code AND ${newest}) AS found
      UNION (SELECT ${column} FROM case_officers AS works JOIN ${name} AS t USING (case_id)
        WHERE works.user_id = ${userId} AND works.until IS NULL
          AND t.court_code = ANY(${[...assignedIn]}::text[]) AND ${newest})
      UNION (SELECT ${column} FROM case_readers AS reads JOIN ${name} AS t USING (case_id)
        WHERE ${mayRead(rows)} AND ${newest})
    ) AS any_way ORDER BY ${sql.ref(key)} DESC LIMIT ${limit}`;
}
