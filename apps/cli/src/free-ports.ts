import { createServer } from 'node:net';

const names = [
  'PORT',
  'CHAKONG_DOORS_PORT',
  'CHAKONG_METRICS_PORT',
  'CHAKONG_SIMULATOR_PORT',
  'CHAKONG_SIMULATOR_FILES_PORT',
  'CHAKONG_DATABASE_PORT',
  'CHAKONG_IDENTITY_PORT',
  'control',
] as const;

/** Below the range from which systems take ports for outgoing connections, which could be gone before we listen. */
const [firstPort, ports] = [20_000, 12_000];
const attempts = 1_000;

/**
 * Ports nobody listens on now, for a demo beside a running product.
 * @throws Error when this machine has hardly a free port
 */
export async function freePorts(): Promise<Readonly<Record<string, string>>> {
  const start = Math.floor(Math.random() * ports);
  const found: string[] = [];
  for (let attempt = 0; attempt < attempts && found.length < names.length; attempt += 1) {
    const port = firstPort + ((start + attempt) % ports);
    if (await isFree(port)) found.push(String(port));
  }
  if (found.length < names.length) throw new Error(`no ${names.length} free ports from ${firstPort} on`);
  const { control = '', ...settings } = Object.fromEntries(names.map((name, index) => [name, found[index] ?? '']));
  return { ...settings, CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${control}` };
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
