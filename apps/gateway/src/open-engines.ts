import { type Log, newId, systemClock, toInstant, type ProcessSetting } from '#platform';
import { openQueueEngine, type QueueEngine } from '#queue';
import { migrate, openStore, type Store } from '#store';

export interface Engines {
  readonly store: Store;
  readonly queue: QueueEngine;
}

/** Store and queue of a gateway that is a process of its own. Whoever comes first brings the tables up to date. */
export async function openEngines(
  { settings, databaseUrl, keyring, signer, installation }: ProcessSetting,
  log: Log,
): Promise<Engines> {
  await migrate(settings.migrationDatabaseUrl ?? databaseUrl, log);
  const store = await openStore({
    databaseUrl,
    keyring,
    signer,
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
    ledgerHash: settings.auditHash,
    ledgerGuarded: settings.profile === 'production' && settings.allowUnguardedLedger !== true,
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
