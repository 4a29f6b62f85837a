import { statements } from './statements.ts';

/** Sealed bytes do not compress any further: they are stored as they are. */
export const casesMigration = statements(
  `CREATE TABLE cases (
    case_id text PRIMARY KEY,
    court_code text NOT NULL,
    court_name text NOT NULL,
    case_number text NOT NULL,
    legal_basis text NOT NULL,
    claim_amount text CHECK (claim_amount ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?$'),
    claim_currency text CHECK (claim_currency ~ '^[A-Z]{3}$'),
    filed_on date,
    execution_notice_on date,
    warnings jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK ((claim_amount IS NULL) = (claim_currency IS NULL))
  )`,
  'CREATE INDEX cases_of_court ON cases (court_code, case_id DESC)',
  `CREATE TABLE debtors (
    debtor_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    court_code text NOT NULL,
    body bytea NOT NULL,
    id_indexes text[] NOT NULL CHECK (cardinality(id_indexes) >= 1),
    created_at timestamptz NOT NULL
  )`,
  'CREATE INDEX debtors_of_case ON debtors (case_id, debtor_id)',
  `CREATE TABLE files (
    file_id text PRIMARY KEY,
    court_code text NOT NULL,
    created_by text NOT NULL,
    file_type text NOT NULL,
    size_bytes integer NOT NULL CHECK (size_bytes >= 0),
    hash text NOT NULL,
    name bytea NOT NULL,
    content bytea NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  'ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL',
  `CREATE TABLE idempotency_keys (
    caller text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    location text,
    body jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (caller, method, path, key)
  )`,
  'CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at)',
);
