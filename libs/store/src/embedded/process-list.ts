import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { nullOn, systemCode } from './system-code.ts';

const run = promisify(execFile);
/** Index of `starttime` after the closing bracket of the program's name in /proc/<pid>/stat (proc(5), field 22). */
const startTimeIndex = 19;
const gone = nullOn('ENOENT', 'ESRCH', 'EACCES', 'EPERM');

/**
 * Something that stays the same while a process lives and differs for the next process with the same number: when it
 * was started, in which boot. Null when there is no such process.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  if (platform() !== 'linux') {
    const listed = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return listed.stdout.trim() || null;
  }
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(gone);
  if (line === null) return null;
  const startTime = line.slice(line.lastIndexOf(')') + 2).split(' ')[startTimeIndex];
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(gone);
  return `${boot?.trim() ?? ''}/${startTime ?? ''}`;
}

/** Process ids of the server with this cluster name: the postmaster and its children, which carry the name in their title. */
export async function serverProcesses(clusterName: string): Promise<readonly number[]> {
  const all = platform() === 'linux' ? await listFromProc() : await listFromPs();
  const isServer = /^(?:.*\/)?postgres[:\0 ]/s;
  return all.filter(({ command }) => isServer.test(command) && command.includes(clusterName)).map(({ pid }) => pid);
}

type Listed = { readonly pid: number; readonly command: string };

async function listFromProc(): Promise<readonly Listed[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    names.map(async (name) => {
      const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(gone);
      return { pid: Number(name), command: command ?? '' };
    }),
  );
}

async function listFromPs(): Promise<readonly Listed[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,command=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
  });
}

/** Sends a signal; false when there is no such process any more or it belongs to somebody else. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ESRCH' || code === 'EPERM') return false;
    throw error;
  }
}
