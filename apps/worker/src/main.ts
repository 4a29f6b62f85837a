import { join } from 'node:path';
import {
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  createShutdown,
  errorCode,
  type Log,
  secretVariables,
  type Shutdown,
  type ProcessSetting,
  readProcessSetting,
} from '#platform';
import { ChannelsRefused, composeWorker } from './compose-worker.ts';
import { openHealthServer } from './health-server.ts';
import { openEngines } from './open-engines.ts';

const version = '0.1.0';
const wrongConfiguration = 2;
const closeMs = 10_000;

/** Starts a worker as a process of its own: health first, then store and queue, then the channels. */
async function start(setting: ProcessSetting, log: Log, shutdown: Shutdown): Promise<void> {
  const { settings, installation } = setting;
  const registry = createRegistry({ withProcess: true });
  const metrics = createMetrics(registry);
  metrics.built({ version, commit: '', profile: settings.profile });
  const { host, metricsPort: port, shutdownGraceMs } = settings;
  const health = await openHealthServer({ host, port, registry, leaving: shutdown.draining, log });
  shutdown.add({ name: 'health', limitMs: closeMs, close: () => health.close() });
  const channelIds = installation.channels.map(({ channelId }) => channelId);
  const { store, queue, clock } = await openEngines({ ...setting, channelIds, log });
  shutdown.add({ name: 'store', limitMs: closeMs, close: () => store.close() });
  shutdown.add({ name: 'queue', limitMs: closeMs, close: () => queue.close() });
  const secret = createSecrets({
    variables: secretVariables(),
    secretsDir: settings.secretsDir,
    generateIn: settings.simulatorsAllowed ? join(settings.dataDir, 'secrets') : null,
  });
  const worker = await composeWorker({ ...setting, store, queue, clock, metrics, log, secret });
  const close = () => worker.stop(shutdownGraceMs);
  shutdown.add({ name: 'worker', limitMs: shutdownGraceMs + closeMs, close });
  health.started({ database: () => store.health(), queue: () => queue.counts() });
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`The worker does not start, ${problems.length} things are wrong:\n`);
  for (const problem of problems) process.stderr.write(`  ${problem}\n`);
  process.exitCode = wrongConfiguration;
}

const setting = await readProcessSetting({ needsTokens: false });
if ('problems' in setting) refuse(setting.problems);
else {
  const { logLevel: level, logPretty: pretty, shutdownDelayMs: delayMs } = setting.settings;
  const log = createLog({ service: 'worker', version, level, pretty });
  const shutdown = createShutdown({ log, delayMs });
  shutdown.listen();
  log.info('process.started', { profile: setting.settings.profile });
  await start(setting, log, shutdown).catch(async (error: unknown) => {
    if (error instanceof ChannelsRefused) refuse(error.message.split('\n'));
    else {
      log.error('process.failed', { code: errorCode(error) });
      process.exitCode = 1;
    }
    await shutdown.run();
    process.exit();
  });
}
