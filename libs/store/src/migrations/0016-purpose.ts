import { statements } from './statements.ts';

/** In what state a case is, what a second person has decided, and what could not wait for one. */
export const purposeMigration = statements(
  `ALTER TABLE cases
    ADD COLUMN state text NOT NULL DEFAULT 'in-progress'
      CHECK (state IN ('in-progress', 'suspended', 'terminated', 'resumed', 'concluded')),
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    ADD COLUMN preservation_amount text CHECK (preservation_amount ~ '^(0|[1-9][0-9]*)([.][0-9]+)?$'),
    ADD COLUMN preservation_currency text CHECK (preservation_currency ~ '^[A-Z]{3}$'),
    ADD COLUMN preservation_document text,
    ADD COLUMN preservation_file_id text REFERENCES files,
    ADD CHECK (num_nulls(preservation_amount, preservation_currency, preservation_document, preservation_file_id) IN (0, 4))`,
  'CREATE INDEX debtors_persons ON debtors USING gin (id_indexes)',
  'CREATE INDEX inquiries_of_officer ON inquiries (requested_by, requested_at DESC)',
  `CREATE TABLE approvals (
    approval_id text PRIMARY KEY,
    court_code text NOT NULL,
    case_id text NOT NULL REFERENCES cases,
    debtor_id text NOT NULL REFERENCES debtors,
    purpose text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    wished_approver text,
    body bytea NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'sent', 'declined', 'withdrawn')),
    decided_by text,
    decided_at timestamptz,
    decision bytea,
    inquiry_id text UNIQUE REFERENCES inquiries,
    CHECK (decided_by IS DISTINCT FROM asked_by),
    CHECK (decided_by IS NOT NULL OR state IN ('waiting', 'withdrawn')),
    CHECK (decided_by IS NULL OR state <> 'waiting'),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decision IS NULL)),
    CHECK ((state = 'sent') = (inquiry_id IS NOT NULL))
  )`,
  'CREATE INDEX approvals_of_court ON approvals (court_code, approval_id DESC)',
  'CREATE INDEX approvals_of_officer ON approvals (asked_by, approval_id DESC)',
  `CREATE TABLE emergency_uses (
    inquiry_id text PRIMARY KEY REFERENCES inquiries,
    court_code text NOT NULL,
    case_id text NOT NULL REFERENCES cases,
    debtor_id text NOT NULL REFERENCES debtors,
    used_by text NOT NULL,
    used_at timestamptz NOT NULL,
    review_by timestamptz NOT NULL,
    reason bytea NOT NULL,
    decision text CHECK (decision IN ('justified', 'unjustified')),
    decided_by text CHECK (decided_by <> used_by),
    decided_at timestamptz,
    decision_reason bytea,
    CHECK (num_nulls(decision, decided_by, decided_at, decision_reason) IN (0, 4))
  )`,
  'CREATE INDEX emergency_uses_of_court ON emergency_uses (court_code, inquiry_id DESC)',
  'CREATE INDEX emergency_uses_of_officer ON emergency_uses (used_by, used_at DESC)',
  `CREATE TABLE debtor_marks (
    mark_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    debtor_id text NOT NULL REFERENCES debtors,
    body bytea NOT NULL
  )`,
  'CREATE INDEX debtor_marks_of_debtor ON debtor_marks (debtor_id, mark_id DESC)',
);
