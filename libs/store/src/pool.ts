import { Kysely, type PostgresCursor, PostgresDialect, type PostgresPool, type PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Db } from './database.ts';
import type { StoreLog } from './store-context.ts';
import { codeOf, isConnectionLost, StoreFault } from './store-fault.ts';

export type PoolOptions = {
  readonly databaseUrl: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number; // 0: none
  readonly lockTimeoutMs: number;
  /** Taken at the start of every connection; null: the login works under its own name. */
  readonly role?: string | null;
  readonly log: StoreLog;
};

const connectWithinMs = 10_000;
const idleMs = 30_000;
/** A server that hangs never ends a statement itself; this much later the client gives up on the connection. */
const answerGraceMs = 10_000;

/** Opens the database through a bounded pool whose errors always carry a code. */
export function openDatabase(options: PoolOptions): Db {
  return new Kysely({ dialect: new PostgresDialect({ pool: openPool(options) }) });
}

function openPool(options: PoolOptions): PostgresPool {
  const { databaseUrl, maxConnections, statementTimeoutMs, lockTimeoutMs, role = null, log } = options;
  const limited = statementTimeoutMs > 0;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'chakong-store',
    max: maxConnections,
    connectionTimeoutMillis: connectWithinMs,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    lock_timeout: lockTimeoutMs,
    ...(role !== null && { options: `-c role=${role}` }),
    ...(limited && {
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + answerGraceMs,
      idle_in_transaction_session_timeout: statementTimeoutMs,
    }),
  });
  const onLost = (error: Error) => log.warn('database.connection-lost', { code: codeOf(error) ?? 'connection-lost' });
  pool.on('error', onLost);
  return {
    options: {},
    connect: async () => guarded(await coded(pool.connect()), onLost),
    end: () => pool.end(),
  };
}

/** Texts that are prepared on each connection; texts of varying length must not fill the server's memory. */
const mostPrepared = 200;
const prepared = new Map<string, string>();

/**
 * A name lets the server keep what it parsed and planned: half the time of an append. Statements therefore name their
 * columns (`*` would fail after a migration by a newer process), and a pooler between must keep sessions together.
 */
function named(text: string, values: readonly unknown[]): { readonly name?: string } {
  if (values.length === 0) return {};
  const known = prepared.get(text);
  if (known !== undefined) return { name: known };
  if (prepared.size >= mostPrepared) return {};
  const name = `chakong-${prepared.size}`;
  prepared.set(text, name);
  return { name };
}

/** Errors of the driver itself (time-out, connection ended) come without a code; here they get one. */
async function coded<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw codeOf(error) === null ? new StoreFault('connection-lost', error) : error;
  }
}

/** A connection in use: nobody else listens to its errors, and once it was lost it is not used again. */
function guarded(client: pg.PoolClient, onLost: (error: Error) => void) {
  let broken = false;
  client.on('error', onLost);

  const run = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    try {
      return await coded(client.query({ text, values: [...values], ...named(text, values) }));
    } catch (error) {
      broken ||= isConnectionLost(codeOf(error));
      throw error;
    }
  };
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('The store reads no cursors.');
    return run(text, values);
  }
  const release = (destroy = false): void => {
    client.off('error', onLost);
    client.release(destroy || broken);
  };
  return { query, release };
}
