import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The root of the repository, from the sources and from what is built of them. */
export const repository = join(import.meta.dirname, '..', '..').replace(/[/\\]dist$/, '');
export const built = (path: string): string => join(repository, 'dist', path);

/** A new folder that the account of the embedded database may pass through, so that its data stay in it and go with it. */
export function openFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One process of the product, started from `dist`. Everything it writes is kept. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** kill -9, as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM, and kill -9 when it does not leave in time. */
  stop(limitMs?: number): Promise<Ended>;
}

export interface Launch {
  readonly name: string;
  readonly script: string; // below dist/
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string;
}

/** Nothing of our own environment but what a program cannot do without. */
const plainEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );

export function launch({ name, script, args = [], environment, cwd, input }: Launch): RunningProcess {
  const child: ChildProcess = spawn(process.execPath, ['--enable-source-maps', built(script), ...args], {
    cwd,
    env: { ...plainEnvironment(), ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]!.setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  }
  child.stdin?.end(input);
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal }));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (!isOver()) child.kill('SIGKILL');
    await ended;
  };
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    kill,
    async stop(limitMs = 15_000) {
      if (!isOver()) child.kill('SIGTERM');
      const timer = setTimeout(() => void kill(), limitMs);
      const end = await ended;
      clearTimeout(timer);
      return end;
    },
  };
}

export interface Finished extends Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Runs a program of `dist` to its end. */
export async function run(options: Omit<Launch, 'name'>, limitMs = 60_000): Promise<Finished> {
  const startedAt = performance.now();
  const started = launch({ name: 'run', ...options });
  const timer = setTimeout(() => void started.kill(), limitMs);
  const end = await started.ended;
  clearTimeout(timer);
  return { ...end, stdout: started.stdout(), stderr: started.stderr(), ms: performance.now() - startedAt };
}

/** Looks until `look` gives something; fails with `what` when it never does. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  { timeoutMs = 30_000, everyMs = 100 } = {},
): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (performance.now() > until) throw new Error(`not in ${timeoutMs} ms: ${what}`);
    await wait(everyMs);
  }
}
