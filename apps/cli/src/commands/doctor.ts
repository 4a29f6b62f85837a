import { spawnSync } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { errorCode, type Settings } from '#platform';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { readInstallation, readSettings } from '../settings.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly said: string;
  readonly fix: string | null; // the one command or step that repairs it
}

const leastFreeBytes = 1_073_741_824;
const oldestNode = [24, 9] as const;

/** Looks at what the product needs on this machine; each line is ok or says what repairs it. Exit code 5 when one is not. */
export async function doctor(output: Output, { json }: { readonly json: boolean }): Promise<number> {
  const settings = readSettings({}, { CHAKONG_PROFILE: 'demo' });
  const findings = [
    node(),
    program('redis-server', 'only the Redis half of the test suite needs it'),
    await disk(settings),
    await configuration(settings),
    ...(await ports(settings)),
  ];
  if (json) output.result(JSON.stringify(findings, null, 2));
  else
    for (const { what, ok, said, fix } of findings)
      output.result(`  ${ok ? '✓' : '✗'} ${what}: ${said}${fix === null ? '' : `\n      ${fix}`}`);
  return findings.every(({ ok }) => ok) ? exitCodes.done : exitCodes.checkFailed;
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  return {
    what: 'Node',
    ok,
    said: process.versions.node,
    fix: ok ? null : 'Run it through npm, which brings its own Node: npm run chakong -- doctor',
  };
}

function program(name: string, why: string): Finding {
  const found = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return {
    what: name,
    ok: true,
    said: found.status === 0 ? found.stdout.trim().slice(0, 60) : `not installed (${why})`,
    fix: null,
  };
}

async function disk({ dataDir }: Settings): Promise<Finding> {
  const { bavail, bsize } = await statfs('.');
  const free = bavail * bsize;
  const ok = free > leastFreeBytes;
  return {
    what: 'disk',
    ok,
    said: `${(free / 1_073_741_824).toFixed(1)} GiB free for ${dataDir}`,
    fix: ok ? null : 'Free at least 1 GiB, or point CHAKONG_DATA_DIR elsewhere.',
  };
}

async function configuration(settings: Settings): Promise<Finding> {
  try {
    const { channels, agencies } = await readInstallation(settings);
    return {
      what: 'configuration',
      ok: true,
      said: `${channels.length} channels, ${agencies.length} agencies in ${settings.configDir}`,
      fix: null,
    };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { what: 'configuration', ok: false, said: error.message, fix: error.fix };
  }
}

function ports({ host, port, doorsPort, metricsPort, databasePort, ...simulated }: Settings): Promise<Finding[]> {
  const all = {
    gateway: port,
    doors: doorsPort,
    metrics: metricsPort,
    simulator: simulated.simulatorPort,
    'simulated box': simulated.simulatorFilesPort,
    'demo sign-in': simulated.identityPort,
    database: databasePort,
  };
  return Promise.all(Object.entries(all).map(([what, each]) => portFinding(what, { host, port: each })));
}

function portFinding(what: string, { host, port }: { readonly host: string; readonly port: number }): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve({
        what: `port ${port} (${what})`,
        ok: false,
        said: errorCode(error),
        fix: 'Stop what listens there (it may be Chakong itself), or set another port.',
      });
    });
    server.listen(port, host, () =>
      server.close(() => resolve({ what: `port ${port} (${what})`, ok: true, said: 'free', fix: null })),
    );
  });
}
