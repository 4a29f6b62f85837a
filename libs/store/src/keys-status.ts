import { sql } from 'kysely';
import { type KeptDataKey, newestSealing, readDataKeys } from './data-key-rows.ts';
import type { Db } from './database.ts';
import { openDatabase } from './pool.ts';
import type { StoreLog } from './store-context.ts';

/** Rows of one column that a key of the keyring sealed itself, before there were data keys. */
export type VersionOneRows = {
  readonly column: string; // table.column
  readonly ringKeyId: string;
  readonly rows: number;
  /** The key is a data key: these rows do not need the keyring any more. */
  readonly takenOver: boolean;
};

export type KeysStatus = {
  /** How many data keys each wrapping key holds. */
  readonly wrapping: readonly { readonly wrappingKeyId: string; readonly dataKeys: number }[];
  readonly dataKeys: readonly Omit<KeptDataKey, 'wrapped'>[];
  /** Which of them seals. */
  readonly sealing: string | null;
  readonly versionOne: readonly VersionOneRows[];
};

/** What is wrapped by what. Needs no key, so that it can be asked also when one is missing; reads all sealed rows. */
export async function readKeysStatus(databaseUrl: string, log: StoreLog): Promise<KeysStatus> {
  const db = openDatabase({ databaseUrl, maxConnections: 1, statementTimeoutMs: 0, lockTimeoutMs: 10_000, log });
  try {
    const read = await readDataKeys(db);
    const counted = Map.groupBy(read.keys, ({ wrappingKeyId }) => wrappingKeyId);
    const taken = new Set(read.keys.map(({ dataKeyId }) => dataKeyId));
    return {
      wrapping: [...counted].map(([wrappingKeyId, group]) => ({ wrappingKeyId, dataKeys: group.length })),
      dataKeys: read.keys.map(asSeen),
      sealing: newestSealing(read)?.dataKeyId ?? null,
      versionOne: await versionOneRows(db, taken),
    };
  } finally {
    await db.destroy();
  }
}

/** Without what is wrapped in it. */
const asSeen = (key: KeptDataKey): KeysStatus['dataKeys'][number] => ({
  dataKeyId: key.dataKeyId,
  purpose: key.purpose,
  algorithm: key.algorithm,
  wrappingKeyId: key.wrappingKeyId,
  createdAt: key.createdAt,
  activeFrom: key.activeFrom,
  retiredAt: key.retiredAt,
  seals: key.seals,
});

async function versionOneRows(db: Db, taken: ReadonlySet<string>): Promise<readonly VersionOneRows[]> {
  const { rows: columns } = await sql<{ table_name: string; column_name: string }>`
    SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
      USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND c.data_type = 'bytea' AND t.table_type = 'BASE TABLE'
      AND c.table_name <> 'data_keys' ORDER BY 1, 2`.execute(db);
  const found: VersionOneRows[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    for (const { key, count } of await countColumn(db, table, column)) {
      const ringKeyId = Buffer.from(key, 'hex').toString('utf8');
      const takenOver = taken.has(`v1.${ringKeyId}`);
      if (ringKeyForm.test(ringKeyId))
        found.push({ column: `${table}.${column}`, ringKeyId, rows: Number(count), takenOver });
    }
  }
  return found;
}

const ringKeyForm = /^[A-Za-z0-9._-]{1,64}$/;
const mostRingKeys = 1_000;

/** Version and key id are the first bytes of an envelope (libs/platform/src/envelope.ts). */
async function countColumn(db: Db, table: string, column: string) {
  const envelope = sql.ref(column);
  const { rows } = await sql<{ key: string; count: string }>`
    SELECT encode(substring(${envelope} from 3 for get_byte(${envelope}, 1)), 'hex') AS key, count(*) AS count
    FROM ${sql.table(table)} WHERE length(${envelope}) > 30 AND get_byte(${envelope}, 0) = 1
    GROUP BY 1 ORDER BY 1 LIMIT ${mostRingKeys}`.execute(db);
  return rows;
}
