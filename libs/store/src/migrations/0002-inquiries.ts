import { statements } from './statements.ts';

/**
 * `merge_due` is a column of its own, because a partial index over the two sequences would turn every append into an
 * update of all indexes of the row.
 */
export const inquiriesMigration = statements(
  `CREATE TABLE inquiries (
    inquiry_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    debtor_id text NOT NULL REFERENCES debtors,
    court_code text NOT NULL,
    purpose text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    close_at timestamptz NOT NULL,
    document_file_id text REFERENCES files,
    document_index text NOT NULL,
    body bytea NOT NULL,
    unasked bytea NOT NULL,
    asked_count integer NOT NULL CHECK (asked_count >= 0),
    unasked_count integer NOT NULL CHECK (unasked_count >= 0),
    closed_at timestamptz,
    cancelled_at timestamptz,
    cancelled_by text,
    last_seq integer NOT NULL DEFAULT 0,
    state_seq integer NOT NULL DEFAULT 0 CHECK (state_seq <= last_seq),
    merged_seq integer NOT NULL DEFAULT -1 CHECK (merged_seq <= last_seq),
    merge_due boolean NOT NULL DEFAULT true,
    latest_report_id text,
    latest_report_version integer NOT NULL DEFAULT 0,
    latest_report_at timestamptz,
    latest_content_hash text,
    CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL))
  ) WITH (fillfactor = 80)`,
  'ALTER TABLE inquiries ALTER COLUMN body SET STORAGE EXTERNAL',
  'ALTER TABLE inquiries ALTER COLUMN unasked SET STORAGE EXTERNAL',
  'CREATE INDEX inquiries_of_court ON inquiries (court_code, inquiry_id DESC)',
  'CREATE INDEX inquiries_of_case ON inquiries (case_id, inquiry_id DESC)',
  'CREATE INDEX inquiries_of_document ON inquiries (document_index)',
  'CREATE INDEX inquiries_to_merge ON inquiries (inquiry_id) WHERE merge_due',
  'CREATE INDEX inquiries_to_close ON inquiries (close_at) WHERE closed_at IS NULL',
  `CREATE TABLE shards (
    inquiry_id text NOT NULL REFERENCES inquiries,
    channel_id text NOT NULL,
    shard_no integer NOT NULL,
    mode text NOT NULL,
    agency_ids text[] NOT NULL CHECK (cardinality(agency_ids) >= 1),
    lines bytea NOT NULL,
    generation integer NOT NULL DEFAULT 1,
    fence integer NOT NULL DEFAULT 0,
    settled boolean NOT NULL DEFAULT false,
    next_at timestamptz,
    worker_id text,
    PRIMARY KEY (inquiry_id, channel_id, shard_no)
  ) WITH (fillfactor = 80)`,
  'ALTER TABLE shards ALTER COLUMN lines SET STORAGE EXTERNAL',
  'CREATE INDEX shards_open ON shards (inquiry_id, channel_id, shard_no) WHERE NOT settled',
  `CREATE TABLE request_serials (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    next_serial bigint NOT NULL
  )`,
  'INSERT INTO request_serials (next_serial) VALUES (1)',
);
