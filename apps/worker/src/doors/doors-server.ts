import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DoorReply, DoorRequest } from '#contracts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';
import { channelMailbox } from './channel-mailbox.ts';
import { openStrangerQuota, type StrangerQuota } from './stranger-quota.ts';

/** The doors of all mailbox channels of this worker, on a listener of their own (docs/decisions). */
export interface DoorsServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface DoorsOptions {
  readonly host: string;
  readonly port: number;
  readonly maxBodyBytes: number;
  readonly deadlineMs: number; // for one whole call
  readonly simulatedHeader: string;
}

/**
 * Passes the raw request to the adapter's `receive` and its reply back, unchanged. Nothing here reads the wire; a path
 * that no channel owns is 404, and a body over the limit is 413 before it is kept.
 */
export async function openDoors(parts: WorkerParts, cards: CardPictures, options: DoorsOptions): Promise<DoorsServer> {
  const byPath = new Map<string, HostedChannel>();
  for (const hosted of parts.channels.values()) {
    for (const path of hosted.channel.session.doorPaths ?? []) byPath.set(path, hosted);
  }
  const stopping = new AbortController();
  const strangers = openStrangerQuota({ ...keptOfStrangers, monotonicMs: () => parts.clock.monotonicMs() });
  const doors = { cards, options, byPath, strangers, stopping: stopping.signal };
  const server = createServer((incoming, outgoing) => {
    serve(parts, { ...doors, isClosing: () => !server.listening }, { incoming, outgoing }).catch((error: unknown) => {
      parts.log.error('door.failed', { error: error instanceof Error ? error.name : typeof error });
      if (!outgoing.headersSent) outgoing.writeHead(503, { 'retry-after': '5' });
      outgoing.end();
    });
  });
  server.headersTimeout = 20_000;
  server.requestTimeout = options.deadlineMs;
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options);
  return {
    url: `http://${options.host}:${port}`,
    port,
    async close() {
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => {
          stopping.abort();
          server.closeAllConnections();
        }, 5_000).unref();
      });
    },
  };
}

/** Of one channel in one worker: enough to see what somebody sends, some 1.5 GB a day at most. */
const keptOfStrangers = { messagesPerMinute: 10, bytesPerMinute: 1_048_576 } as const;

interface Doors {
  readonly cards: CardPictures;
  readonly strangers: StrangerQuota;
  readonly options: DoorsOptions;
  readonly byPath: ReadonlyMap<string, HostedChannel>;
  readonly stopping: AbortSignal;
  /** No connection is let in any more; those that are open end with the reply to the call they are in. */
  readonly isClosing: () => boolean;
}
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

async function serve(parts: WorkerParts, doors: Doors, { incoming, outgoing }: Exchange): Promise<void> {
  const end = (reply: DoorReply): void => {
    // kept open, it would go on with calls until it is cut in the middle of one, and the agency would miss a receipt
    if (doors.isClosing()) outgoing.shouldKeepAlive = false;
    write(outgoing, reply);
  };
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  const hosted = doors.byPath.get(path);
  const receive = hosted?.channel.session.receive?.bind(hosted.channel.session);
  if (!hosted || !receive) {
    parts.metrics.doorCalled({ channelId: 'none', result: 'no-such-door' });
    return end({ status: 404, headers: {}, body: new Uint8Array() });
  }
  const body = await readBody(incoming, doors.options.maxBodyBytes);
  if (body === null) {
    parts.metrics.doorCalled({ channelId: hosted.config.channelId, result: 'too-large' });
    outgoing.shouldKeepAlive = false;
    return end({ status: 413, headers: {}, body: new Uint8Array() });
  }
  const simulated = hosted.config.simulated || incoming.headers[doors.options.simulatedHeader] !== undefined;
  const request: DoorRequest = { method: incoming.method ?? 'GET', path, headers: plainHeaders(incoming), body };
  const mailbox = channelMailbox(parts, doors.cards, {
    ...request,
    hosted,
    raw: body,
    simulated,
    strangers: doors.strangers,
  });
  const signal = AbortSignal.any([doors.stopping, AbortSignal.timeout(doors.options.deadlineMs)]);
  const reply = await receive(request, mailbox, signal);
  parts.metrics.doorCalled({ channelId: hosted.config.channelId, result: String(reply.status) });
  return end(reply);
}

/** Null: more than `most` bytes came; what is left of them is not read. */
async function readBody(incoming: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body comes as bytes');
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const plainHeaders = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

function write(outgoing: ServerResponse, { status, headers, body }: DoorReply): void {
  outgoing.writeHead(status, {
    ...headers,
    'content-length': String(body.length),
    'x-content-type-options': 'nosniff',
  });
  outgoing.end(body);
}

async function listen(server: Server, { host, port }: DoorsOptions): Promise<number> {
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      ready();
    });
  });
  const address = server.address();
  return isAddress(address) ? address.port : port;
}

const isAddress = (address: ReturnType<Server['address']>): address is AddressInfo =>
  typeof address === 'object' && address !== null;
