import { Migrator } from 'kysely/migration';
import { prepareAppRole } from './app-role.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { openDatabase } from './pool.ts';
import type { StoreLog } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

/** One connection holds the lock, the other works. */
const connections = 2;
/** Another process may be migrating: waiting for it is right, and it is bounded. */
const lockWithinMs = 600_000;

/**
 * Brings the database up to date, under an advisory lock: any number of processes may start at once.
 * @throws StoreFault `migration-failed`; nothing of a failed migration stays behind
 */
export async function migrate(databaseUrl: string, log: StoreLog): Promise<void> {
  const options = { databaseUrl, maxConnections: connections, statementTimeoutMs: 0, lockTimeoutMs: lockWithinMs, log };
  const db = openDatabase(options);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...allMigrations }) } });
    const { error, results = [] } = await migrator.migrateToLatest();
    for (const { migrationName, status } of results) {
      if (status === 'Success') log.info('migration.applied', { migration: migrationName });
    }
    if (error !== undefined) throw new StoreFault('migration-failed', error);
    await prepareAppRole(db, log);
  } finally {
    await db.destroy();
  }
}
