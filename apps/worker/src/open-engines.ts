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
import { migrate, openStore, type Store } from '#store';

export interface Engines {
  readonly store: Store;
  readonly queue: QueueEngine;
}

interface EnginesWanted {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  readonly channelIds: readonly string[];
  readonly log: Log;
}

/** Store and queue of a worker that is a process of its own. Whoever comes first brings the tables up to date. */
export async function openEngines(wanted: EnginesWanted): Promise<Engines> {
  const { settings, databaseUrl, keyring, channelIds, log } = wanted;
  await migrate(databaseUrl, log);
  const store = await openStore({
    databaseUrl,
    keyring: bindKeyring(keyring),
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
  });
  const queue = await openQueueEngine({
    queueUrl: settings.queueUrl,
    databaseUrl,
    channelIds,
    now: () => systemClock.now(),
    onError: (error) => log.warn('queue.lost', { code: errorCode(error) }),
    onFailed: ({ queue: name, jobId, attempt, error }) =>
      log.warn('job.failed', { queue: name, jobId, attempt, code: errorCode(error) }),
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return { store, queue };
}
