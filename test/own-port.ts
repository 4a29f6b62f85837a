import { createServer } from 'node:net';

/**
 * Below the range from which the system takes ports for outgoing connections: one of those could be gone before the
 * caller listens, and over a restart; these stay ours.
 */
const lowestPort = 15_000;
const ports = 1_800;
/**
 * Test files that run side by side take from ranges of their own: a process that a test kills and starts again finds
 * its port as it left it.
 */
const firstPort = lowestPort + ((Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % 8) * ports;
let next = Math.floor(Math.random() * ports);

/** A port of this machine that nobody listens on. */
export async function ownPort(): Promise<number> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    next = (next + 1) % ports;
    if (await isFree(firstPort + next)) return firstPort + next;
  }
  throw new Error('no free port');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
