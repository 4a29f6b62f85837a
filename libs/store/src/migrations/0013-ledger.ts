import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

/**
 * The ledger (审计台账): each row is a canonical text, its hash, and the hash before it. Columns to search by are worked out
 * from the text by the database, so that none can say anything else than what was hashed. Two rows cannot follow the same one.
 */
export const ledgerMigration = statements(
  `CREATE TABLE audit_events (
    seq bigint PRIMARY KEY CHECK (seq >= 1),
    body text NOT NULL,
    previous text NOT NULL UNIQUE,
    hash text NOT NULL UNIQUE,
    reason bytea,
    at_ms bigint NOT NULL GENERATED ALWAYS AS (((body::jsonb) ->> 'atMs')::bigint) STORED,
    action text NOT NULL GENERATED ALWAYS AS ((body::jsonb) ->> 'action') STORED,
    user_id text GENERATED ALWAYS AS ((body::jsonb) #>> '{actor,userId}') STORED,
    court_code text GENERATED ALWAYS AS ((body::jsonb) #>> '{actor,courtCode}') STORED,
    object_id text GENERATED ALWAYS AS ((body::jsonb) ->> 'objectId') STORED,
    case_id text GENERATED ALWAYS AS ((body::jsonb) ->> 'caseId') STORED,
    debtor_id text GENERATED ALWAYS AS ((body::jsonb) ->> 'debtorId') STORED,
    persons jsonb NOT NULL GENERATED ALWAYS AS ((body::jsonb) -> 'persons') STORED
  )`,
  'CREATE INDEX audit_events_of_user ON audit_events (user_id, seq DESC)',
  'CREATE INDEX audit_events_of_case ON audit_events (case_id, seq DESC)',
  'CREATE INDEX audit_events_of_action ON audit_events (action, seq DESC)',
  'CREATE INDEX audit_events_of_persons ON audit_events USING gin (persons)',
  ...appendOnly('audit_events'),
  `CREATE TABLE audit_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    seq bigint NOT NULL,
    hash text NOT NULL
  )`,
  "INSERT INTO audit_head (seq, hash) VALUES (0, 'sha256:0000000000000000000000000000000000000000000000000000000000000000')",
);
