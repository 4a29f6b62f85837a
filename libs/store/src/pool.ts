import { Kysely, type PostgresCursor, PostgresDialect, type PostgresPool, type PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Db } from './database.ts';
import type { StoreLog } from './store-context.ts';
import { codeOf, StoreFault } from './store-fault.ts';

type PoolOptions = {
  readonly databaseUrl: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number; // 0: none
  readonly lockTimeoutMs: number;
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

function openPool({ databaseUrl, maxConnections, statementTimeoutMs, lockTimeoutMs, log }: PoolOptions): PostgresPool {
  const limited = statementTimeoutMs > 0;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'chakong-store',
    max: maxConnections,
    connectionTimeoutMillis: connectWithinMs,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    lock_timeout: lockTimeoutMs,
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

/** Errors of the driver itself (time-out, connection ended) come without a code; here they get one. */
async function coded<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw codeOf(error) === null ? new StoreFault('connection-lost', error) : error;
  }
}

/** A connection in use: nobody else listens to its errors, and after anything but a server's error it is not used again. */
function guarded(client: pg.PoolClient, onLost: (error: Error) => void) {
  let broken = false;
  client.on('error', onLost);

  const run = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    try {
      return await coded(client.query(text, [...values]));
    } catch (error) {
      const cause = error instanceof Error ? error.cause : null;
      broken ||= !(error instanceof pg.DatabaseError) && !(cause instanceof pg.DatabaseError);
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
