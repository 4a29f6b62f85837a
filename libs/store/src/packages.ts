import { sql } from 'kysely';
import { arrive, type Arrival, type ArrivedFile, type ArrivedState, finishArrival } from './arrived-packages.ts';
import type { Transaction } from './database.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type { Arrival, ArrivedFile, ArrivedState } from './arrived-packages.ts';

export type PackageKey = { readonly channelId: string; readonly batchNumber: string };
export type AssignedPackage = {
  readonly batchNumber: string;
  readonly agencyId: string;
  /** Oldest first; what they are about is found under these numbers. */
  readonly requestNumbers: readonly string[];
};
export type SentPackage = PackageKey & { readonly name: string; readonly contentHash: string; readonly at: Date };
type ToAssign = { readonly channelId: string; readonly agencyId: string; readonly limit: number; readonly at: Date };

/**
 * Packages of files (批次文件包): which tasks travel in which one, and which ones have come back. A package is assigned
 * before its file is put, so that after a crash the same one is put again and no task travels twice.
 */
export type Packages = {
  /** Agencies with open tasks that are in no package, at most so many. */
  waitingAgencies(channelId: string, limit: number): Promise<readonly string[]>;
  /** Puts open tasks of the agency into a new package. Null: there are none. */
  assign(toAssign: ToAssign): Promise<AssignedPackage | null>;
  /** Assigned, and not known to be sent: oldest first. */
  unsent(channelId: string, limit: number): Promise<readonly AssignedPackage[]>;
  markSent(sent: SentPackage): Promise<void>;
  /** Open tasks that this agency was sent in this package; none when the package is not ours. */
  openNumbers(key: PackageKey & { readonly agencyId: string }): Promise<readonly string[]>;
  arrive(file: ArrivedFile & { readonly at: Date }): Promise<Arrival>;
  finish(file: ArrivedFile & { readonly state: Exclude<ArrivedState, 'arrived'>; readonly at: Date }): Promise<void>;
};

export const openPackages = (context: StoreContext): Packages => ({
  waitingAgencies: (channelId, limit) => waitingAgencies(context, channelId, limit),
  assign: (toAssign) => assign(context, toAssign),
  unsent: (channelId, limit) => unsent(context, channelId, limit),
  markSent: (sent) => markSent(context, sent),
  openNumbers: (key) => openNumbers(context, key),
  arrive: (file) => arrive(context, file),
  finish: (file) => finishArrival(context, file),
});

const inNoPackage = sql`t.state = 'open' AND NOT EXISTS (SELECT FROM package_tasks p
  WHERE p.channel_id = t.channel_id AND p.request_number = t.request_number)`;

async function waitingAgencies({ db }: StoreContext, channelId: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ agency_id: string }>`SELECT DISTINCT t.agency_id FROM mailbox_tasks t
    WHERE t.channel_id = ${channelId} AND ${inNoPackage} ORDER BY t.agency_id LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => row.agency_id);
}

const serialDigits = 22;

/** Day and serial: the number that both sides call the package by. */
async function newBatchNumber({ toInstant }: StoreContext, tx: Transaction, at: Date): Promise<string> {
  const { rows } = await sql<{ serial: string }>`SELECT nextval('package_serials')::text AS serial`.execute(tx);
  const day = toInstant(at).slice(0, 10).replaceAll('-', '');
  return day + (rows[0]?.serial ?? '0').padStart(serialDigits, '0');
}

const assign = (context: StoreContext, toAssign: ToAssign): Promise<AssignedPackage | null> =>
  inTransaction(context.db, async (tx) => {
    const { channelId, agencyId, limit, at } = toAssign;
    const { rows } = await sql<{ request_number: string }>`SELECT t.request_number FROM mailbox_tasks t
      WHERE t.channel_id = ${channelId} AND t.agency_id = ${agencyId} AND ${inNoPackage}
      ORDER BY t.inquiry_id, t.request_number LIMIT ${bounded(limit)} FOR UPDATE OF t`.execute(tx);
    if (rows.length === 0) return null;
    const batchNumber = await newBatchNumber(context, tx, at);
    const requestNumbers = rows.map((row) => row.request_number);
    await sql`INSERT INTO sent_packages (channel_id, batch_number, agency_id, assigned_at)
      VALUES (${channelId}, ${batchNumber}, ${agencyId}, ${at})`.execute(tx);
    await sql`INSERT INTO package_tasks (channel_id, request_number, batch_number)
      SELECT ${channelId}, number, ${batchNumber} FROM unnest(${requestNumbers}::text[]) AS number`.execute(tx);
    return { batchNumber, agencyId, requestNumbers };
  });

type UnsentRow = { batch_number: string; agency_id: string; request_numbers: string[] };

async function unsent({ db }: StoreContext, channelId: string, limit: number): Promise<readonly AssignedPackage[]> {
  const { rows } = await sql<UnsentRow>`SELECT s.batch_number, s.agency_id,
      ARRAY(SELECT p.request_number FROM package_tasks p JOIN mailbox_tasks t USING (channel_id, request_number)
        WHERE p.channel_id = s.channel_id AND p.batch_number = s.batch_number
        ORDER BY t.inquiry_id, p.request_number) AS request_numbers
    FROM sent_packages s WHERE s.channel_id = ${channelId} AND s.state = 'assigned'
    ORDER BY s.batch_number LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => ({
    batchNumber: row.batch_number,
    agencyId: row.agency_id,
    requestNumbers: row.request_numbers,
  }));
}

async function markSent({ db }: StoreContext, sent: SentPackage): Promise<void> {
  const { channelId, batchNumber, name, contentHash, at } = sent;
  await sql`UPDATE sent_packages SET state = 'sent', name = ${name}, content_hash = ${contentHash}, sent_at = ${at}
    WHERE channel_id = ${channelId} AND batch_number = ${batchNumber} AND state = 'assigned'`.execute(db);
}

async function openNumbers(
  { db }: StoreContext,
  { channelId, batchNumber, agencyId }: PackageKey & { readonly agencyId: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ request_number: string }>`SELECT t.request_number FROM package_tasks p
    JOIN mailbox_tasks t USING (channel_id, request_number)
    WHERE p.channel_id = ${channelId} AND p.batch_number = ${batchNumber} AND t.agency_id = ${agencyId}
      AND t.state = 'open' ORDER BY t.request_number`.execute(db);
  return rows.map((row) => row.request_number);
}
