import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

export const reportsMigration = statements(
  `CREATE TABLE reports (
    report_id text PRIMARY KEY,
    inquiry_id text NOT NULL REFERENCES inquiries,
    court_code text NOT NULL,
    report_version integer NOT NULL CHECK (report_version >= 1),
    supersedes text REFERENCES reports,
    content_hash text NOT NULL,
    cause text NOT NULL,
    counts jsonb NOT NULL,
    sentence jsonb NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (inquiry_id, report_version),
    CHECK ((report_version = 1) = (supersedes IS NULL))
  )`,
  'ALTER TABLE reports ALTER COLUMN body SET STORAGE EXTERNAL',
  ...appendOnly('reports'),
);
