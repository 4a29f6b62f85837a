import { statements } from './statements.ts';

/**
 * Askings whose answer is collected later (mode `ticket`). `late`: no shard waits for it any more; it is still collected
 * until `until`. A reply is kept from its arrival to the moment its answer is journalled, because agencies delete what
 * has been fetched.
 */
export const ticketsMigration = statements(
  `CREATE TABLE tickets (
    channel_id text NOT NULL,
    request_number text NOT NULL,
    inquiry_id text NOT NULL,
    agency_id text NOT NULL,
    shard_no integer NOT NULL,
    ticket bytea NOT NULL,
    collections integer NOT NULL DEFAULT 0 CHECK (collections >= 0),
    held_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    late boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ended', 'withdrawn')),
    PRIMARY KEY (channel_id, request_number)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX tickets_late ON tickets (channel_id, next_at) WHERE state = 'open' AND late`,
  'CREATE INDEX tickets_of_inquiry ON tickets (inquiry_id, channel_id, shard_no)',
  `CREATE TABLE kept_replies (
    channel_id text NOT NULL,
    request_number text NOT NULL,
    position integer NOT NULL,
    reply bytea NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, request_number, position)
  )`,
);
