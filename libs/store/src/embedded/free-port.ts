import { createServer } from 'node:net';
import { EmbeddedFailure } from './embedded-failure.ts';
import { systemCode } from './system-code.ts';

/** The only address the embedded database listens on. */
export const loopback = '127.0.0.1';

/** The port asked for, if it is free on the loopback address; 0 picks any free one. */
export async function freePort(wished: number): Promise<number> {
  const listening = new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: wished, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wished));
    });
  });
  return listening.catch((error: unknown) => {
    const code = systemCode(error);
    if (code === 'EADDRINUSE') throw unusable(wished, 'is used by another program');
    if (code === 'EACCES') throw unusable(wished, 'is not open to this account');
    throw error;
  });
}

function unusable(port: number, why: string): EmbeddedFailure {
  return new EmbeddedFailure(
    'port-in-use',
    `Port ${port} on ${loopback}, meant for the embedded database, ${why}.`,
    'Stop that program, set CHAKONG_DATABASE_PORT to a free port (0 picks one), or set DATABASE_URL.',
  );
}
