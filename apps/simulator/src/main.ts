import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { agencySchema, channelConfigSchema } from '#contracts';
import {
  createLog,
  createSecrets,
  createShutdown,
  describeConfigProblem,
  errorCode,
  loadAgencies,
  loadChannels,
  readEnvironment,
  secretVariables,
  systemClock,
  type Loaded,
  type Settings,
} from '#platform';
import { seededFaults } from './faults/seeded-faults.ts';
import { startSimulator } from './start-simulator.ts';

const usage = `Plays the agencies of all simulated channels.
  --seed <n>         seed of the world (1)
  --chaos <share>    share of agencies that misbehave, 0–1 (0)
  --doors <url>      where the doors of mailbox channels are (http://127.0.0.1:<CHAKONG_DOORS_PORT>)
  --latency <scale>  1 is the usual latency of agencies, 0 none (1)
  --poll <ms>        how often each bank polls (500)`;

/** What was typed, as numbers; a wrong number is a problem of whoever typed it. */
function readFlags() {
  const text = (name: string) => ({ type: 'string', default: name }) as const;
  const { values } = parseArgs({
    options: { seed: text('1'), chaos: text('0'), doors: { type: 'string' }, latency: text('1'), poll: text('500') },
  });
  const number = (value: string): number => {
    if (value.trim() === '' || !Number.isFinite(Number(value)) || Number(value) < 0)
      throw new Error(`Not a number: ${value}\n${usage}`);
    return Number(value);
  };
  const { seed, chaos, latency, poll, doors } = values;
  return { seed: number(seed), chaos: number(chaos), latency: number(latency), pollEveryMs: number(poll), doors };
}

function valuesOf<T>(loaded: Loaded<T>): T {
  if (loaded.ok) return loaded.values;
  throw new Error(`The configuration cannot be used:\n${loaded.problems.map(describeConfigProblem).join('\n')}`);
}

function settingsOf(): Settings {
  const environment = readEnvironment();
  if (environment.ok) return environment.settings;
  const problems = environment.problems.map(({ key, expected, fix }) => `${key}: expected ${expected}; ${fix}`);
  throw new Error(`The settings cannot be used:\n${problems.join('\n')}`);
}

async function main(): Promise<void> {
  const flags = readFlags();
  const settings = settingsOf();
  const log = createLog({
    service: 'simulator',
    version: '0.1.0',
    level: settings.logLevel,
    pretty: settings.logPretty,
  });
  const agencies = valuesOf(await loadAgencies(join(settings.configDir, 'agencies'), agencySchema));
  const channels = valuesOf(await loadChannels(join(settings.configDir, 'channels'), channelConfigSchema));
  const shutdown = createShutdown({ log, delayMs: 0 });
  const simulator = await startSimulator({
    port: settings.simulatorPort,
    host: settings.host,
    seed: flags.seed,
    agencies,
    channels,
    doorsUrl: flags.doors ?? `http://127.0.0.1:${settings.doorsPort}`,
    secret: createSecrets({
      variables: secretVariables(),
      secretsDir: settings.secretsDir,
      generateIn: join(settings.dataDir, 'secrets'),
    }),
    pollEveryMs: flags.pollEveryMs,
    latencyScale: flags.latency,
    faults: seededFaults(flags.seed, agencies, flags.chaos),
    log,
    signal: shutdown.draining,
    production: !settings.simulatorsAllowed,
    now: () => systemClock.now(),
  });
  shutdown.add({ name: 'simulator', limitMs: 5_000, close: () => simulator.stop() });
  shutdown.listen();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : errorCode(error)}\n`);
  process.exitCode = 1;
});
