import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedFailure } from './embedded-failure.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { sendSignal, serverProcesses } from './process-list.ts';
import { nullOn } from './system-code.ts';

const pollMs = 50;
/** A fast shutdown writes a checkpoint first. */
const fastShutdownMs = 30_000;
/** Children of a killed postmaster notice that it is gone and leave by themselves. */
const orphansLeaveMs = 5_000;
const immediateShutdownMs = 10_000;

/** One cluster on disk, and the name its server's processes carry. */
export type Cluster = { readonly data: string; readonly clusterName: string };
type Surroundings = { readonly log: EmbeddedLog; readonly signal: AbortSignal };

/**
 * Ends what a killed process left behind: a server of this folder that still runs, or a lock file that now names a
 * stranger. Call it only with the folder claimed. Afterwards no process has these data open.
 */
export async function endPreviousServer(cluster: Cluster, { log, signal }: Surroundings): Promise<void> {
  const found = await serverProcesses(cluster.clusterName);
  const postmaster = await lockedBy(cluster.data);
  if (found.length > 0) {
    log.warn('database.left-over-found', { processes: found.length });
    const isOurs = postmaster !== null && found.includes(postmaster);
    if (isOurs) sendSignal(postmaster, 'SIGINT');
    const isGone = await allGone(cluster, isOurs ? fastShutdownMs : orphansLeaveMs, signal);
    if (!isGone) await endAtOnce(cluster, signal);
    log.info('database.left-over-ended', { postmaster: isOurs });
  }
  if (postmaster !== null && sendSignal(postmaster, 0) && (await lockedBy(cluster.data)) === postmaster) {
    await rm(join(cluster.data, 'postmaster.pid'), { force: true });
    log.info('database.stale-lock-removed');
  }
}

/** Like pulling the plug: safe, because every commit is on disk; the next start recovers. */
async function endAtOnce(cluster: Cluster, signal: AbortSignal): Promise<void> {
  for (const pid of await serverProcesses(cluster.clusterName)) sendSignal(pid, 'SIGQUIT');
  if (await allGone(cluster, immediateShutdownMs, signal)) return;
  const left = await serverProcesses(cluster.clusterName);
  throw new EmbeddedFailure(
    'previous-still-running',
    `An earlier database server on ${cluster.data} does not stop (process ${left.join(', ')}).`,
    'End these processes, then start again.',
  );
}

async function allGone(cluster: Cluster, withinMs: number, signal: AbortSignal): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += pollMs) {
    if ((await serverProcesses(cluster.clusterName)).length === 0) return true;
    await wait(pollMs, undefined, { signal });
  }
  return false;
}

/** The process number in the server's own lock file; null when there is none. */
async function lockedBy(data: string): Promise<number | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(nullOn('ENOENT'));
  const pid = Number(text?.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
