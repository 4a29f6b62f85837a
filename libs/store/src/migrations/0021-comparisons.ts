import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

/**
 * Which versions were compared, when a debtor is asked about again, and what officers wrote down. No comparison is kept,
 * only which two versions it is of: they never change. Notes are sealed and only ever added.
 */
export const comparisonsMigration = statements(
  `CREATE TABLE comparisons (
    comparison_id text PRIMARY KEY,
    older_report_id text NOT NULL REFERENCES reports,
    newer_report_id text NOT NULL REFERENCES reports,
    case_id text NOT NULL REFERENCES cases,
    debtor_id text NOT NULL REFERENCES debtors,
    created_by text,
    created_at timestamptz NOT NULL,
    UNIQUE (older_report_id, newer_report_id),
    CHECK (older_report_id <> newer_report_id)
  )`,
  ...appendOnly('comparisons'),
  'CREATE INDEX inquiries_of_debtor ON inquiries (debtor_id, inquiry_id DESC)',
  `CREATE TABLE schedules (
    schedule_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    debtor_id text NOT NULL REFERENCES debtors,
    inquiry_id text NOT NULL REFERENCES inquiries,
    interval_months integer NOT NULL CHECK (interval_months BETWEEN 1 AND 12),
    years integer NOT NULL CHECK (years BETWEEN 1 AND 10),
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on >= starts_on),
    scope jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
    state_reason bytea NOT NULL,
    state_by text NOT NULL,
    state_at timestamptz NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  "CREATE UNIQUE INDEX schedules_standing ON schedules (case_id, debtor_id) WHERE state <> 'ended'",
  'CREATE INDEX schedules_of_case ON schedules (case_id, schedule_id DESC)',
  `CREATE TABLE schedule_runs (
    schedule_id text NOT NULL REFERENCES schedules,
    run_no integer NOT NULL CHECK (run_no >= 1),
    due_on date NOT NULL,
    state text NOT NULL
      CHECK (state IN ('planned', 'prepared', 'sent', 'compared', 'missed', 'dropped', 'failed')),
    prepared_at timestamptz,
    inquiry_id text REFERENCES inquiries,
    sent_at timestamptz,
    comparison_id text REFERENCES comparisons,
    settled_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    failure text,
    PRIMARY KEY (schedule_id, run_no),
    CHECK ((inquiry_id IS NULL) = (sent_at IS NULL)),
    CHECK (state NOT IN ('sent', 'compared', 'failed') OR inquiry_id IS NOT NULL),
    CHECK ((state = 'compared') = (comparison_id IS NOT NULL))
  )`,
  "CREATE INDEX schedule_runs_to_prepare ON schedule_runs (due_on) WHERE state = 'planned'",
  "CREATE INDEX schedule_runs_to_compare ON schedule_runs (sent_at) WHERE state = 'sent'",
  `CREATE TABLE case_notes (
    note_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    body bytea NOT NULL,
    written_by text NOT NULL,
    written_at timestamptz NOT NULL
  )`,
  'CREATE INDEX case_notes_of_case ON case_notes (case_id, note_id DESC)',
  ...appendOnly('case_notes'),
);
