import { statements } from './statements.ts';

/**
 * The only change that a row of the journal may see: its messages are removed, and which certificate says so stays.
 * Every other column, also one that a later migration adds, must be as it was.
 */
const onlyCulls = `CREATE FUNCTION only_culls(before answers, after answers) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE AS $$
  BEGIN
    IF before.raw_payload IS NULL OR after.raw_payload IS NOT NULL OR before.culled_at IS NOT NULL
      OR after.culled_at IS NULL OR after.culled_by IS NULL THEN RETURN false; END IF;
    after.raw_payload := before.raw_payload;
    after.culled_at := before.culled_at;
    after.culled_by := before.culled_by;
    RETURN after IS NOT DISTINCT FROM before;
  END $$`;

/** Whatever table refers to files, now or later: an upload that one of them names is in use. */
const uploadIsUsed = `CREATE FUNCTION upload_is_used(id text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
  DECLARE place record; used boolean;
  BEGIN
    FOR place IN SELECT c.conrelid::regclass AS named, a.attname FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = 'files'::regclass AND cardinality(c.conkey) = 1
    LOOP
      EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', place.named, place.attname) INTO used USING id;
      IF used THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
  END $$`;

/** Signatures of reports, what left the product, what may not be removed, and removing the rest by age. */
export const evidenceMigration = statements(
  'ALTER TABLE reports ADD COLUMN signature jsonb',
  `CREATE TABLE signing_keys (
    key_id text PRIMARY KEY,
    jwk jsonb NOT NULL,
    first_used_at timestamptz NOT NULL
  )`,
  `CREATE TABLE exports (
    export_id text PRIMARY KEY,
    report_id text NOT NULL REFERENCES reports,
    inquiry_id text NOT NULL REFERENCES inquiries,
    created_by text NOT NULL,
    mask text NOT NULL,
    draft boolean NOT NULL,
    size_bytes integer NOT NULL CHECK (size_bytes >= 0),
    hash text NOT NULL,
    content bytea,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    culled_at timestamptz,
    culled_by text,
    CHECK ((content IS NULL) = (culled_at IS NOT NULL AND culled_by IS NOT NULL))
  )`,
  'ALTER TABLE exports ALTER COLUMN content SET STORAGE EXTERNAL',
  'CREATE INDEX exports_kept ON exports (expires_at) WHERE content IS NOT NULL',
  `CREATE TABLE legal_holds (
    hold_id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases,
    inquiry_id text REFERENCES inquiries,
    reason bytea NOT NULL,
    placed_by text NOT NULL,
    placed_at timestamptz NOT NULL,
    lifted_by text,
    lifted_at timestamptz,
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
  )`,
  'CREATE INDEX legal_holds_in_force ON legal_holds (case_id) WHERE lifted_at IS NULL',
  `CREATE FUNCTION is_held(inquiry text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM inquiries i JOIN legal_holds h USING (case_id)
      WHERE i.inquiry_id = inquiry AND h.lifted_at IS NULL AND (h.inquiry_id IS NULL OR h.inquiry_id = i.inquiry_id))
  $$`,
  'ALTER TABLE answers ADD COLUMN culled_at timestamptz, ADD COLUMN culled_by text',
  onlyCulls,
  'DROP TRIGGER answers_stay ON answers',
  `CREATE TRIGGER answers_stay BEFORE UPDATE ON answers FOR EACH ROW
    WHEN (NOT only_culls(OLD, NEW)) EXECUTE FUNCTION refuse_change()`,
  'CREATE TRIGGER answers_kept BEFORE DELETE ON answers FOR EACH ROW EXECUTE FUNCTION refuse_change()',
  'CREATE INDEX answers_with_messages ON answers (inquiry_id, seq) WHERE raw_payload IS NOT NULL',
  'CREATE INDEX answers_culled ON answers (culled_by) WHERE culled_by IS NOT NULL',
  `ALTER TABLE quarantine
    ADD COLUMN culled_at timestamptz,
    ADD COLUMN culled_by text,
    DROP CONSTRAINT quarantine_bytes,
    ADD CONSTRAINT quarantine_bytes
      CHECK (payload IS NOT NULL OR culled_at IS NOT NULL OR (inquiry_id IS NOT NULL AND seq IS NOT NULL))`,
  'CREATE INDEX quarantine_with_bytes ON quarantine (at) WHERE payload IS NOT NULL',
  uploadIsUsed,
  'CREATE INDEX IF NOT EXISTS inquiries_resting_on ON inquiries (document_file_id) WHERE document_file_id IS NOT NULL',
  'CREATE INDEX files_by_age ON files (created_at, file_id)',
);
