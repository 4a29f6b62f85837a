import { dataKeyAlgorithmSchema, dataKeyPurposeSchema, type DataKeyRow, type WrappedDataKey } from '#contracts';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';

export type KeptDataKey = DataKeyRow & { readonly createdAt: Date; readonly seals: number };
/** All keys, oldest first, and the database's clock when it read them. */
export type KeysRead = { readonly keys: readonly KeptDataKey[]; readonly at: Date };

type Row = {
  data_key_id: string;
  purpose: string;
  algorithm: string;
  wrapped: Buffer;
  wrapping_key_id: string;
  created_at: Date;
  active_from: Date;
  retired_at: Date | null;
  seals: string;
};

const mostKeys = 100_000; // one a day is 365 a year

export async function readDataKeys(db: Db): Promise<KeysRead> {
  const { rows } = await sql<Row>`SELECT data_key_id, purpose, algorithm, wrapped, wrapping_key_id, created_at,
    active_from, retired_at, seals FROM data_keys ORDER BY active_from, data_key_id LIMIT ${mostKeys}`.execute(db);
  const { rows: times } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const keys = rows.map((row) => ({
    dataKeyId: row.data_key_id,
    purpose: dataKeyPurposeSchema.parse(row.purpose),
    algorithm: dataKeyAlgorithmSchema.parse(row.algorithm),
    wrapped: row.wrapped,
    wrappingKeyId: row.wrapping_key_id,
    createdAt: row.created_at,
    activeFrom: row.active_from,
    retiredAt: row.retired_at,
    seals: Number(row.seals),
  }));
  return { keys, at: times[0]?.at ?? new Date(0) };
}

/** The key that seals, or will: the newest one. */
export const newestSealing = ({ keys }: KeysRead): KeptDataKey | null =>
  keys.findLast(({ purpose, retiredAt }) => purpose === 'seal' && retiredAt === null) ?? null;

const keysLock = 7_301_017; // of the advisory lock under which a data key takes over

const lockKeys = (db: Db) => sql`SELECT pg_advisory_xact_lock(${keysLock})`.execute(db);

export type FirstKeys = {
  readonly seal: WrappedDataKey;
  readonly index: WrappedDataKey;
  /** Of version 1; what is there already stays as it is. */
  readonly earlierSeals: readonly WrappedDataKey[];
  readonly earlierIndexes: readonly WrappedDataKey[];
};

/**
 * The first keys of a database, in use at once; whoever comes second changes nothing. A database with rows keeps the
 * index it has: its first index key is the one that made it.
 */
export function insertFirstKeys(db: Db, first: FirstKeys): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockKeys(tx);
    if (newestSealing(await readDataKeys(tx))) return;
    const [firstIndex, ...otherIndexes] = first.earlierIndexes;
    const keepsIndex = firstIndex !== undefined && (await hasRows(tx));
    if (keepsIndex) {
      await insertEarlier(tx, [...first.earlierSeals, ...otherIndexes]);
      await insertKey(tx, firstIndex, 0);
    } else await insertKey(tx, first.index, 0);
    await insertKey(tx, first.seal, 0);
  });
}

async function hasRows(db: Db): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`SELECT EXISTS (SELECT FROM debtors) OR EXISTS (SELECT FROM files)
    OR EXISTS (SELECT FROM quarantine) OR EXISTS (SELECT FROM inquiries) OR EXISTS (SELECT FROM audit_events) AS any`.execute(
    db,
  );
  return rows[0]?.any === true;
}

/** Keys that open and never seal again. */
export async function insertEarlier(db: Db, keys: readonly WrappedDataKey[]): Promise<number> {
  let inserted = 0;
  for (const { dataKeyId, purpose, algorithm, wrapped, wrappingKeyId } of keys) {
    const { rows } = await sql`INSERT INTO data_keys
        (data_key_id, purpose, algorithm, wrapped, wrapping_key_id, created_at, active_from, retired_at)
      VALUES (${dataKeyId}, ${purpose}, ${algorithm}, ${wrapped}, ${wrappingKeyId}, now(), now(), now())
      ON CONFLICT (data_key_id) DO NOTHING RETURNING data_key_id`.execute(db);
    inserted += rows.length;
  }
  return inserted;
}

async function insertKey(db: Db, key: WrappedDataKey, afterMs: number): Promise<void> {
  await sql`INSERT INTO data_keys
      (data_key_id, purpose, algorithm, wrapped, wrapping_key_id, created_at, active_from)
    VALUES (${key.dataKeyId}, ${key.purpose}, ${key.algorithm}, ${key.wrapped}, ${key.wrappingKeyId}, clock_timestamp(),
      clock_timestamp() + make_interval(secs => ${afterMs / 1_000}))`.execute(db);
}

export type Succession = {
  readonly next: WrappedDataKey;
  readonly replaced: string;
  readonly activeAfterMs: number;
};

/** The next key takes over a while from now. False: another process was first. */
export async function insertNextKey(tx: Db, { next, replaced, activeAfterMs }: Succession): Promise<boolean> {
  await lockKeys(tx);
  if (newestSealing(await readDataKeys(tx))?.dataKeyId !== replaced) return false;
  await insertKey(tx, next, activeAfterMs);
  await sql`UPDATE data_keys SET retired_at = (SELECT active_from FROM data_keys WHERE data_key_id = ${next.dataKeyId})
    WHERE data_key_id = ${replaced}`.execute(tx);
  return true;
}

export async function addSeals(db: Db, counts: ReadonlyMap<string, number>): Promise<void> {
  for (const [dataKeyId, count] of counts) {
    if (count > 0)
      await sql`UPDATE data_keys SET seals = seals + ${count} WHERE data_key_id = ${dataKeyId}`.execute(db);
  }
}

/** False: somebody else wrapped it anew meanwhile. */
export async function replaceWrapped(
  db: Db,
  before: WrappedDataKey,
  now: Omit<WrappedDataKey, 'purpose' | 'algorithm'>,
) {
  const { rows } = await sql`UPDATE data_keys SET wrapped = ${now.wrapped}, wrapping_key_id = ${now.wrappingKeyId}
    WHERE data_key_id = ${now.dataKeyId} AND wrapped = ${before.wrapped} RETURNING data_key_id`.execute(db);
  return rows.length === 1;
}
