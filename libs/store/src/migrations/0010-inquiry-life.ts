import { appendOnly } from './0003-journal.ts';
import { statements } from './statements.ts';

/** What people do in the long life of an inquiry: pause, resume, ask again, and why. */
export const inquiryLifeMigration = statements(
  'ALTER TABLE inquiry_events DROP CONSTRAINT inquiry_events_kind_check',
  `ALTER TABLE inquiry_events ADD CONSTRAINT inquiry_events_kind_check
    CHECK (kind IN ('report', 'closed', 'cancelled', 'requeried', 'paused', 'resumed'))`,
  `CREATE TABLE event_reasons (
    inquiry_id text NOT NULL,
    seq integer NOT NULL,
    cause text NOT NULL CHECK (cause IN ('officer', 'operator', 'recovery')),
    reason bytea,
    PRIMARY KEY (inquiry_id, seq),
    FOREIGN KEY (inquiry_id, seq) REFERENCES inquiry_events
  )`,
  ...appendOnly('event_reasons'),
  `CREATE TABLE inquiry_pauses (
    inquiry_id text PRIMARY KEY REFERENCES inquiries,
    paused_by text NOT NULL,
    paused_at timestamptz NOT NULL
  )`,
);
