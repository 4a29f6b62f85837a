import { statements } from './statements.ts';

/**
 * Data keys (数据密钥), each wrapped by a key of the keyring or of a KMS. Only how a key is wrapped, since when it is
 * retired and how often it sealed may change; a key that is gone would make rows unreadable, so none is deleted.
 */
export const dataKeysMigration = statements(
  `CREATE TABLE data_keys (
    data_key_id text PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('seal', 'blind-index')),
    algorithm text NOT NULL,
    wrapped bytea NOT NULL,
    wrapping_key_id text NOT NULL,
    created_at timestamptz NOT NULL,
    active_from timestamptz NOT NULL,
    retired_at timestamptz,
    seals bigint NOT NULL DEFAULT 0
  )`,
  // indexes made with two keys at once would not find each other
  "CREATE UNIQUE INDEX data_keys_one_index ON data_keys (purpose) WHERE purpose = 'blind-index' AND retired_at IS NULL",
  `CREATE FUNCTION data_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.data_key_id, NEW.purpose, NEW.algorithm, NEW.created_at, NEW.active_from)
      IS DISTINCT FROM (OLD.data_key_id, OLD.purpose, OLD.algorithm, OLD.created_at, OLD.active_from) THEN
      RAISE EXCEPTION 'What a data key is never changes.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`,
  'CREATE TRIGGER data_keys_stay BEFORE UPDATE ON data_keys FOR EACH ROW EXECUTE FUNCTION data_key_stays()',
  'CREATE TRIGGER data_keys_kept BEFORE DELETE ON data_keys FOR EACH ROW EXECUTE FUNCTION refuse_change()',
  'CREATE TRIGGER data_keys_remain BEFORE TRUNCATE ON data_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
  `CREATE FUNCTION announce_data_key() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('chakong_keys', NEW.data_key_id);
    RETURN NULL;
  END $$`,
  'CREATE TRIGGER data_keys_told AFTER INSERT ON data_keys FOR EACH ROW EXECUTE FUNCTION announce_data_key()',
);
