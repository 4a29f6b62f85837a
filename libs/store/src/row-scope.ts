import type { RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';

/**
 * Row scope, in SQL: true where the case in this column may be seen. What may not be seen is not there, so that another
 * court's existence is never told.
 * @param column a column with a case id, such as `i.case_id`
 */
export function seesCase(rows: RowScope, column: string): RawBuilder<unknown> {
  if (rows === 'inside') return sql`TRUE`;
  const courts = [...rows.courtCodes];
  return sql`EXISTS (SELECT FROM cases AS seen
    WHERE seen.case_id = ${sql.ref(column)} AND seen.court_code = ANY(${courts}::text[]))`;
}
