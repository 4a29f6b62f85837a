import { statements } from './statements.ts';

/** Lists of debtors that somebody brought as a file (批量导入), and what became of their rows. */
export const importsMigration = statements(
  `CREATE TABLE imports (
    import_id text PRIMARY KEY,
    court_code text NOT NULL,
    created_by text NOT NULL,
    hash text NOT NULL,
    content bytea,
    mapping jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    culled_at timestamptz,
    culled_by text
  )`,
  'ALTER TABLE imports ALTER COLUMN content SET STORAGE EXTERNAL',
  'CREATE INDEX imports_kept ON imports (expires_at) WHERE content IS NOT NULL',
  `CREATE TABLE import_rows (
    import_id text NOT NULL REFERENCES imports,
    row_no integer NOT NULL,
    inquiry_id text REFERENCES inquiries,
    codes text[] NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (import_id, row_no),
    CHECK ((inquiry_id IS NULL) = (cardinality(codes) > 0))
  )`,
  'CREATE INDEX cases_by_number ON cases (case_number)',
);
