import { setTimeout as wait } from 'node:timers/promises';
import { type PreparedCluster, prepareCluster } from './cluster.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { awaitFirstConnection, type Urls } from './first-connection.ts';
import { freePort } from './free-port.ts';
import { claimFolder } from './owner-lock.ts';
import { type Place, preparePlace } from './place.ts';
import { launchPostmaster, type Postmaster } from './postmaster.ts';
import { endPreviousServer } from './previous-server.ts';
import { prepareServerFiles, type ServerFiles } from './server-files.ts';
import { nullOn, systemCode } from './system-code.ts';

export type EmbeddedPostgresOptions = {
  /** The product's data folder; the database takes `postgres/` in it. */
  readonly dataDir: string;
  /** On 127.0.0.1; 0 or nothing picks a free one. */
  readonly port?: number;
  /** Ends the start, not the running server. */
  readonly signal?: AbortSignal;
  readonly log: EmbeddedLog;
};

/** A real PostgreSQL server that belongs to this process. */
export type EmbeddedPostgres = Urls & {
  readonly port: number;
  /** Where the data really are: as root it may be another place than asked for. */
  readonly location: string;
  /** Fast shutdown, then the folder is free for another process. May be called again. */
  stop(): Promise<void>;
};

type Setting = {
  readonly place: Place;
  readonly files: ServerFiles;
  readonly cluster: PreparedCluster;
  readonly log: EmbeddedLog;
};

/** Restarts of a server that died by itself, in the life of this process; after that somebody has to look. */
const maxRestarts = 10;
const firstRestartAfterMs = 250;
const restartAfterAtMostMs = 10_000;

/**
 * Starts the PostgreSQL that npm carried here, on its own folder; makes the cluster the first time. Ends a server that
 * an earlier, killed process left running, and restarts its own when that one dies.
 * @throws EmbeddedFailure with a code and what to do, when it cannot start
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, port = 0, signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const place = await preparePlace(dataDir, log);
  const release = await claimFolder(place.home);
  try {
    const files = await prepareServerFiles(place, log);
    const setting = { place, files, log, cluster: await prepareCluster({ place, files, signal }) };
    await endPreviousServer(setting.cluster, { log, signal });
    const server = await launch(setting, await freePort(port), signal);
    const supervised = supervise(setting, server.postmaster);
    log.info('database.started', {
      port: server.postmaster.port,
      location: place.home,
      account: place.account?.name ?? null,
    });
    const stop = once(() => supervised().then(release));
    return { ...server.urls, port: server.postmaster.port, location: place.home, stop };
  } catch (error) {
    await release();
    throw error;
  }
}

type Server = { readonly postmaster: Postmaster; readonly urls: Urls };

async function launch(setting: Setting, port: number, signal: AbortSignal): Promise<Server> {
  const postmaster = await launchPostmaster({ ...setting, port });
  try {
    return { postmaster, urls: await awaitFirstConnection(postmaster, { ...setting, signal }) };
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

/** Keeps a server running on the same port. @returns stops it for good */
function supervise(setting: Setting, first: Postmaster): () => Promise<void> {
  const stopping = new AbortController();
  const watching = keepRunning(setting, first, stopping.signal);
  return async () => {
    stopping.abort();
    const last = await watching;
    await last.stop();
    setting.log.info('database.stopped');
  };
}

/** @returns the server to stop: when told to stop, or when there were too many restarts */
async function keepRunning(setting: Setting, first: Postmaster, stopping: AbortSignal): Promise<Postmaster> {
  const told = new Promise<null>((resolve) => stopping.addEventListener('abort', () => resolve(null), { once: true }));
  let current = first;
  for (let restart = 1; ; restart += 1) {
    const ending = await Promise.race([current.ended, told]);
    if (ending === null || stopping.aborted) return current;
    setting.log.error('database.lost', { exitCode: ending.exitCode, signal: ending.signal, restart });
    if (restart > maxRestarts) {
      setting.log.error('database.gave-up', { restarts: maxRestarts });
      return current;
    }
    const waited = await pause(Math.min(firstRestartAfterMs * 2 ** (restart - 1), restartAfterAtMostMs), stopping);
    if (!waited) return current;
    current = await restarted(setting, current, stopping);
  }
}

/** @returns false when it was cut short by a stop */
async function pause(delayMs: number, signal: AbortSignal): Promise<boolean> {
  await wait(delayMs, undefined, { signal }).catch(nullOn('ABORT_ERR'));
  return !signal.aborted;
}

async function restarted(setting: Setting, dead: Postmaster, signal: AbortSignal): Promise<Postmaster> {
  try {
    await endPreviousServer(setting.cluster, { log: setting.log, signal });
    const { postmaster } = await launch(setting, dead.port, signal);
    setting.log.warn('database.recovered', { port: postmaster.port });
    return postmaster;
  } catch (error) {
    if (!signal.aborted) setting.log.error('database.restart-failed', { code: systemCode(error) });
    return dead; // its end is already there, so the next round counts and tries again
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= act();
    return done;
  };
}
