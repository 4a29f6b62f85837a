import { blindIndex, contentHash, type Log, newId, open, seal, systemClock, toInstant } from '#platform';
import { openQueueEngine, type QueueEngine } from '#queue';
import { migrate, openStore, type Store } from '#store';
import type { Setting } from './read-setting.ts';

export interface Engines {
  readonly store: Store;
  readonly queue: QueueEngine;
}

/** Store and queue of a gateway that is a process of its own. Whoever comes first brings the tables up to date. */
export async function openEngines(
  { settings, databaseUrl, keyring, installation }: Setting,
  log: Log,
): Promise<Engines> {
  await migrate(databaseUrl, log);
  const store = await openStore({
    databaseUrl,
    keyring: {
      seal: (bytes, context) => seal(keyring, bytes, context),
      open: (bytes, context) => open(keyring, bytes, context),
      blindIndex: (kind, value) => blindIndex(keyring, kind, value),
      contentHash,
    },
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
  });
  const queue = await openQueueEngine({
    queueUrl: settings.queueUrl,
    databaseUrl,
    channelIds: installation.channels.map(({ channelId }) => channelId),
    now: () => systemClock.now(),
    onError: (error) => log.warn('queue.lost', { error: error.name }),
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return { store, queue };
}
