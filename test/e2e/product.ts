import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Agency, agencySchema } from '#contracts';
import { generateKeyring, hashToken, loadAgencies } from '#platform';
import { startEmbeddedPostgres } from '#store';
import type { FaultRule } from '../../apps/simulator/src/index.ts';
import { type Court, openCourt } from './court.ts';
import { eventually, launch, openFolder, repository, type RunningProcess } from './running-process.ts';
import { ownPort } from '../own-port.ts';

export const tokens = {
  zhao: 'ckt_officer-of-court-990100',
  qian: 'ckt_officer-of-court-990200',
  sun: 'ckt_operator-of-990100',
};
export const quietLog = { debug() {}, info() {}, warn() {}, error() {} };

export interface ProductOptions {
  readonly queueUrl?: string;
  /** 1 is the usual latency of agencies. */
  readonly latency?: number;
  readonly pollMs?: number;
  readonly seed?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Changes a file of config/channels before the start. */
  readonly channelText?: (text: string) => string;
  /** Changes the folder of the configuration before the start. */
  readonly configure?: (configDir: string) => void;
}

/** The whole product as processes of its own on free ports, with a database and a folder of its own. */
export interface Product {
  readonly dir: string;
  readonly gatewayUrl: string;
  readonly metricsUrl: string;
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly agencies: readonly Agency[];
  readonly seed: number;
  readonly court: Court;
  readonly running: { gateway: RunningProcess; worker: RunningProcess; readonly simulator: RunningProcess };
  startGateway(): Promise<void>;
  startWorker(): Promise<void>;
  /** Until every process answers that it is ready. */
  ready(): Promise<void>;
  setFaults(faults: readonly FaultRule[]): Promise<void>;
  /** Exchanges by agency and request number, since the start or the last `clearCalls`. */
  calls(): Promise<Readonly<Record<string, number>>>;
  /** Everything all processes have written so far, also those that were killed. */
  written(): string;
  stop(): Promise<void>;
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dir = openFolder('chakong-e2e-');
  const stops: (() => Promise<unknown>)[] = [async () => rmSync(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const database = await startEmbeddedPostgres({ dataDir: join(dir, 'data'), port: await ownPort(), log: quietLog });
    stops.push(() => database.stop());
    return await startProcesses(options, { dir, databaseUrl: database.url, stops, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Place {
  readonly dir: string;
  readonly databaseUrl: string;
  readonly stops: (() => Promise<unknown>)[];
  readonly stop: () => Promise<void>;
}

async function startProcesses(options: ProductOptions, { dir, databaseUrl, stops, stop }: Place): Promise<Product> {
  const environment = await prepare(dir, databaseUrl, options);
  const { latency = 0.1, pollMs = 100, seed = 1 } = options;
  const started: RunningProcess[] = [];
  const start = (name: 'gateway' | 'worker' | 'simulator', args: readonly string[] = []) => {
    const one = launch({ name, script: `apps/${name}/src/main.js`, args, environment, cwd: dir });
    started.push(one);
    return one;
  };
  stops.push(() => Promise.all(started.map((each) => each.stop(5_000))));
  const simulatorUrl = `http://127.0.0.1:${environment['CHAKONG_SIMULATOR_PORT']}`;
  const gatewayUrl = `http://127.0.0.1:${environment['PORT']}`;
  const metricsUrl = `http://127.0.0.1:${environment['CHAKONG_METRICS_PORT']}`;
  const running = {
    gateway: start('gateway'),
    worker: start('worker'),
    simulator: start('simulator', ['--seed', `${seed}`, '--latency', `${latency}`, '--poll', `${pollMs}`]),
  };
  const answers = (one: RunningProcess, url: string) => untilReady(one, url);
  const product: Product = {
    ...{ dir, gatewayUrl, metricsUrl, databaseUrl, environment, seed, running, stop },
    agencies: await readDirectory(join(dir, 'config')),
    court: openCourt(gatewayUrl, tokens.zhao),
    async startGateway() {
      running.gateway = start('gateway');
      await answers(running.gateway, `${gatewayUrl}/health/startup`);
    },
    async startWorker() {
      running.worker = start('worker');
      await answers(running.worker, `${metricsUrl}/health/ready`);
    },
    async ready() {
      await answers(running.simulator, `${simulatorUrl}/__faults`);
      await answers(running.worker, `${metricsUrl}/health/ready`);
      await answers(running.gateway, `${gatewayUrl}/health/startup`);
    },
    async setFaults(faults) {
      const body = JSON.stringify(faults);
      const { ok } = await fetch(`${simulatorUrl}/__faults`, { method: 'PUT', body });
      if (!ok) throw new Error('the simulator refused the faults');
    },
    async calls() {
      const counts = (await (await fetch(`${simulatorUrl}/__calls`)).json()) as { requests: Record<string, number> };
      return counts.requests;
    },
    written: () => started.map((one) => one.stdout() + one.stderr()).join(''),
  };
  await product.ready();
  return product;
}

export async function untilReady(one: RunningProcess, url: string, timeoutMs = 30_000): Promise<void> {
  let over = false;
  void one.ended.then(() => (over = true));
  const look = async () => {
    if (over) throw new Error(`${one.name} ended at its start:\n${one.stderr().slice(-4_000)}`);
    return fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await eventually(`${one.name} ready`, look, { timeoutMs }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${one.stderr().slice(-4_000)}`);
  });
}

/** Folder with configuration, keys and tokens, and the environment that points there. */
export async function prepare(
  dir: string,
  databaseUrl: string,
  options: ProductOptions,
): Promise<Record<string, string>> {
  const simulatorPort = await ownPort();
  const filesPort = await ownPort();
  copyConfig(join(dir, 'config'), (text) =>
    (options.channelText ?? String)(text)
      .replaceAll('127.0.0.1:7400', `127.0.0.1:${simulatorPort}`)
      .replaceAll('port: 7422', `port: ${filesPort}`),
  );
  options.configure?.(join(dir, 'config'));
  await generateKeyring(join(dir, 'keys.json'));
  const entries = Object.entries(tokens).map(([name, token]) => ({
    tokenId: `tok_${name}`,
    userId: `usr_${name}`,
    tokenHash: hashToken(token),
  }));
  writeFileSync(join(dir, 'tokens.yaml'), JSON.stringify(entries));
  return {
    CHAKONG_PROFILE: 'demo',
    DATABASE_URL: databaseUrl,
    ...(options.queueUrl === undefined ? {} : { QUEUE_URL: options.queueUrl }),
    PORT: `${await ownPort()}`,
    CHAKONG_DOORS_PORT: `${await ownPort()}`,
    CHAKONG_METRICS_PORT: `${await ownPort()}`,
    CHAKONG_SIMULATOR_PORT: `${simulatorPort}`,
    CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${await ownPort()}`,
    CHAKONG_CONFIG_DIR: join(dir, 'config'),
    CHAKONG_DATA_DIR: join(dir, 'data'),
    CHAKONG_ENCRYPTION_KEYS_FILE: join(dir, 'keys.json'),
    CHAKONG_TOKENS_FILE: join(dir, 'tokens.yaml'),
    CHAKONG_RATE_LIMITS: 'default=999999/60,inquiries=999999/60,exports=999999/60,search=999999/60',
    CHAKONG_SETTLE_MS: '200',
    CHAKONG_REQUERY_COOLDOWN_SECONDS: '0',
    CHAKONG_RECONCILE_SECONDS: '1',
    CHAKONG_SHUTDOWN_DELAY_MS: '0',
    CHAKONG_SHUTDOWN_GRACE_MS: '2000',
    ...options.environment,
  };
}

/** The repository's configuration, its channel files changed. */
export function copyConfig(to: string, change: (channelText: string) => string): void {
  cpSync(join(repository, 'config'), to, { recursive: true });
  // one officer asks about hundreds of people here
  writeFileSync(join(to, 'purpose-policy.yaml'), 'everywhere: { mostDebtors: 100000 }\n');
  for (const name of readdirSync(join(to, 'channels'))) {
    const file = join(to, 'channels', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}

export async function readDirectory(configDir: string): Promise<readonly Agency[]> {
  const loaded = await loadAgencies(join(configDir, 'agencies'), agencySchema);
  if (!loaded.ok) throw new Error('the directory cannot be read');
  return loaded.values;
}
