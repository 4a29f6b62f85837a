import { statements } from './statements.ts';

/**
 * One list of everything that could not be read, with what reading it again takes. A `call` has its bytes in the
 * journal (`inquiry_id`, `seq`) and the answer's id as its own, so that the same answer is never listed twice.
 * `mark`: keyed hash of the bytes, so that an agency which posts the same again and again fills one row.
 * `agency_histories`: what the drift detector remembers of an agency; counts and names of fields, no values.
 */
export const quarantineReadingMigration = statements(
  `ALTER TABLE quarantine
    ALTER COLUMN payload DROP NOT NULL,
    ADD COLUMN source text NOT NULL DEFAULT 'door' CHECK (source IN ('door', 'call', 'package')),
    ADD COLUMN state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'read', 'given-up')),
    ADD COLUMN attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    ADD COLUMN last_read_at timestamptz,
    ADD COLUMN origin bytea,
    ADD COLUMN mark text,
    ADD COLUMN inquiry_id text,
    ADD COLUMN seq integer,
    ADD CONSTRAINT quarantine_bytes CHECK (payload IS NOT NULL OR (inquiry_id IS NOT NULL AND seq IS NOT NULL))`,
  `CREATE UNIQUE INDEX quarantine_once ON quarantine (channel_id, coalesce(agency_id, ''), source, mark)
    WHERE state = 'waiting' AND mark IS NOT NULL`,
  'CREATE INDEX quarantine_of_channel ON quarantine (channel_id, state, quarantine_id DESC)',
  `CREATE TABLE agency_histories (
    agency_id text PRIMARY KEY,
    channel_id text NOT NULL,
    history jsonb NOT NULL,
    suspected_since timestamptz,
    updated_at timestamptz NOT NULL
  )`,
  'CREATE INDEX agency_histories_suspected ON agency_histories (agency_id) WHERE suspected_since IS NOT NULL',
  `CREATE INDEX mailbox_tasks_waiting ON mailbox_tasks (channel_id, delivered_at) WHERE state = 'open'`,
);
