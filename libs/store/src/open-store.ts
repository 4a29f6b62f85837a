import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { type Adapters, openAdapters } from './adapters.ts';
import { type Agencies, openAgenciesPart } from './agencies.ts';
import { type AgencyHistories, openAgencyHistories } from './agency-histories.ts';
import { type Breakers, openBreakers } from './breakers.ts';
import { type Cases, openCases } from './cases.ts';
import { type Controls, openControls } from './controls.ts';
import type { Db } from './database.ts';
import { type Debtors, openDebtors } from './debtors.ts';
import { type Events, openEvents } from './events.ts';
import { type Exports, openExports } from './exports.ts';
import { type Files, openFiles } from './files.ts';
import { type Holds, openHolds } from './holds.ts';
import { type Idempotency, openIdempotency } from './idempotency.ts';
import { type Inquiries, openInquiries } from './inquiries.ts';
import { type Journal, openJournal } from './journal.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type MailboxTasks, openMailbox } from './mailbox.ts';
import { openDatabase } from './pool.ts';
import { openOperationsEvents, type OperationsEvents } from './operations-events.ts';
import { openPackages, type Packages } from './packages.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import { openReports, type Reports } from './reports.ts';
import { openRetention, type Retention } from './retention/retention.ts';
import { createSeals } from './sealed.ts';
import { openShardsPart, type Shards } from './shards.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';
import { openTickets, type Tickets } from './tickets.ts';
import type { StoreContext, StoreKeyring, StoreLog, StoreSigner } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

export type StoreOptions = {
  readonly databaseUrl: string;
  readonly keyring: StoreKeyring;
  readonly signer: StoreSigner;
  readonly clock: () => Date;
  /** A time as the product writes it, with the offset of its zone. */
  toInstant(date: Date): string;
  /** An id that was never given out before; ids made later sort later. */
  newId(prefix: string): string;
  readonly maxConnections?: number;
  readonly log: StoreLog;
};

/** `at`: the clock of the database when it answered, which all processes share. */
export type Health = { readonly ms: number; readonly at: Date };

/** The system of record. Every part takes and gives plain values of the contracts. */
export type Store = {
  readonly cases: Cases;
  readonly debtors: Debtors;
  readonly files: Files;
  readonly idempotency: Idempotency;
  readonly inquiries: Inquiries;
  readonly shards: Shards;
  readonly journal: Journal;
  readonly mailbox: MailboxTasks;
  readonly packages: Packages;
  readonly reports: Reports;
  readonly events: Events;
  readonly adapters: Adapters;
  readonly controls: Controls;
  readonly breakers: Breakers;
  readonly agencies: Agencies;
  readonly operationsEvents: OperationsEvents;
  readonly tickets: Tickets;
  readonly quarantine: Quarantine;
  readonly agencyHistories: AgencyHistories;
  readonly ledger: Ledger;
  readonly signingKeys: SigningKeys;
  readonly exports: Exports;
  readonly holds: Holds;
  readonly retention: Retention;
  /** One round trip to the database. */
  health(): Promise<Health>;
  close(): Promise<void>;
};

const defaultConnections = 10;
const statementTimeoutMs = 30_000;
const lockTimeoutMs = 10_000;

/**
 * Opens the store on a database that `migrate` has brought up to date.
 * @throws when the database does not answer
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, keyring, clock, log, maxConnections = defaultConnections } = options;
  const db = openDatabase({ databaseUrl, maxConnections, statementTimeoutMs, lockTimeoutMs, log });
  const context: StoreContext = {
    db,
    seals: createSeals(keyring),
    keyring,
    signer: options.signer,
    clock,
    toInstant: (date) => options.toInstant(date),
    newId: (prefix) => options.newId(prefix),
    log,
  };
  try {
    await checkHealth(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return openParts(context, databaseUrl);
}

function openParts(context: StoreContext, databaseUrl: string): Store {
  const { db } = context;
  const agencies = openAgenciesPart(context);
  return {
    cases: openCases(context),
    debtors: openDebtors(context),
    files: openFiles(context),
    idempotency: openIdempotency(context),
    inquiries: openInquiries(context),
    shards: openShardsPart(context),
    journal: openJournal(context),
    mailbox: openMailbox(context, agencies),
    packages: openPackages(context),
    reports: openReports(context),
    events: openEvents(context, databaseUrl),
    adapters: openAdapters(context),
    controls: openControls(context),
    breakers: openBreakers(context, databaseUrl),
    agencies,
    operationsEvents: openOperationsEvents(context),
    tickets: openTickets(context),
    quarantine: openQuarantine(context),
    agencyHistories: openAgencyHistories(context),
    ledger: openLedger(context),
    signingKeys: openSigningKeys(context),
    exports: openExports(context),
    holds: openHolds(context),
    retention: openRetention(context),
    health: () => checkHealth(db),
    close: () => db.destroy(),
  };
}

async function checkHealth(db: Db): Promise<Health> {
  const start = performance.now();
  const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const [row] = rows;
  if (!row) throw new StoreFault('connection-lost');
  return { ms: performance.now() - start, at: row.at };
}
