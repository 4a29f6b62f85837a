import { statements } from './statements.ts';

export const operationsMigration = statements(
  `CREATE TABLE workers (
    worker_id text PRIMARY KEY,
    started_at timestamptz NOT NULL,
    control text,
    channels text[] NOT NULL,
    at timestamptz NOT NULL,
    in_flight integer NOT NULL DEFAULT 0,
    breakers jsonb NOT NULL DEFAULT '[]'
  )`,
  `CREATE TABLE manifests (
    channel_id text PRIMARY KEY,
    manifest jsonb NOT NULL,
    announced_at timestamptz NOT NULL
  )`,
  'CREATE TABLE agency_states (agency_id text PRIMARY KEY, last_polled_at timestamptz NOT NULL)',
  `CREATE TABLE pauses (
    channel_id text NOT NULL,
    agency_id text NOT NULL DEFAULT '',
    reason text NOT NULL,
    paused_by text NOT NULL,
    paused_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, agency_id)
  )`,
);
