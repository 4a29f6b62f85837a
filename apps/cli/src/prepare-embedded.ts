import { join } from 'node:path';
import type { ChannelConfig } from '#contracts';
import {
  type BoundKeyring,
  createLog,
  createSecrets,
  type Installation,
  type Signer,
  type Log,
  secretVariables,
  type Settings,
} from '#platform';
import { CliError, exitCodes } from './exit-codes.ts';
import { freePorts } from './free-ports.ts';
import { readInstallation, readKeys, readSettings, readSigner } from './settings.ts';
import { prepareSignIns, type SignIn } from './sign-ins.ts';
import { syntheticDirectory } from './synthetic-directory.ts';

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

export interface Prepared {
  readonly settings: Settings;
  readonly installation: Installation;
  readonly signIns: readonly SignIn[];
  readonly signInsFile: string;
  readonly keyring: BoundKeyring;
  readonly signer: Signer;
  readonly secret: ReturnType<typeof createSecrets>;
  readonly log: Log;
  /** People sign in with the demo provider, which has to be started. */
  readonly withIdentity: boolean;
}

/** Settings, files, keys and sign-ins; nothing is started yet. */
export async function prepareEmbedded(options: EmbeddedOptions): Promise<Prepared> {
  const first = await embeddedSettings(options);
  const bare = await readInstallation({ ...first, tokensFile: null });
  const { signIns, tokensFile, signInsFile } = await prepareSignIns(first.dataDir, bare.officers);
  const settings = { ...first, tokensFile: first.tokensFile ?? tokensFile, ...signInOf(options, first) };
  const installation = await embeddedInstallation(settings, options.agencies);
  const secret = createSecrets({
    variables: secretVariables(),
    secretsDir: settings.secretsDir,
    generateIn: join(settings.dataDir, 'secrets'),
  });
  const { logLevel: level, logPretty: pretty } = settings;
  const log = createLog({ service: options.purpose, version, level, pretty });
  const withIdentity = first.oidcIssuer === null && settings.oidcIssuer !== null;
  const [keyring, signer] = [await readKeys(settings), await readSigner(secret)];
  return { settings, installation, signIns, signInsFile, keyring, signer, secret, log, withIdentity };
}

/** The demo of one inquiry needs no browser; what keeps running has a sign-in of its own unless another is named. */
const signInOf = ({ purpose }: EmbeddedOptions, { oidcIssuer, identityPort }: Settings) =>
  purpose === 'up' && oidcIssuer === null ? { oidcIssuer: `http://127.0.0.1:${identityPort}` } : {};

async function embeddedSettings({ purpose, ports, settleMs }: EmbeddedOptions): Promise<Settings> {
  const defaults = {
    CHAKONG_PROFILE: 'demo',
    CHAKONG_SHUTDOWN_DELAY_MS: '0',
    ...(purpose === 'demo' ? { CHAKONG_DATA_DIR: '.chakong/demo', CHAKONG_LOG_LEVEL: 'error' } : {}),
  };
  const flags = {
    ...(ports === 'free' ? await freePorts() : {}),
    ...(settleMs === null ? {} : { CHAKONG_SETTLE_MS: String(settleMs) }),
  };
  const settings = readSettings(flags, defaults);
  if (settings.simulatorsAllowed) return settings;
  throw new CliError('production', 'The production profile loads no simulators.', {
    exitCode: exitCodes.usage,
    fix: 'Start apps/gateway and apps/worker instead, or unset CHAKONG_PROFILE and NODE_ENV to try things out.',
  });
}

/** The configuration's files, with the asked-for directory and with the simulator where it really listens. */
async function embeddedInstallation(settings: Settings, agencies: number | null): Promise<Installation> {
  const read = await readInstallation(settings);
  const simulator = `127.0.0.1:${settings.simulatorPort}`;
  const channels = read.channels.map((channel) => ({
    ...channel,
    baseUrl: channel.baseUrl?.replace('127.0.0.1:7400', simulator) ?? null,
    settings: channel.simulated ? withBoxOn(settings.simulatorFilesPort, channel.settings) : channel.settings,
  }));
  return { ...read, channels, agencies: agencies === null ? read.agencies : syntheticDirectory(agencies) };
}

function withBoxOn(port: number, settings: ChannelConfig['settings']): ChannelConfig['settings'] {
  const { sftp } = settings;
  return typeof sftp === 'object' && sftp !== null ? { ...settings, sftp: { ...sftp, port } } : settings;
}
