import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { appRole } from './app-role-name.ts';
import { ledgerGuardOf } from './app-role.ts';
import { type Adapters, openAdapters } from './adapters.ts';
import type { Approvals } from './approvals.ts';
import type { Askings } from './asked-before.ts';
import type { DebtorMarks } from './debtor-marks.ts';
import type { Desk } from './desk.ts';
import type { Emergencies } from './emergencies.ts';
import { type Agencies, openAgenciesPart } from './agencies.ts';
import type { Assignments } from './assignments.ts';
import { type AgencyHistories, openAgencyHistories } from './agency-histories.ts';
import { type Breakers, openBreakers } from './breakers.ts';
import type { CaseNotes } from './case-notes.ts';
import type { CaseSearch } from './case-search.ts';
import { type Outages, openOutages } from './outages.ts';
import { type Cases, openCases } from './cases.ts';
import type { Comparisons } from './comparisons.ts';
import { type Controls, openControls } from './controls.ts';
import { type DataKeyKeeper, keepDataKeys } from './data-key-keeper.ts';
import { type DataKeys, openDataKeys } from './data-keys.ts';
import type { Db, Transaction } from './database.ts';
import { type Debtors, openDebtors } from './debtors.ts';
import { type Events, openEvents } from './events.ts';
import type { Exports } from './exports.ts';
import { type Files, openFiles } from './files.ts';
import type { HandOvers } from './hand-overs.ts';
import type { Holds } from './holds.ts';
import { type Idempotency, openIdempotency } from './idempotency.ts';
import { type Inquiries, openInquiries } from './inquiries.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { openPeopleParts, openProofParts } from './open-parts.ts';
import { type MailboxTasks, openMailbox } from './mailbox.ts';
import { openDatabase, type PoolOptions } from './pool.ts';
import { openOperationsEvents, type OperationsEvents } from './operations-events.ts';
import { openPackages, type Packages } from './packages.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import type { Refusals } from './refusals.ts';
import { openReports, type Reports } from './reports.ts';
import type { Retention } from './retention/retention.ts';
import type { RoleChanges } from './role-changes.ts';
import { createSeals } from './sealed.ts';
import type { Imports } from './imports.ts';
import type { Schedules } from './schedules.ts';
import type { Sessions } from './sessions.ts';
import { openShardsPart, type Shards } from './shards.ts';
import type { SigningKeys } from './signing-keys.ts';
import { openTickets, type Tickets } from './tickets.ts';
import type { LedgerHash, StoreContext, StoreKeys, StoreLog, StoreSigner } from './store-context.ts';
import type { Tokens } from './tokens.ts';
import type { UsedMarks } from './used-marks.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

export type StoreOptions = {
  readonly databaseUrl: string;
  /** Holds the keys in memory; one store each. */
  readonly keyring: StoreKeys;
  readonly signer: StoreSigner;
  readonly clock: () => Date;
  /** A time as the product writes it, with the offset of its zone. */
  toInstant(date: Date): string;
  /** An id that was never given out before; ids made later sort later. */
  newId(prefix: string): string;
  readonly maxConnections?: number;
  /** For new rows of the ledger; SHA-256 unless it is given. */
  readonly ledgerHash?: LedgerHash;
  /** True: a login that could rewrite the ledger, with no role to take instead, is refused. */
  readonly ledgerGuarded?: boolean;
  readonly log: StoreLog;
};

/** `at`: the clock of the database when it answered, which all processes share. */
export type Health = { readonly ms: number; readonly at: Date };

/** The system of record. Every part takes and gives plain values of the contracts. */
export type Store = {
  readonly cases: Cases;
  readonly debtors: Debtors;
  readonly desk: Desk;
  readonly caseSearch: CaseSearch;
  readonly caseNotes: CaseNotes;
  readonly comparisons: Comparisons;
  readonly imports: Imports;
  readonly schedules: Schedules;
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
  readonly outages: Outages;
  readonly agencies: Agencies;
  readonly operationsEvents: OperationsEvents;
  readonly tickets: Tickets;
  readonly quarantine: Quarantine;
  readonly agencyHistories: AgencyHistories;
  readonly ledger: Ledger;
  readonly assignments: Assignments;
  readonly handOvers: HandOvers;
  readonly roleChanges: RoleChanges;
  readonly approvals: Approvals;
  readonly askings: Askings;
  readonly debtorMarks: DebtorMarks;
  readonly emergencies: Emergencies;
  /** Acts and their entry in the ledger are there together or not at all; done again when the database asks for it. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly refusals: Refusals;
  readonly usedMarks: UsedMarks;
  readonly dataKeys: DataKeys;
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
 * @throws when the database does not answer; StoreFault `ledger-unguarded`
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, keyring, clock, log, maxConnections = defaultConnections } = options;
  const limits = { databaseUrl, maxConnections, statementTimeoutMs, lockTimeoutMs, log };
  const db = openDatabase({ ...limits, role: await roleFor(options, limits) });
  const dataKeys = keepDataKeys({ db, databaseUrl, keys: keyring, log });
  const context: StoreContext = {
    db,
    seals: createSeals(dataKeys.keyring),
    keyring: dataKeys.keyring,
    signer: options.signer,
    clock,
    toInstant: (date) => options.toInstant(date),
    newId: (prefix) => options.newId(prefix),
    log,
    ledgerHash: options.ledgerHash ?? 'sha256',
  };
  try {
    await checkHealth(db);
    await dataKeys.start();
  } catch (error) {
    await dataKeys.close();
    await db.destroy();
    throw error;
  }
  return openParts(context, databaseUrl, dataKeys);
}

/** The role that every connection takes, so that a fault of ours cannot reach into the ledger; null: none is needed. */
async function roleFor({ ledgerGuarded = false, log }: StoreOptions, limits: PoolOptions): Promise<string | null> {
  const db = openDatabase({ ...limits, maxConnections: 1 });
  try {
    const guard = await ledgerGuardOf(db);
    if (guard === 'role') return appRole;
    if (guard === 'own') return null;
  } finally {
    await db.destroy();
  }
  log.error('ledger.unguarded', { role: appRole });
  if (ledgerGuarded) throw new StoreFault('ledger-unguarded');
  return null;
}

function openParts(context: StoreContext, databaseUrl: string, dataKeys: DataKeyKeeper): Store {
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
    outages: openOutages(context),
    agencies,
    operationsEvents: openOperationsEvents(context),
    tickets: openTickets(context),
    quarantine: openQuarantine(context),
    agencyHistories: openAgencyHistories(context),
    ...openPeopleParts(context),
    ...openProofParts(context),
    transaction: (work) => inTransaction(db, work),
    health: () => checkHealth(db),
    dataKeys: openDataKeys(context, dataKeys),
    async close() {
      await dataKeys.close();
      await db.destroy();
    },
  };
}

async function checkHealth(db: Db): Promise<Health> {
  const start = performance.now();
  const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const [row] = rows;
  if (!row) throw new StoreFault('connection-lost');
  return { ms: performance.now() - start, at: row.at };
}
