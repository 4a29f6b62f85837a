import { statements } from './statements.ts';

/** One row per agency whose breaker ever opened, and every change of it. Times are those of the database: one clock. */
export const breakersMigration = statements(
  'CREATE SEQUENCE breaker_revision',
  `CREATE TABLE breakers (
    channel_id text NOT NULL,
    agency_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('closed', 'half-open', 'open')),
    since timestamptz NOT NULL,
    opened_at timestamptz,
    reset_at timestamptz,
    probe_by text,
    probe_until timestamptz,
    cause jsonb,
    revision bigint NOT NULL,
    PRIMARY KEY (channel_id, agency_id)
  )`,
  "CREATE INDEX breakers_not_closed ON breakers (channel_id) WHERE state <> 'closed'",
  `CREATE TABLE breaker_transitions (
    transition_id text PRIMARY KEY,
    channel_id text NOT NULL,
    agency_id text NOT NULL,
    at timestamptz NOT NULL,
    worker_id text,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause jsonb NOT NULL
  )`,
  'CREATE INDEX breaker_transitions_newest ON breaker_transitions (agency_id, transition_id DESC)',
);
