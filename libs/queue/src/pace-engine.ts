import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { connectRedis } from './backend.ts';
import type { QueuePlace } from './queue-url.ts';

export interface TokensTaken {
  readonly taken: number;
  readonly retryAfterMs: number; // until there are more; 0 when all that were wanted were taken
}

/**
 * Token buckets that all processes on this engine share (docs/decisions/0012-breakers-in-postgresql-pace-in-the-queue.md).
 * While the engine is away each process keeps to a part of the pace, and nothing fails.
 */
export interface PaceEngine {
  /** Takes at most `wanted` tokens at once; never more than `maxPerSecond` × time + one chunk over all processes. */
  take(bucket: string, wanted: number, maxPerSecond: number): Promise<TokensTaken>;
  close(): Promise<void>;
}

interface PaceOptions {
  readonly place: QueuePlace;
  readonly onError: (error: Error) => void;
}

/** A window of the bucket: as many tokens as it holds may be taken in it. */
interface Window {
  readonly points: number;
  readonly ms: number;
}

const chunksPerSecond = 10;
const answerWithinMs = 500; // a bucket that takes longer is away
const replicasWhileAway = 4; // each process takes this part of the pace when nobody counts for all
const table = 'chakong_pace';
const prefix = '{chakong}pace';

/**
 * The library counts in whole seconds over Redis. Its duration is therefore given in milliseconds here, and this script
 * in place of its own reads it so; over PostgreSQL and in memory it takes fractions.
 */
const countInMs = `redis.call('set', KEYS[1], 0, 'PX', ARGV[2], 'NX')
local consumed = redis.call('incrby', KEYS[1], ARGV[1])
return {consumed, redis.call('pttl', KEYS[1])}`;

/** Opens nothing before the first token is taken: who has no pace pays nothing. */
export function openPaceEngine({ place, onError }: PaceOptions): PaceEngine {
  const buckets = new Map<number, Buckets>();
  let connected: Promise<Connected> | null = null;
  const connection = async (): Promise<Connected | null> => {
    connected ??= place.kind === 'postgres' ? onPostgres(place.url, onError) : onRedis(place, onError);
    try {
      return await connected;
    } catch (error) {
      onError(error instanceof Error ? error : new Error('the engine of the pace did not open'));
      connected = null;
      return notConnected;
    }
  };
  return {
    async take(bucket, wanted, maxPerSecond) {
      const window = windowOf(maxPerSecond);
      const known = buckets.get(maxPerSecond) ?? { insurance: insuranceOf(window), shared: null };
      buckets.set(maxPerSecond, known);
      known.shared ??= (await connection())?.limiterOf(window, known.insurance) ?? null;
      const taking = { bucket, wanted: Math.min(wanted, window.points), window };
      return takeFrom(known.shared ?? known.insurance, taking);
    },
    async close() {
      if (connected) await (await connection())?.end();
    },
  };
}

interface Buckets {
  readonly insurance: RateLimiterMemory;
  shared: RateLimiterAbstract | null; // null: the engine was never reached
}

/** The insurance counts, and the next taking tries to connect again. */
const notConnected = null;

/** A tenth of a second's worth, or one token where that is less. */
export function windowOf(maxPerSecond: number): Window {
  const points = Math.max(1, Math.floor(maxPerSecond / chunksPerSecond));
  return { points, ms: Math.ceil((points * 1_000) / maxPerSecond) };
}

interface Taking {
  readonly bucket: string;
  readonly wanted: number;
  readonly window: Window;
}

/**
 * A bucket that cannot give all that is wanted has counted it all the same: what was left of the window before belongs
 * to the one that crossed the line, and to nobody else.
 */
async function takeFrom(limiter: RateLimiterAbstract, { bucket, wanted, window }: Taking): Promise<TokensTaken> {
  try {
    await limiter.consume(bucket, wanted);
    return { taken: wanted, retryAfterMs: 0 };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const left = window.points - (refused.consumedPoints - wanted);
    const retryAfterMs = refused.msBeforeNext > 0 ? refused.msBeforeNext : window.ms;
    return { taken: Math.max(0, Math.min(wanted, left)), retryAfterMs };
  }
}

interface Connected {
  readonly limiterOf: (window: Window, insurance: RateLimiterMemory) => RateLimiterAbstract;
  end(): Promise<void>;
}

const insuranceOf = ({ points, ms }: Window): RateLimiterMemory =>
  new RateLimiterMemory({ keyPrefix: prefix, points, duration: (ms * replicasWhileAway) / 1_000 });

async function onRedis(
  place: Exclude<QueuePlace, { kind: 'postgres' }>,
  onError: PaceOptions['onError'],
): Promise<Connected> {
  const storeClient: Redis | Cluster = connectRedis(place, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false, // what the insurance has counted must not be counted again later
    commandTimeout: answerWithinMs,
    connectTimeout: answerWithinMs,
  });
  storeClient.on('error', onError);
  const ready = new Promise<void>((resolve) => void storeClient.once('ready', () => resolve()));
  await Promise.race([ready, wait(answerWithinMs, undefined, { ref: false })]);
  return {
    limiterOf: ({ points, ms: duration }, insuranceLimiter) =>
      new RateLimiterRedis({
        ...{ storeClient, keyPrefix: prefix, points, duration, insuranceLimiter },
        customIncrTtlLuaScript: countInMs,
        rejectIfRedisNotReady: true,
      }),
    async end() {
      storeClient.disconnect();
    },
  };
}

/** The first limiter makes the table; the others find it there. */
async function onPostgres(connectionString: string, onError: PaceOptions['onError']): Promise<Connected> {
  const storeClient = new pg.Pool({
    connectionString,
    application_name: 'chakong-pace',
    max: 2,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
    statement_timeout: answerWithinMs,
  });
  storeClient.on('error', onError);
  const place = { storeClient, storeType: 'pool', keyPrefix: prefix, tableName: table };
  try {
    await new Promise<void>((resolve, reject) => {
      const made = (error?: Error): void => (error ? reject(error) : resolve());
      void new RateLimiterPostgres({ ...place, points: 1, duration: 1 }, made); // clears what is long over, too
    });
  } catch (error) {
    await storeClient.end();
    throw error;
  }
  return {
    limiterOf: ({ points, ms }, insuranceLimiter) =>
      new RateLimiterPostgres({
        ...{ ...place, points, duration: ms / 1_000, insuranceLimiter },
        ...{ tableCreated: true, clearExpiredByTimeout: false },
      }),
    end: () => storeClient.end(),
  };
}
