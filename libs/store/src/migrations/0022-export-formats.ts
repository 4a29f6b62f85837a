import { statements } from './statements.ts';

/** Exports as paper and as sheets, beside JSON. */
export const exportFormatsMigration = statements(
  `ALTER TABLE exports ADD COLUMN format text NOT NULL DEFAULT 'json' CHECK (format IN ('json', 'pdf', 'xlsx'))`,
);
