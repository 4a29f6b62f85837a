import {
  bindKeyring,
  errorCode,
  type Keyring,
  type Log,
  newId,
  type Settings,
  systemClock,
  toInstant,
} from '#platform';
import { openQueueEngine, type QueueEngine } from '#queue';
import { migrate, openStore, startEmbeddedPostgres, type Store } from '#store';

export interface Engines {
  readonly store: Store;
  readonly queue: QueueEngine;
  readonly words: string; // which engines, for people
  close(): Promise<void>;
}

interface EngineSetting {
  readonly settings: Settings;
  readonly keyring: Keyring;
  readonly channelIds: readonly string[];
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Store and queue: on the embedded PostgreSQL unless DATABASE_URL and QUEUE_URL name others. */
export async function openEngines(setting: EngineSetting): Promise<Engines> {
  const { settings, log, signal } = setting;
  const { databaseUrl, databasePort, dataDir } = settings;
  const startedAt = performance.now();
  const embedded =
    databaseUrl === null ? await startEmbeddedPostgres({ dataDir, port: databasePort, signal, log }) : null;
  const url = embedded?.url ?? databaseUrl;
  if (url === undefined || url === null) throw new Error('there is no database');
  try {
    await migrate(url, log);
    const store = await storeOn(url, setting);
    const queue = await queueOn(url, setting);
    const place = embedded
      ? `embedded PostgreSQL on port ${embedded.port}, data in ${embedded.location}`
      : 'PostgreSQL of DATABASE_URL';
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    return {
      store,
      queue,
      words: `${place}; queue in ${queue.engine === 'redis' ? 'Redis' : 'the same PostgreSQL'} (${seconds} s)`,
      async close() {
        await queue.close();
        await store.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

const storeOn = (databaseUrl: string, { settings, keyring, log }: EngineSetting): Promise<Store> =>
  openStore({
    databaseUrl,
    keyring: bindKeyring(keyring),
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
  });

const queueOn = (databaseUrl: string, { settings, channelIds, log }: EngineSetting): Promise<QueueEngine> =>
  openQueueEngine({
    queueUrl: settings.queueUrl,
    databaseUrl,
    channelIds,
    now: () => systemClock.now(),
    onError: (error) => log.warn('queue.lost', { code: errorCode(error) }),
    onFailed: ({ queue, jobId, attempt, error }) =>
      log.warn('job.failed', { queue, jobId, attempt, code: errorCode(error) }),
  });
