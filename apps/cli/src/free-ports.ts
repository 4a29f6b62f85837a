import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports nobody listens on now, for a demo beside a running product. */
export async function freePorts(): Promise<Readonly<Record<string, string>>> {
  const names = [
    'PORT',
    'CHAKONG_DOORS_PORT',
    'CHAKONG_METRICS_PORT',
    'CHAKONG_SIMULATOR_PORT',
    'CHAKONG_SIMULATOR_FILES_PORT',
    'CHAKONG_DATABASE_PORT',
    'CHAKONG_IDENTITY_PORT',
    'control',
  ];
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? String(address.port) : '0';
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  const { control = '0', ...settings } = Object.fromEntries(names.map((name, index) => [name, ports[index] ?? '0']));
  return { ...settings, CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${control}` };
}
