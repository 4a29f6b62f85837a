import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

/**
 * The one way into the ledger: it locks the head, checks that each text follows the one before it and was hashed as it
 * says (PostgreSQL knows no SM3, so there only the form), and moves the head. It runs with the rights of the tables'
 * owner, and the role the product works under has none of these itself.
 */
const append = `CREATE FUNCTION append_audit(bodies text[], hashes text[], reasons bytea[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER AS $$
  DECLARE head audit_head; own jsonb;
  BEGIN
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    FOR i IN 1 .. cardinality(bodies) LOOP
      own := bodies[i]::jsonb;
      IF (own ->> 'seq')::bigint IS DISTINCT FROM head.seq + 1 OR own ->> 'previous' IS DISTINCT FROM head.hash
        OR hashes[i] !~ '^(sha256|sm3):[0-9a-f]{64}$'
        OR (hashes[i] LIKE 'sha256:%' AND
          hashes[i] <> 'sha256:' || encode(sha256(convert_to(bodies[i], 'UTF8')), 'hex'))
      THEN RAISE EXCEPTION 'The event does not follow the head of the ledger.' USING ERRCODE = 'check_violation';
      END IF;
      INSERT INTO audit_events (seq, body, previous, hash, reason)
        VALUES (head.seq + 1, bodies[i], head.hash, hashes[i], reasons[i]);
      head.seq := head.seq + 1;
      head.hash := hashes[i];
    END LOOP;
    UPDATE audit_head SET seq = head.seq, hash = head.hash;
  END $$`;

/** Where the chain ends; everybody else waits from here to the end of the transaction. */
const lockHead = `CREATE FUNCTION lock_audit_head() RETURNS TABLE (seq bigint, hash text)
  LANGUAGE sql SECURITY DEFINER AS 'SELECT h.seq, h.hash FROM audit_head AS h FOR UPDATE'`;

/** Functions of the owner look only into their own schema: nobody slips them a table of the same name. */
const pinned = ['append_audit(text[], text[], bytea[])', 'lock_audit_head()'].flatMap((name) => [
  `DO $$ BEGIN EXECUTE format('ALTER FUNCTION ${name} SET search_path = %I, pg_temp', current_schema()); END $$`,
  `REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`,
]);

/** Proof of the ledger (审计台账): its only way in, signed places of the chain, and what was handed out of it. */
export const ledgerProofMigration = statements(
  append,
  lockHead,
  ...pinned,
  `CREATE TABLE audit_checkpoints (
    seq bigint PRIMARY KEY CHECK (seq >= 1),
    hash text NOT NULL,
    key_id text NOT NULL,
    at timestamptz NOT NULL,
    jws text NOT NULL
  )`,
  ...appendOnly('audit_checkpoints'),
  `CREATE TABLE audit_packs (
    pack_id text PRIMARY KEY,
    made_by text NOT NULL,
    court_codes text[],
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL CHECK (last_seq >= first_seq),
    with_reasons boolean NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  ...appendOnly('audit_packs'),
  'CREATE INDEX audit_events_in_time ON audit_events (at_ms, seq)',
);
