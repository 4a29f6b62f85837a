import { join } from 'node:path';
import type { Agency } from '#contracts';
import {
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  generateKeyring,
  type Installation,
  type Keyring,
  loadKeyring,
  type Log,
  secretVariables,
  type Settings,
  systemClock,
} from '#platform';
import { startGateway } from '../../gateway/src/index.ts';
import { seededFaults, startSimulator } from '../../simulator/src/index.ts';
import { composeWorker } from '../../worker/src/index.ts';
import { openEngines } from './engines.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { freePorts } from './free-ports.ts';
import { readInstallation, readSettings } from './settings.ts';
import { prepareSignIns, type SignIn } from './sign-ins.ts';
import { syntheticDirectory } from './synthetic-directory.ts';

/** Gateway, worker and simulators in this process, on an embedded or a given engine. */
export interface EmbeddedShape {
  readonly gatewayUrl: string;
  readonly doorsUrl: string;
  readonly simulatorUrl: string;
  readonly signIns: readonly SignIn[];
  readonly tokenFile: string;
  readonly dataDir: string;
  /** Breaks a seeded part of the agencies; how many. */
  injectFaults(): Promise<number>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly purpose: 'demo' | 'up';
  readonly agencies: number | null; // null: the directory of the configuration
  readonly seed: number;
  readonly ports: 'free' | 'configured';
  readonly settleMs: number | null; // null: as configured
  readonly step: (text: string) => void;
  readonly signal: AbortSignal;
}

const version = '0.1.0';
const chaosShare = 0.25;
const graceMs = 5_000;

/**
 * The one file that starts the embedded shape: the only place that knows more than one app. What was started is stopped
 * in reverse order, also when a later step fails.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedShape> {
  const { step, signal } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const prepared = await prepare(options);
    const { settings, installation, signIns, log } = prepared;
    const engines = await openEngines({
      settings,
      keyring: prepared.keyring,
      channelIds: installation.channels.map(({ channelId }) => channelId),
      log,
      signal,
    });
    stops.push(engines.close);
    step(engines.words);
    const registry = createRegistry({ withProcess: true });
    const common = {
      settings,
      installation,
      keyring: prepared.keyring,
      metrics: createMetrics(registry),
      log,
      store: engines.store,
      queue: engines.queue,
    };
    const gateway = await startGateway({ ...common, registry });
    stops.push(() => gateway.stop(graceMs));
    const worker = await composeWorker({ ...common, secret: prepared.secret });
    stops.push(() => worker.stop(graceMs));
    step(`gateway on ${gateway.url}, doors for agencies on ${worker.doorsUrl}`);
    const simulator = await startSimulator({
      ...simulated(prepared, options),
      doorsUrl: worker.doorsUrl,
      port: settings.simulatorPort,
    });
    stops.push(() => simulator.stop());
    step(`${installation.agencies.length} simulated agencies: ${byCategory(installation.agencies)}`);
    return {
      gatewayUrl: gateway.url,
      doorsUrl: worker.doorsUrl,
      simulatorUrl: simulator.url,
      signIns,
      tokenFile: prepared.signInsFile,
      dataDir: settings.dataDir,
      injectFaults: () => injectFaults(simulator.url, installation.agencies, options.seed),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Prepared {
  readonly settings: Settings;
  readonly installation: Installation;
  readonly signIns: readonly SignIn[];
  readonly signInsFile: string;
  readonly keyring: Keyring;
  readonly secret: ReturnType<typeof createSecrets>;
  readonly log: Log;
}

/** Settings, files, keys and sign-ins; nothing is started yet. */
async function prepare({ purpose, ports, settleMs, agencies }: EmbeddedOptions): Promise<Prepared> {
  const defaults = {
    CHAKONG_PROFILE: 'demo',
    CHAKONG_SHUTDOWN_DELAY_MS: '0',
    ...(purpose === 'demo' ? { CHAKONG_DATA_DIR: '.chakong/demo', CHAKONG_LOG_LEVEL: 'error' } : {}),
  };
  const flags = {
    ...(ports === 'free' ? await freePorts() : {}),
    ...(settleMs === null ? {} : { CHAKONG_SETTLE_MS: String(settleMs) }),
  };
  const first = readSettings(flags, defaults);
  if (!first.simulatorsAllowed) {
    throw new CliError('production', 'The production profile loads no simulators.', {
      exitCode: exitCodes.usage,
      fix: 'Start apps/gateway and apps/worker instead, or unset CHAKONG_PROFILE and NODE_ENV to try things out.',
    });
  }
  const bare = await readInstallation({ ...first, tokensFile: null });
  const { signIns, tokensFile, signInsFile } = await prepareSignIns(first.dataDir, bare.officers);
  const settings = { ...first, tokensFile: first.tokensFile ?? tokensFile };
  const read = await readInstallation(settings);
  const directory = agencies === null ? read.agencies : syntheticDirectory(agencies);
  const installation = {
    ...read,
    agencies: directory,
    channels: read.channels.map((channel) => ({
      ...channel,
      baseUrl: channel.baseUrl?.replace('127.0.0.1:7400', `127.0.0.1:${settings.simulatorPort}`) ?? null,
    })),
  };
  const secret = createSecrets({
    variables: secretVariables(),
    secretsDir: settings.secretsDir,
    generateIn: join(settings.dataDir, 'secrets'),
  });
  const log = createLog({ service: purpose, version, level: settings.logLevel, pretty: settings.logPretty });
  return { settings, installation, signIns, signInsFile, keyring: await keyringOf(settings), secret, log };
}

