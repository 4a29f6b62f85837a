import { statements } from './statements.ts';

/**
 * The deepest rule, in the database: whoever writes a row, "nothing" needs its proof and "no answer" its reason.
 * A part of an answer (transactions) may be `nothing` without settling its line; that is why `settled` is not bound to
 * the verdict.
 */
const soundAnswers = `CREATE FUNCTION answers_are_sound(
    agency_ids text[], categories text[], verdicts text[], reasons text[], complete boolean[],
    identity_matched boolean[], asset_counts integer[], settled boolean[], received_at timestamptz[]
  ) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT cardinality($1) >= 1
      AND cardinality($2) = cardinality($1) AND cardinality($3) = cardinality($1) AND cardinality($4) = cardinality($1)
      AND cardinality($5) = cardinality($1) AND cardinality($6) = cardinality($1) AND cardinality($7) = cardinality($1)
      AND cardinality($8) = cardinality($1) AND cardinality($9) = cardinality($1)
      AND NOT EXISTS (
        SELECT FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS answer
          (agency_id, category, verdict, reason, complete, identity_matched, asset_count, settled, received_at)
        WHERE answer.agency_id IS NULL OR answer.category IS NULL OR answer.settled IS NULL
          OR answer.received_at IS NULL
          OR NOT coalesce(CASE answer.verdict
            WHEN 'found' THEN answer.reason IS NULL AND answer.identity_matched AND answer.complete IS NOT NULL
              AND answer.asset_count >= 1
            WHEN 'nothing' THEN answer.reason IS NULL AND answer.identity_matched AND answer.complete
              AND answer.asset_count = 0
            WHEN 'no-answer' THEN answer.reason <> '' AND answer.identity_matched IS NULL AND answer.complete IS NULL
              AND answer.asset_count IS NULL
            ELSE false END, false)
      )
  $$`;

/** Restrict violation (23001) for whoever tries to rewrite history. */
const refuseChange = `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$`;

/** Every new answer and event is announced, from wherever it was written. One message an inquiry and transaction. */
const announce = `CREATE FUNCTION announce_inquiry() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('chakong_inquiry', NEW.inquiry_id);
    RETURN NULL;
  END $$`;

/** The two triggers that make a table append-only. */
export const appendOnly = (table: string): readonly string[] => [
  `CREATE TRIGGER ${table}_stay BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER ${table}_remain BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

const announced = (table: string): string =>
  `CREATE TRIGGER ${table}_told AFTER INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION announce_inquiry()`;

export const journalMigration = statements(
  soundAnswers,
  refuseChange,
  announce,
  `CREATE TABLE answers (
    inquiry_id text NOT NULL REFERENCES inquiries,
    seq integer NOT NULL,
    batch_id text NOT NULL,
    shards text[] NOT NULL CHECK (cardinality(shards) >= 1),
    at timestamptz NOT NULL,
    agency_ids text[] NOT NULL,
    categories text[] NOT NULL,
    verdicts text[] NOT NULL,
    reasons text[] NOT NULL,
    complete boolean[] NOT NULL,
    identity_matched boolean[] NOT NULL,
    asset_counts integer[] NOT NULL,
    settled boolean[] NOT NULL,
    received_at timestamptz[] NOT NULL,
    payload bytea NOT NULL,
    raw_payload bytea,
    PRIMARY KEY (inquiry_id, seq),
    UNIQUE (inquiry_id, batch_id),
    CONSTRAINT answers_sound CHECK (answers_are_sound(agency_ids, categories, verdicts, reasons, complete,
      identity_matched, asset_counts, settled, received_at))
  )`,
  'ALTER TABLE answers ALTER COLUMN payload SET STORAGE EXTERNAL',
  'ALTER TABLE answers ALTER COLUMN raw_payload SET STORAGE EXTERNAL',
  ...appendOnly('answers'),
  announced('answers'),
  `CREATE TABLE inquiry_events (
    inquiry_id text NOT NULL REFERENCES inquiries,
    seq integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('report', 'closed', 'cancelled', 'requeried')),
    at timestamptz NOT NULL,
    by_user text,
    agency_ids text[],
    report_id text,
    report_version integer,
    PRIMARY KEY (inquiry_id, seq),
    CHECK ((kind = 'report') = (report_id IS NOT NULL AND report_version IS NOT NULL)),
    CHECK ((kind IN ('cancelled', 'requeried')) = (agency_ids IS NOT NULL))
  )`,
  ...appendOnly('inquiry_events'),
  announced('inquiry_events'),
);
