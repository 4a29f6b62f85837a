import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { EmbeddedLog } from './embedded-log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { sendSignal, serverProcesses } from './process-list.ts';

const startingMs = 60_000;

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function memoryLog(): { log: EmbeddedLog; events: string[]; seen(event: string): Promise<void> } {
  const events: string[] = [];
  const waiting = new Map<string, () => void>();
  const add = (event: string) => {
    events.push(event);
    waiting.get(event)?.();
  };
  const seen = (event: string) =>
    new Promise<void>((resolve) => (events.includes(event) ? resolve() : waiting.set(event, resolve)));
  return { log: { info: add, warn: add, error: add }, events, seen };
}

async function postmasterOf(server: EmbeddedPostgres): Promise<number> {
  return Number((await readFile(join(server.location, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function clusterNameOf(server: EmbeddedPostgres): Promise<string> {
  const rows = await ask(server.url, 'show cluster_name');
  return String(rows[0]?.['cluster_name']);
}

describe('the embedded database', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  const places = new Set<string>();

  const start = async (log: EmbeddedLog = memoryLog().log, port?: number): Promise<EmbeddedPostgres> => {
    const started = await startEmbeddedPostgres({ dataDir, log, ...(port === undefined ? {} : { port }) });
    places.add(started.location);
    return started;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), `chakong-embedded-${process.pid}-`));
    server = await start();
    await ask(server.url, 'create table kept (word text primary key)');
    await ask(server.url, "insert into kept values ('张三丰')");
  }, startingMs);

  afterEach(async () => {
    const rows = await ask(server.url, 'select word from kept');
    expect(rows).toEqual([{ word: '张三丰' }]);
  });

  afterAll(async () => {
    await server.stop();
    for (const place of [dataDir, ...places]) await rm(place, { recursive: true, force: true });
  });

  it(
    'keeps what was written over a restart',
    async () => {
      await server.stop();
      server = await start();
      expect(await ask(server.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1 }]);
    },
    startingMs,
  );

  it('has the settings that durability and privacy need', async () => {
    const names = [
      'fsync',
      'synchronous_commit',
      'max_connections',
      'listen_addresses',
      'server_encoding',
      'log_min_messages',
    ];
    const rows = await ask(server.url, `select name, setting from pg_settings where name in ('${names.join("','")}')`);
    expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      max_connections: '200',
      listen_addresses: '127.0.0.1',
      server_encoding: 'UTF8',
      log_min_messages: 'log',
    });
    const [collation] = await ask(server.url, "select datcollate from pg_database where datname = 'chakong'");
    expect(collation).toEqual({ datcollate: 'C' });
  });

  it('gives an owner without superuser rights, and keeps passwords in a file nobody else may read', async () => {
    const [owner] = await ask(server.url, 'select usesuper from pg_user where usename = current_user');
    expect(owner).toEqual({ usesuper: false });
    await expect(ask(server.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    const { mode } = await stat(join(server.location, 'credentials.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('writes no value of a failing statement into its log', async () => {
    await expect(ask(server.url, "insert into kept values ('张三丰')")).rejects.toMatchObject({ code: '23505' });
    await expect(ask(server.url, "select 'canary-110100199003074112'::int")).rejects.toMatchObject({ code: '22P02' });
    const folder = join(server.location, 'log');
    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    expect(texts.join('\n')).not.toMatch(/canary|张三丰/);
  });

  it('refuses a second start on the same folder while the first one lives', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'folder-in-use' });
  });

  it(
    'says which port is taken and what to do',
    async () => {
      const { port } = server;
      await server.stop();
      const stranger = createServer();
      await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
      await expect(start(undefined, port)).rejects.toMatchObject({
        code: 'port-in-use',
        fix: expect.stringContaining('CHAKONG_DATABASE_PORT'),
      });
      await new Promise((resolve) => stranger.close(resolve));
      server = await start(undefined, port);
      expect(server.port).toBe(port);
    },
    startingMs,
  );

  it(
    'comes back on the same port after its server was killed',
    async () => {
      await server.stop();
      const { log, events, seen } = memoryLog();
      server = await start(log);
      sendSignal(await postmasterOf(server), 'SIGKILL');
      await seen('database.recovered');
      expect(events).toContain('database.lost');
    },
    startingMs,
  );

  it(
    'starts although a stale lock file names a living stranger',
    async () => {
      const file = join(server.location, 'data', 'postmaster.pid');
      const lock = await readFile(file, 'utf8');
      await server.stop();
      await writeFile(file, lock.replace(/^\d+/, String(process.pid)));
      const { log, events } = memoryLog();
      server = await start(log);
      expect(events).toContain('database.stale-lock-removed');
    },
    startingMs,
  );

  it(
    'ends the server that a killed process left running',
    async () => {
      await server.stop();
      const script = join(import.meta.dirname, 'embedded-postgres.ts');
      const code = `const { startEmbeddedPostgres: start } = await import(${JSON.stringify(script)});
      const log = { info() {}, warn() {}, error() {} };
      await start({ dataDir: ${JSON.stringify(dataDir)}, log });
      process.stdout.write('ready');
      setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      const { log, events } = memoryLog();
      server = await start(log);
      expect(events).toEqual(expect.arrayContaining(['database.left-over-found', 'database.left-over-ended']));
    },
    startingMs,
  );

  it(
    'stops when its process exits without stopping it',
    async () => {
      const name = await clusterNameOf(server);
      await server.stop();
      const script = join(import.meta.dirname, 'embedded-postgres.ts');
      const code = `const { startEmbeddedPostgres: start } = await import(${JSON.stringify(script)});
      const log = { info() {}, warn() {}, error() {} };
      await start({ dataDir: ${JSON.stringify(dataDir)}, log });
      process.exit(0);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
      await new Promise((resolve) => child.once('exit', resolve));
      for (let polls = 0; polls < 200 && (await serverProcesses(name)).length > 0; polls += 1) await wait(50);
      expect(await serverProcesses(name)).toEqual([]);
      server = await start();
    },
    startingMs,
  );

  it(
    'gives up the start when told to',
    async () => {
      await server.stop();
      const signal = AbortSignal.abort(new Error('stopped'));
      await expect(startEmbeddedPostgres({ dataDir, log: memoryLog().log, signal })).rejects.toThrow('stopped');
      server = await start();
    },
    startingMs,
  );

  it(
    'leaves no process behind when it is stopped',
    async () => {
      const name = await clusterNameOf(server);
      await server.stop();
      expect(await serverProcesses(name)).toEqual([]);
      await server.stop();
      server = await start();
    },
    startingMs,
  );
});