async function keyringOf({ encryptionKeysFile, dataDir }: Settings): Promise<Keyring> {
  const file = encryptionKeysFile ?? join(dataDir, 'keys.json');
  if (encryptionKeysFile === null) await generateKeyring(file);
  const loaded = await loadKeyring(file);
  if (loaded.ok) return loaded.values;
  throw new CliError('keys', 'The file of encryption keys cannot be used.', {
    exitCode: exitCodes.usage,
    fix: `Mend ${file}, or point CHAKONG_ENCRYPTION_KEYS_FILE elsewhere.`,
  });
}

const pollEveryMs = 500;

function simulated({ installation, secret, log, settings }: Prepared, { seed, signal }: EmbeddedOptions) {
  const { agencies, channels } = installation;
  return {
    seed,
    agencies,
    channels: channels.filter((channel) => channel.simulated),
    secret,
    pollEveryMs,
    log,
    signal,
    production: !settings.simulatorsAllowed,
    now: () => systemClock.now(),
  };
}

async function injectFaults(simulatorUrl: string, agencies: readonly Agency[], seed: number): Promise<number> {
  const faults = seededFaults(seed, agencies, chaosShare);
  const response = await fetch(`${simulatorUrl}/__faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`the simulator refused the faults (${response.status})`);
  return faults.length;
}

const words: Readonly<Record<string, string>> = {
  bank: 'banks that poll us',
  'real-estate': 'real-estate registries',
  vehicle: 'vehicle bureaus',
};

const byCategory = (agencies: readonly Agency[]): string =>
  [...Map.groupBy(agencies, ({ category }) => category)]
    .map(([category, group]) => `${group.length} ${words[category] ?? category}`)
    .join(', ');

/** The simulators alone, for a gateway and a worker that run elsewhere. */
export async function startSimulatorAlone(
  options: Pick<EmbeddedOptions, 'agencies' | 'seed' | 'signal'> & { readonly doorsUrl: string },
) {
  const full: EmbeddedOptions = { ...options, purpose: 'up', ports: 'configured', settleMs: null, step: () => {} };
  const prepared = await prepare(full);
  return startSimulator({
    ...simulated(prepared, full),
    doorsUrl: options.doorsUrl,
    port: prepared.settings.simulatorPort,
  });
}
