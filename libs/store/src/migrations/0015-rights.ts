import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

/** A row that belongs to a case gets the court that has the case at this moment, even while the case is being handed over. */
const courtOfCase = `CREATE FUNCTION court_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    SELECT court_code INTO NEW.court_code FROM cases WHERE case_id = NEW.case_id FOR SHARE;
    RETURN NEW;
  END $$`;
const follows = (table: string): string =>
  `CREATE TRIGGER ${table}_follow BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION court_of_case()`;

/**
 * Who works on a case and since when, courts a case went through, and who may still read it afterwards; roles as they were
 * changed over the register of people: the newest row of a person counts.
 */
export const rightsMigration = statements(
  `CREATE TABLE case_officers (
    assignment_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    user_id text NOT NULL,
    since timestamptz NOT NULL,
    assigned_by text NOT NULL,
    reason bytea,
    until timestamptz,
    ended_by text,
    end_reason bytea,
    CHECK ((until IS NULL) = (ended_by IS NULL))
  )`,
  'CREATE UNIQUE INDEX case_officers_now ON case_officers (user_id, case_id) WHERE until IS NULL',
  'CREATE INDEX case_officers_of_case ON case_officers (case_id, assignment_id)',
  `INSERT INTO case_officers (assignment_id, case_id, user_id, since, assigned_by)
    SELECT 'asg_' || substr(case_id, 6), case_id, created_by, created_at, created_by FROM cases`,
  `CREATE TABLE hand_overs (
    hand_over_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    from_court_code text NOT NULL,
    to_court_code text NOT NULL CHECK (to_court_code <> from_court_code),
    kind text NOT NULL CHECK (kind IN ('raised', 'designated', 'crossed')),
    ordered_by text NOT NULL,
    file_id text NOT NULL REFERENCES files,
    body bytea NOT NULL,
    at timestamptz NOT NULL,
    by_user text NOT NULL,
    readable_until timestamptz NOT NULL,
    reader_count integer NOT NULL CHECK (reader_count >= 0)
  )`,
  'CREATE INDEX hand_overs_of_case ON hand_overs (case_id, hand_over_id)',
  ...appendOnly('hand_overs'),
  `CREATE TABLE case_readers (
    hand_over_id text NOT NULL REFERENCES hand_overs,
    user_id text NOT NULL,
    case_id text NOT NULL REFERENCES cases,
    payload boolean NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (hand_over_id, user_id)
  )`,
  'CREATE INDEX case_readers_of_user ON case_readers (user_id, case_id)',
  `CREATE TABLE role_changes (
    change_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id text NOT NULL,
    roles text[] NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    reason bytea NOT NULL
  )`,
  'CREATE INDEX role_changes_newest ON role_changes (user_id, change_no DESC)',
  ...appendOnly('role_changes'),
  'CREATE INDEX inquiries_resting_on ON inquiries (document_file_id) WHERE document_file_id IS NOT NULL',
  courtOfCase,
  follows('debtors'),
  follows('inquiries'),
);
