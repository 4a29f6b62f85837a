import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openNew, type PreparedCluster, runAs } from './cluster.ts';
import { loopback } from './free-port.ts';
import type { Place } from './place.ts';
import { sendSignal } from './process-list.ts';
import type { ServerFiles } from './server-files.ts';

/** How a server ended: exactly one of the two is not null, unless it never began. */
export type Ending = { readonly exitCode: number | null; readonly signal: string | null };

/** A running server. */
export type Postmaster = {
  readonly port: number;
  /** Settles when the process has gone, however it went. Never rejects. */
  readonly ended: Promise<Ending>;
  /** Null while it runs. */
  ending(): Ending | null;
  /** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
  stop(): Promise<void>;
};

export type Launch = {
  readonly place: Place;
  readonly files: ServerFiles;
  readonly cluster: PreparedCluster;
  readonly port: number;
};

const fastShutdownMs = 30_000;
const immediateShutdownMs = 10_000;

/** Errors of statements are left out of the log, and details too: both quote values, and values are personal data. */
const quietLog = {
  logging_collector: 'on',
  log_filename: 'postgres-%a.log', // one per weekday, so the log never outgrows a week
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_file_mode: '0600',
  log_min_messages: 'log', // LOG, FATAL and PANIC; ERROR ranks below LOG here
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
};

/** What every start sets, whatever postgresql.conf says: a commit that returned is on disk. */
function settings({ cluster, place, port }: Launch): Readonly<Record<string, string>> {
  return {
    port: String(port),
    listen_addresses: loopback,
    unix_socket_directories: '',
    cluster_name: cluster.clusterName,
    max_connections: '200',
    shared_buffers: '64MB',
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    jit: 'off',
    log_directory: join(place.home, 'log'),
    ...quietLog,
  };
}

/**
 * Starts the server. It is not ready when this returns. It gets a session of its own, so Ctrl-C on the terminal
 * reaches this process alone, which then stops the server in its turn.
 */
export async function launchPostmaster(launch: Launch): Promise<Postmaster> {
  const given = Object.entries(settings(launch)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await openNew(startLog(launch.place));
  try {
    const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
    const options = { ...runAs(launch.place), stdio, detached: true };
    const child = spawn(launch.files.postgres, ['-D', launch.cluster.data, ...given], options);
    await once(child, 'spawn');
    return watch(child, launch.port);
  } finally {
    await log.close();
  }
}

/** What the server says before its own log begins, such as why it cannot start. */
export function startLog(place: Place): string {
  return join(place.home, 'log', 'start.log');
}

function watch(child: ChildProcess, port: number): Postmaster {
  const end = () => sendTo(child, 'SIGINT');
  process.once('exit', end); // somebody called process.exit without stop()
  child.unref();
  let ending: Ending | null = null;
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      process.off('exit', end);
      ending = { exitCode, signal };
      resolve(ending);
    });
  });
  const stop = async () => {
    child.ref(); // whoever waits for the end must not fall asleep before it
    for (const [signal, withinMs] of [
      ['SIGINT', fastShutdownMs],
      ['SIGQUIT', immediateShutdownMs],
    ] as const) {
      if (ending !== null) return;
      sendTo(child, signal);
      await within(withinMs, ended);
    }
    if (ending === null) sendTo(child, 'SIGKILL');
    await ended;
  };
  return { port, ended, ending: () => ending, stop };
}

function sendTo(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) sendSignal(child.pid, signal);
}

async function within(limitMs: number, ended: Promise<Ending>): Promise<void> {
  const timer = new AbortController();
  const elapsed = wait(limitMs, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([ended, elapsed]);
  timer.abort();
}
