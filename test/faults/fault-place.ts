import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer, type Server } from 'node:tls';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Agency } from '#contracts';
import { startEmbeddedPostgres } from '#store';
import { Client } from 'pg';
import type { FaultRule } from '../../apps/simulator/src/index.ts';
import { type Court, openCourt } from '../e2e/court.ts';
import { prepare, quietLog, readDirectory, tokens, untilReady } from '../e2e/product.ts';
import { launch, openFolder, type RunningProcess } from '../e2e/running-process.ts';
import { ownPort } from '../own-port.ts';
import { type RedisServer, startRedis } from '../integration/redis-server.ts';
import { makeCertificate, type OwnCertificate } from './certificate.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export type Engine = 'postgres' | 'redis';
export type WorkerName = 'first' | 'second';

export interface FaultPlaceOptions {
  readonly engine: Engine;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Gateway, two workers and simulator as processes, with networks between them that can be broken. */
export interface FaultPlace {
  readonly engine: Engine;
  readonly agencies: readonly Agency[];
  readonly seed: number;
  readonly court: Court;
  readonly gatewayUrl: string;
  readonly gateway: ProcessSlot;
  readonly workers: Readonly<Record<WorkerName, ProcessSlot>>;
  readonly postgres: { readonly url: string; readonly network: TcpProxy; killServer(): void };
  readonly redis: { readonly server: RedisServer; readonly network: TcpProxy } | null;
  /** What stands before the doors of both workers, as a load balancer does. */
  readonly doors: { readonly network: TcpProxy; readonly ports: Readonly<Record<WorkerName, number>> };
  /** The TLS endpoint before the city registries, with a certificate that the workers trust or another. */
  readonly tls: { trusted(isTrusted: boolean): void };
  setFaults(faults: readonly FaultRule[]): Promise<void>;
  calls(): Promise<Readonly<Record<string, number>>>;
  clearCalls(): Promise<void>;
  /** Moves the clock of the first worker. */
  shiftClock(ms: number): void;
  /** Takes every fault away and starts what is dead, so that a case that failed does not fail the next one. */
  heal(): Promise<void>;
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** One process of the product that can die and come back. */
export interface ProcessSlot {
  now(): RunningProcess;
  isOver(): boolean;
  start(): void;
  ready(): Promise<void>;
}

const readyWithinMs = 60_000; // several things start at once on a machine that is busy with other suites

type Stops = (() => Promise<unknown> | void)[];

export async function startFaultPlace(options: FaultPlaceOptions): Promise<FaultPlace> {
  const stops: Stops = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    return await openPlace(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openPlace(options: FaultPlaceOptions, stops: Stops, stop: () => Promise<void>): Promise<FaultPlace> {
  const { engine } = options;
  const dir = openFolder('chakong-faults-');
  stops.push(() => rmSync(dir, { recursive: true, force: true }));
  const network = async (...to: number[]) => {
    const proxy = await openTcpProxy(to);
    stops.push(() => proxy.stop());
    return proxy;
  };
  const server = engine === 'redis' ? await startRedis() : null;
  if (server) stops.push(() => server.stop());
  const database = await startEmbeddedPostgres({ dataDir: join(dir, 'data'), port: await ownPort(), log: quietLog });
  stops.push(() => database.stop());
  const postgresNetwork = await network(database.port);
  const redis = server ? { server, network: await network(server.port) } : null;

  const tls = await openTls(dir, stops);
  const environment = await prepare(dir, through(database.url, postgresNetwork), {
    ...(redis ? { queueUrl: through(redis.server.url, redis.network) } : {}),
    environment: { ...quickSettings, NODE_EXTRA_CA_CERTS: tls.trustedFile, ...options.environment },
    channelText: (text) =>
      quickChannel(text).replace('http://127.0.0.1:7400/city', `https://127.0.0.1:${tls.port}/city`),
  });
  tls.lead(Number(environment['CHAKONG_SIMULATOR_PORT']));
  const ports = { first: Number(environment['CHAKONG_DOORS_PORT']), second: await ownPort() };
  const doorsNetwork = await network(ports.first, ports.second);
  const start = processes({ dir, environment, stops });
  const clock = join(dir, 'clock-shift');
  writeFileSync(clock, '0');
  const gatewayUrl = `http://127.0.0.1:${environment['PORT']}`;
  const simulatorUrl = `http://127.0.0.1:${environment['CHAKONG_SIMULATOR_PORT']}`;
  const flags = ['--latency', '0.2', '--poll', '150', '--doors', `http://127.0.0.1:${doorsNetwork.port}`];
  const gateway = start('gateway', { path: '/health/startup', port: 'PORT' });
  const simulator = start('simulator', { path: '/__faults', port: 'CHAKONG_SIMULATOR_PORT', args: flags });
  const shifted = {
    SHIFTED_CLOCK_FILE: clock,
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'shifted-clock.ts')}`,
  };
  const second = { CHAKONG_DOORS_PORT: `${ports.second}`, CHAKONG_METRICS_PORT: `${await ownPort()}` };
  const workers = {
    first: start('worker', { path: '/health/ready', port: 'CHAKONG_METRICS_PORT', more: shifted }),
    second: start('worker', { path: '/health/ready', port: 'CHAKONG_METRICS_PORT', more: second }),
  };
  for (const each of [simulator, gateway, workers.first, workers.second]) await each.ready();
  const control = async (method: string, page: string, body?: string) => {
    const reply = await fetch(`${simulatorUrl}/${page}`, { method, ...(body === undefined ? {} : { body }) }).catch(
      (error: unknown) => {
        const { stderr, stdout } = simulator.now();
        throw new Error(`the simulator is gone: ${(stderr() + stdout()).slice(-4_000)}`, { cause: error });
      },
    );
    if (!reply.ok) throw new Error(`the simulator refused ${method} ${page}`);
    return reply.json() as Promise<{ readonly requests: Record<string, number> }>;
  };
  const shiftClock = (ms: number) => writeFileSync(clock, `${ms}`);
  const setFaults = async (faults: readonly FaultRule[]) =>
    void (await control('PUT', '__faults', JSON.stringify(faults)));
  const heal = async () => {
    for (const each of [postgresNetwork, doorsNetwork, redis?.network]) each?.set('pass');
    doorsNetwork.lead([ports.first, ports.second]);
    shiftClock(0);
    tls.trusted(true);
    await setFaults([]);
    const dead = [gateway, workers.first, workers.second].filter((slot) => slot.isOver());
    for (const slot of dead) slot.start();
    for (const slot of dead) await slot.ready();
  };
  return {
    ...{ engine, seed: 1, gatewayUrl, gateway, workers, redis, stop, tls },
    agencies: await readDirectory(join(dir, 'config')),
    court: openCourt(gatewayUrl, tokens.zhao),
    postgres: {
      url: database.url,
      network: postgresNetwork,
      killServer: () => process.kill(postmasterOf(database.location), 'SIGKILL'),
    },
    doors: { network: doorsNetwork, ports },
    ...{ setFaults, shiftClock, heal },
    calls: async () => (await control('GET', '__calls')).requests,
    clearCalls: async () => void (await control('DELETE', '__calls')),
    query: (text, values) => queried(database.url, text, values),
  };
}

/** Shorter than in operation, so that a case takes seconds. */
const quickSettings = {
  CHAKONG_LOG_LEVEL: 'info',
  CHAKONG_SHUTDOWN_DELAY_MS: '1000',
  CHAKONG_SHUTDOWN_GRACE_MS: '700',
};
const quickChannel = (text: string): string =>
  text.replace('firstDelayMs: 500', 'firstDelayMs: 300').replace('resetTimeoutMs: 5000', 'resetTimeoutMs: 1500');

const through = (url: string, { port }: TcpProxy): string =>
  url.replace(/(127\.0\.0\.1|localhost):\d+/, `127.0.0.1:${port}`);

/** The first line of the lock file of the server (PostgreSQL, "postmaster.pid"). */
const postmasterOf = (location: string): number =>
  Number(
    readFileSync(join(location, 'data', 'postmaster.pid'), 'utf8')
      .split('\n', 1)
      .join(''),
  );

async function queried<Row>(url: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as Row[];
  } finally {
    await client.end();
  }
}

interface Processes {
  readonly dir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stops: Stops;
}
interface Start {
  readonly path: string;
  readonly port: string; // name of the setting
  readonly args?: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

/** Starts processes that are ended with the place, and knows how each of them says that it is ready. */
function processes({ dir, environment, stops }: Processes) {
  return (name: 'gateway' | 'worker' | 'simulator', { path, port, args = [], more = {} }: Start): ProcessSlot => {
    const own = { ...environment, ...more };
    const start = () => launch({ name, script: `apps/${name}/src/main.js`, args, environment: own, cwd: dir });
    let now = start();
    const ended = new Set<RunningProcess>();
    const watch = (one: RunningProcess) => void one.ended.then(() => ended.add(one));
    watch(now);
    stops.push(() => now.kill());
    return {
      now: () => now,
      isOver: () => ended.has(now),
      start() {
        now = start();
        watch(now);
      },
      ready: () => untilReady(now, `http://127.0.0.1:${own[port]}${path}`, readyWithinMs),
    };
  };
}

interface Tls {
  readonly port: number;
  readonly trustedFile: string;
  lead(port: number): void;
  trusted(isTrusted: boolean): void;
}

/** TLS before a plain server, as the reverse proxy of an agency. */
async function openTls(dir: string, stops: Stops): Promise<Tls> {
  const port = await ownPort();
  const right = makeCertificate('sample registries', new Date());
  const wrong = makeCertificate('somebody else', new Date());
  const trustedFile = join(dir, 'trusted.pem');
  writeFileSync(trustedFile, right.cert);
  let to = 0;
  const server: Server = createTlsServer({ ...right }, (near) => {
    const far = connect(to, '127.0.0.1');
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  const open = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  const cut = () => open.forEach((socket) => socket.destroy());
  stops.push(() => {
    cut();
    server.close();
  });
  let shown = right;
  const show = (certificate: OwnCertificate) => {
    server.setSecureContext({ ...certificate });
    cut(); // connections that are open were checked already
  };
  return {
    ...{ port, trustedFile },
    lead: (next) => void (to = next),
    trusted(isTrusted) {
      const next = isTrusted ? right : wrong;
      if (next !== shown) show(next);
      shown = next;
    },
  };
}

/** Resident memory of a process in MB, as the system counts it. */
export const residentMb = ({ pid }: RunningProcess): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
