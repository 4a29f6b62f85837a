import { statements } from './statements.ts';

/**
 * Who has signed in, and what programs sign in with. Of a session and of a token only the hash is kept; marks are keyed
 * hashes of what the sign-in calls a session (`sid`) and a person (`sub`), for signing out from there.
 * `refused_addresses`: failures per address and way of signing in, with the wait they brought and what the ledger has
 * not been told yet. `used_marks`: what may come once only.
 */
export const identityMigration = statements(
  `CREATE TABLE sessions (
    session_id text PRIMARY KEY,
    session_hash text NOT NULL UNIQUE CHECK (session_hash ~ '^sha256:[0-9a-f]{64}$'),
    user_id text NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    authenticated_at timestamptz NOT NULL,
    idle_ends_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    sid_mark text,
    sub_mark text NOT NULL,
    id_token bytea NOT NULL,
    CHECK (idle_ends_at <= ends_at)
  )`,
  'CREATE INDEX sessions_of_user ON sessions (user_id)',
  'CREATE INDEX sessions_of_sid ON sessions (sid_mark) WHERE sid_mark IS NOT NULL',
  'CREATE INDEX sessions_of_sub ON sessions (sub_mark)',
  'CREATE INDEX sessions_expiry ON sessions (idle_ends_at)',
  `CREATE TABLE tokens (
    token_id text PRIMARY KEY,
    token_hash text NOT NULL UNIQUE CHECK (token_hash ~ '^sha256:[0-9a-f]{64}$'),
    user_id text NOT NULL,
    court_code text NOT NULL,
    scopes text[] NOT NULL CHECK (cardinality(scopes) >= 1),
    label text NOT NULL CHECK (label ~ '^[a-z0-9-]{1,40}$'),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    last_used_on date,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
  )`,
  'CREATE INDEX tokens_of_court ON tokens (court_code, token_id DESC)',
  `CREATE TABLE refused_addresses (
    way text NOT NULL CHECK (way IN ('token', 'session', 'sign-in')),
    address text NOT NULL,
    failures integer NOT NULL CHECK (failures >= 0),
    window_ends_at timestamptz NOT NULL,
    strikes integer NOT NULL CHECK (strikes >= 0),
    locked_until timestamptz,
    last_at timestamptz NOT NULL,
    untold jsonb NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (way, address)
  )`,
  'CREATE INDEX refused_addresses_quiet ON refused_addresses (last_at)',
  "CREATE INDEX refused_addresses_untold ON refused_addresses (told_at) WHERE untold <> '{}'::jsonb",
  `CREATE TABLE used_marks (
    mark text PRIMARY KEY,
    until timestamptz NOT NULL
  )`,
  'CREATE INDEX used_marks_expiry ON used_marks (until)',
);
