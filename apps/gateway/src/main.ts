import { join } from 'node:path';
import {
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  createShutdown,
  errorCode,
  type Log,
  type Shutdown,
  type ProcessSetting,
  readProcessSetting,
  secretVariables,
} from '#platform';
import { openEngines } from './open-engines.ts';
import { startGateway } from './start-gateway.ts';

const version = '0.1.0';
const wrongConfiguration = 2;
const closeMs = 10_000;

/** Starts the gateway as a process of its own: store and queue first, then HTTP and the control channel. */
async function start(setting: ProcessSetting, log: Log, shutdown: Shutdown): Promise<void> {
  const { settings } = setting;
  const registry = createRegistry({ withProcess: true });
  const metrics = createMetrics(registry);
  metrics.built({ version, commit: '', profile: settings.profile });
  const { store, queue } = await openEngines(setting, log);
  shutdown.add({ name: 'store', limitMs: closeMs, close: () => store.close() });
  shutdown.add({ name: 'queue', limitMs: closeMs, close: () => queue.close() });
  const secret = createSecrets({
    variables: secretVariables(),
    secretsDir: settings.secretsDir,
    generateIn: settings.simulatorsAllowed ? join(settings.dataDir, 'secrets') : null,
  });
  const parts = { ...setting, store, queue, metrics, registry, log, secret };
  const gateway = await startGateway({ ...parts, leaving: shutdown.draining });
  const { shutdownGraceMs } = settings;
  shutdown.add({ name: 'gateway', limitMs: shutdownGraceMs + closeMs, close: () => gateway.stop(shutdownGraceMs) });
}

const setting = await readProcessSetting({ needsTokens: true });
if ('problems' in setting) {
  process.stderr.write(`The gateway does not start, ${setting.problems.length} things are wrong:\n`);
  for (const problem of setting.problems) process.stderr.write(`  ${problem}\n`);
  process.exitCode = wrongConfiguration;
} else {
  const { logLevel: level, logPretty: pretty, shutdownDelayMs: delayMs, profile } = setting.settings;
  const log = createLog({ service: 'gateway', version, level, pretty });
  const shutdown = createShutdown({ log, delayMs });
  shutdown.listen();
  log.info('process.started', { profile });
  await start(setting, log, shutdown).catch(async (error: unknown) => {
    log.error('process.failed', { code: errorCode(error) });
    process.exitCode = 1;
    await shutdown.run();
    process.exit();
  });
}
