import { statements } from './statements.ts';

/**
 * Packages of files that travel to agencies (`sent_packages`) and back (`arrived_packages`). A task is in at most one
 * package that we sent: the primary key of `package_tasks` says so.
 */
export const packagesMigration = statements(
  'CREATE SEQUENCE package_serials',
  `CREATE TABLE sent_packages (
    channel_id text NOT NULL,
    batch_number text NOT NULL,
    agency_id text NOT NULL,
    state text NOT NULL DEFAULT 'assigned' CHECK (state IN ('assigned', 'sent')),
    name text,
    content_hash text,
    assigned_at timestamptz NOT NULL,
    sent_at timestamptz,
    PRIMARY KEY (channel_id, batch_number)
  )`,
  `CREATE INDEX sent_packages_unsent ON sent_packages (channel_id, batch_number) WHERE state = 'assigned'`,
  `CREATE TABLE package_tasks (
    channel_id text NOT NULL,
    request_number text NOT NULL,
    batch_number text NOT NULL,
    PRIMARY KEY (channel_id, request_number)
  )`,
  'CREATE INDEX package_tasks_of_batch ON package_tasks (channel_id, batch_number)',
  `CREATE TABLE arrived_packages (
    channel_id text NOT NULL,
    agency_id text NOT NULL,
    name text NOT NULL,
    content_hash text NOT NULL,
    state text NOT NULL DEFAULT 'arrived' CHECK (state IN ('arrived', 'read', 'unreadable', 'conflicting')),
    arrived_at timestamptz NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (channel_id, agency_id, name, content_hash)
  )`,
);
