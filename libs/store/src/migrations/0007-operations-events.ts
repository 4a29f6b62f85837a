import { statements } from './statements.ts';

/** One row while the same thing goes on: `repeat_key` joins what is told again within its window. */
export const operationsEventsMigration = statements(
  `CREATE TABLE operations_events (
    event_id text PRIMARY KEY,
    kind text NOT NULL,
    channel_id text NOT NULL,
    agency_id text,
    inquiry_id text,
    at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    count integer NOT NULL DEFAULT 1 CHECK (count >= 1),
    repeat_key text UNIQUE,
    detail jsonb NOT NULL
  )`,
  'CREATE INDEX operations_events_newest ON operations_events (last_at DESC, event_id DESC)',
  'CREATE INDEX operations_events_of_channel ON operations_events (channel_id, kind, last_at DESC)',
);
