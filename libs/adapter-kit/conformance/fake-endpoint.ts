import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bodyOf, type Exchange } from './fixtures.ts';

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** What the endpoint does with a request: reply, break the connection, or stay silent. */
export type Behaviour = Reply | 'break' | 'silence';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

export type FakeEndpoint = Awaited<ReturnType<typeof fakeEndpoint>>;

/** The other side on a loopback port: adapters are tried through the real HTTP stack, and nothing is mocked. */
export async function fakeEndpoint(encodeReply: (body: Uint8Array | string) => Uint8Array | string = (body) => body) {
  let behave: (asked: Asked) => Behaviour = () => ({ status: 500 });
  const requests: Asked[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = { path: request.url ?? '', headers: request.headers, body: await buffer(request) };
    requests.push(asked);
    const behaviour = behave(asked);
    if (behaviour === 'silence') return;
    if (behaviour === 'break') {
      request.socket.destroy();
      return;
    }
    response.writeHead(behaviour.status, { ...behaviour.headers });
    response.end(behaviour.body === undefined ? undefined : encodeReply(behaviour.body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy()); // the caller went away
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests: requests as readonly Asked[],
    behaveAs(next: Behaviour | ((asked: Asked) => Behaviour)) {
      behave = typeof next === 'function' ? next : () => next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

/**
 * Plays recorded exchanges in order, the last one again and again; `change` may spoil a body on its way. What the
 * adapter sends is compared with what was recorded; differences end up in `differences`.
 */
export function playing(exchanges: readonly Exchange[], change: (body: Uint8Array) => Uint8Array = (body) => body) {
  const differences: string[] = [];
  let next = 0;
  const behave = ({ path, body }: Asked): Behaviour => {
    const exchange = exchanges[Math.min(next, exchanges.length - 1)];
    next += 1;
    if (!exchange) return { status: 500 };
    if (exchange.path !== undefined && exchange.path !== path) differences.push(`request ${next} went to ${path}`);
    const sent = Buffer.from(body).toString('utf8');
    const missing = exchange.bodyIncludes.filter((each) => !sent.includes(each));
    if (missing.length > 0) differences.push(`request ${next} lacks ${missing.join(', ')}`);
    const { status, headers } = exchange.reply;
    return { status, headers, body: change(bodyOf(exchange.reply)) };
  };
  return {
    behave,
    differences: differences as readonly string[],
    restart: () => void (next = 0),
    left: () => Math.max(0, exchanges.length - next),
  };
}
