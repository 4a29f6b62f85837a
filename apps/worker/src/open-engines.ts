import {
  type BoundKeyring,
  createSteadyClock,
  errorCode,
  type Log,
  newId,
  type Settings,
  type Signer,
  type SteadyClock,
  toInstant,
} from '#platform';
import { openQueueEngine, type QueueEngine } from '#queue';
import { migrate, openStore, type Store } from '#store';

export interface Engines {
  readonly store: Store;
  readonly queue: QueueEngine;
  /** The clock of store and queue; everything that decides with times read from them goes by it. */
  readonly clock: SteadyClock;
}

interface EnginesWanted {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly keyring: BoundKeyring;
  readonly signer: Signer;
  readonly channelIds: readonly string[];
  readonly log: Log;
}

/** Store and queue of a worker that is a process of its own. Whoever comes first brings the tables up to date. */
export async function openEngines(wanted: EnginesWanted): Promise<Engines> {
  const { settings, databaseUrl, keyring, signer, channelIds, log } = wanted;
  await migrate(settings.migrationDatabaseUrl ?? databaseUrl, log);
  const clock = createSteadyClock();
  const store = await openStore({
    databaseUrl,
    keyring,
    signer,
    clock: () => clock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
    ledgerHash: settings.auditHash,
    ledgerGuarded: settings.profile === 'production' && settings.allowUnguardedLedger !== true,
  });
  const queue = await openQueueEngine({
    queueUrl: settings.queueUrl,
    databaseUrl,
    channelIds,
    now: () => clock.now(),
    onError: (error) => log.warn('queue.lost', { code: errorCode(error) }),
    onFailed: ({ queue: name, jobId, attempt, error }) =>
      log.warn('job.failed', { queue: name, jobId, attempt, code: errorCode(error) }),
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  await keepTime({ store, clock, log });
  return { store, queue, clock };
}

interface Timed {
  readonly store: Pick<Store, 'health'>;
  readonly clock: SteadyClock;
  readonly log: Log;
}

const worthTellingMs = 5_000;

/**
 * Sets the clock by that of the database. Replicas hand times to each other through it (when to collect, when to look
 * again), so one host whose clock is wrong must not put its work an hour off.
 */
export async function keepTime({ store, clock, log }: Timed): Promise<void> {
  const { ms, at } = await store.health();
  const shared = new Date(at.getTime() + ms / 2);
  const offMs = shared.getTime() - clock.now().getTime();
  if (Math.abs(offMs) > worthTellingMs) log.warn('clock.corrected', { offMs });
  clock.set(shared);
}
