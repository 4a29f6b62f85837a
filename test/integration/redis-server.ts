import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ownPort } from '../own-port.ts';

/** A real Redis of its own for one suite, on a free port. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** kill -9, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same port; its data are there when it wrote an append-only file. */
  restart(keepData?: boolean): Promise<void>;
  stop(): Promise<void>;
}

export const redisIsInstalled = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** Said loudly, never silently green: in CI nothing may be skipped (.ci/run installs redis-server). */
export const redisMissing = 'SKIPPED: no redis-server program on the PATH; the Redis half of this suite did not run';

export async function startRedis(): Promise<RedisServer> {
  const port = await ownPort();
  const folder = mkdtempSync(join(tmpdir(), 'chakong-redis-'));
  let child: ChildProcess | null = await launch(port, folder);
  const kill = async () => {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    const gone = once(dying, 'exit');
    dying.kill('SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart(keepData = true) {
      await kill();
      if (!keepData) rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true });
      child = await launch(port, folder);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  for (let look = 0; look < 200; look += 1) {
    if (await answers(port)) return child;
    if (child.exitCode !== null) break;
    await wait(25);
  }
  child.kill('SIGKILL');
  throw new Error('redis-server did not start');
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      done(String(data).startsWith('+PONG'));
    });
    socket.once('error', () => done(false));
  });
