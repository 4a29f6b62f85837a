import type { Agency } from '#contracts';
import { createMetrics, createRegistry, systemClock } from '#platform';
import { startGateway } from '../../gateway/src/index.ts';
import { seededFaults, startSimulator } from '../../simulator/src/index.ts';
import { composeWorker } from '../../worker/src/index.ts';
import { openEmbeddedEngines } from './engines.ts';
import { type EmbeddedOptions, type Prepared, prepareEmbedded } from './prepare-embedded.ts';
import type { SignIn } from './sign-ins.ts';

/** Gateway, worker and simulators in this process, on an embedded or a given engine. */
export interface EmbeddedShape {
  readonly gatewayUrl: string;
  readonly doorsUrl: string;
  readonly simulatorUrl: string;
  /** Of the demo provider; null: people sign in elsewhere, or not at all. */
  readonly identityUrl: string | null;
  readonly signIns: readonly SignIn[];
  readonly tokenFile: string;
  readonly dataDir: string;
  /** Breaks a seeded part of the agencies; how many. */
  injectFaults(): Promise<number>;
  stop(): Promise<void>;
}

const chaosShare = 0.25;
const graceMs = 5_000;

/**
 * The one file that starts the embedded shape: the only place that knows more than one app. What was started is stopped
 * in reverse order, also when a later step fails.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedShape> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const prepared = await prepareEmbedded(options);
    const { installation, settings } = prepared;
    const { gateway, worker } = await startApps(prepared, options, stops);
    const { doorsUrl } = worker;
    const simulator = await startSimulator({
      ...simulated(prepared, options),
      doorsUrl,
      port: settings.simulatorPort,
    });
    stops.push(() => simulator.stop());
    options.step(`${installation.agencies.length} simulated agencies: ${byCategory(installation.agencies)}`);
    return {
      gatewayUrl: gateway.url,
      doorsUrl,
      simulatorUrl: simulator.url,
      identityUrl: await startSignIn(prepared, gateway.url, stops),
      signIns: prepared.signIns,
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

type Stop = () => Promise<unknown>;

/** Engines, gateway, worker; how to stop each is added to `stops` as soon as it runs. */
async function startApps(prepared: Prepared, { step, signal }: EmbeddedOptions, stops: Stop[]) {
  const { settings, installation, keyring, signer, log } = prepared;
  const channelIds = installation.channels.map(({ channelId }) => channelId);
  const engines = await openEmbeddedEngines({ settings, keyring, signer, channelIds, log, signal });
  stops.push(engines.close);
  step(engines.words);
  const registry = createRegistry({ withProcess: true });
  const { store, queue, clock } = engines;
  const both = { settings, installation, metrics: createMetrics(registry), log, store, queue };
  const gateway = await startGateway({ ...both, keyring, registry, secret: prepared.secret });
  stops.push(() => gateway.stop(graceMs));
  const worker = await composeWorker({ ...both, clock, secret: prepared.secret });
  stops.push(() => worker.stop(graceMs));
  step(`gateway on ${gateway.url}, doors for agencies on ${worker.doorsUrl}`);
  return { gateway, worker };
}

async function startSignIn(prepared: Prepared, gatewayUrl: string, stops: Stop[]): Promise<string | null> {
  const { settings, installation, log, withIdentity } = prepared;
  if (!withIdentity) return null;
  const { host, identityPort: port, dataDir, oidcClientId: clientId, publicUrl } = settings;
  const { startIdentity } = await import('../../identity/src/index.ts'); // the demo of one inquiry starts without it
  const identity = await startIdentity({
    ...{ host, port, dataDir, clientId, log },
    people: installation.officers,
    gatewayUrl: publicUrl,
    gatewayDirectUrl: () => gatewayUrl,
    production: !settings.simulatorsAllowed,
    now: () => systemClock.now(),
  });
  stops.push(() => identity.stop());
  return identity.issuer;
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
  bank: 'banks that poll us or exchange files',
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
  const prepared = await prepareEmbedded(full);
  return startSimulator({
    ...simulated(prepared, full),
    doorsUrl: options.doorsUrl,
    port: prepared.settings.simulatorPort,
  });
}
