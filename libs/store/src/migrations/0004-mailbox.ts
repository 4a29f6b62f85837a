import { statements } from './statements.ts';

/** Tasks have no foreign key: thousands are written with their inquiry, in its transaction, and none without it. */
export const mailboxMigration = statements(
  `CREATE TABLE mailbox_tasks (
    channel_id text NOT NULL,
    request_number text NOT NULL,
    inquiry_id text NOT NULL,
    agency_id text NOT NULL,
    shard_no integer NOT NULL,
    state text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'open', 'answered', 'withdrawn')),
    delivered_at timestamptz,
    first_handed_at timestamptz,
    hand_outs integer NOT NULL DEFAULT 0,
    content_hashes text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (channel_id, request_number)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX mailbox_tasks_open ON mailbox_tasks (channel_id, agency_id, inquiry_id) WHERE state = 'open'`,
  'CREATE INDEX mailbox_tasks_of_inquiry ON mailbox_tasks (inquiry_id, channel_id, shard_no)',
  `CREATE TABLE quarantine (
    quarantine_id text PRIMARY KEY,
    channel_id text NOT NULL,
    agency_id text,
    paths text[] NOT NULL,
    size_bytes integer NOT NULL,
    payload bytea NOT NULL,
    at timestamptz NOT NULL
  )`,
  'CREATE INDEX quarantine_newest ON quarantine (at DESC)',
);
