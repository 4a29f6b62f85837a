import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DoorReply, type DoorRequest, isInNetworks } from '#contracts';
import { bareHeaders, strictTransport } from '../bare-headers.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';
import { channelMailbox } from './channel-mailbox.ts';
import { checkedMailbox, type DoorRefusal } from './checked-mailbox.ts';
import { shownCertificate } from './client-certificates.ts';
import { type DoorRates, openDoorRates } from './door-rates.ts';
import { type DoorsTls, doorsListener, type ListenerLimits } from './doors-listener.ts';
import { sourceAddress } from './source-address.ts';
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
  readonly tls: DoorsTls | null; // null: plain HTTP, behind a proxy or in a network of its own
  readonly trustedProxies: readonly string[];
  readonly clientAuthorities: readonly X509Certificate[];
  readonly certificateHeader: string | null; // set by a trusted proxy that ends TLS
  readonly failuresPerMinute?: number; // of one address
  readonly limits?: Partial<ListenerLimits>;
}

const usualLimits = { headersMs: 20_000, maxHeaderBytes: 16_384, maxHeaders: 100, maxConnections: 2_000 } as const;
const usualFailures = 300;

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
  const { failuresPerMinute = usualFailures } = options;
  const rates = openDoorRates({ failuresPerMinute, monotonicMs: () => parts.clock.monotonicMs() });
  const doors = { cards, options, byPath, strangers, rates, stopping: stopping.signal };
  const limits = { requestMs: options.deadlineMs, ...usualLimits, ...options.limits };
  const server = doorsListener(limits, options.tls, (incoming, outgoing) => {
    serve(parts, { ...doors, isClosing: () => !server.listening }, { incoming, outgoing }).catch((error: unknown) => {
      parts.log.error('door.failed', { error: error instanceof Error ? error.name : typeof error });
      if (!outgoing.headersSent) outgoing.writeHead(503, { ...headersOf(options), 'retry-after': '5' });
      outgoing.end();
    });
  });
  const port = await listen(server, options);
  return {
    url: `${options.tls ? 'https' : 'http'}://${options.host}:${port}`,
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
  readonly rates: DoorRates;
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
    write(outgoing, reply, headersOf(doors.options));
  };
  const refuse = (channelId: string, why: keyof typeof refusals): void => {
    parts.metrics.doorCalled({ channelId, result: why });
    outgoing.shouldKeepAlive = false; // what is left of its body is not read
    end({ ...refusals[why], body: new Uint8Array() });
  };
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  const source = sourceOf(parts, incoming, doors.options);
  const hosted = doors.byPath.get(path);
  const receive = hosted?.channel.session.receive?.bind(hosted.channel.session);
  if (!hosted || !receive) {
    parts.metrics.doorCalled({ channelId: 'none', result: 'no-such-door' });
    return end({ status: 404, headers: {}, body: new Uint8Array() });
  }
  const { config } = hosted;
  const { channelId } = config;
  if (!doors.rates.mayCall(source.address)) return refuse(channelId, 'too-many-failures');
  if (source.shown === 'invalid') return refuse(channelId, 'wrong-certificate');
  const body = await readBody(incoming, doors.options.maxBodyBytes);
  if (body === null) return refuse(channelId, 'too-large');
  const request: DoorRequest = { method: incoming.method ?? 'GET', path, headers: plainHeaders(incoming, doors), body };
  const checked = checkedMailbox(mailboxOf(parts, doors, { request, hosted }), {
    ...{ config, shown: source.shown, rates: doors.rates },
  });
  const signal = AbortSignal.any([doors.stopping, AbortSignal.timeout(doors.options.deadlineMs)]);
  const reply = await receive(request, checked.mailbox, signal).catch((error: unknown) => {
    const stopped = checked.refusal();
    if (stopped === null) throw error;
    return { ...refusals[stopped], body: new Uint8Array() };
  });
  if (checked.isStranger()) doors.rates.failed(source.address);
  const refusal = checked.refusal();
  if (refusal !== null) return refuse(channelId, refusal);
  parts.metrics.doorCalled({ channelId, result: String(reply.status) });
  return end(reply);
}

const refusals = {
  'too-large': { status: 413, headers: {} },
  'wrong-certificate': { status: 403, headers: {} },
  'too-often': { status: 429, headers: { 'retry-after': '60' } },
  'too-many-failures': { status: 429, headers: { 'retry-after': '60' } },
} as const satisfies Record<DoorRefusal | 'too-large' | 'too-many-failures', Omit<DoorReply, 'body'>>;

function mailboxOf(
  parts: WorkerParts,
  { cards, options, strangers }: Doors,
  { request, hosted }: { readonly request: DoorRequest; readonly hosted: HostedChannel },
) {
  const simulated = hosted.config.simulated || request.headers[options.simulatedHeader] !== undefined;
  return channelMailbox(parts, cards, { ...request, hosted, raw: request.body, simulated, strangers });
}

function sourceOf(parts: WorkerParts, incoming: IncomingMessage, options: DoorsOptions) {
  const { trustedProxies, clientAuthorities: authorities, certificateHeader: header } = options;
  const peer = incoming.socket.remoteAddress ?? '';
  const forwarded = incoming.headers['x-forwarded-for'];
  const told = typeof forwarded === 'string' ? forwarded : forwarded?.join(',');
  return {
    address: sourceAddress({ peer, forwarded: told }, trustedProxies),
    shown: shownCertificate(
      incoming,
      { authorities, header, now: () => parts.clock.now() },
      isInNetworks(peer, trustedProxies),
    ),
  };
}

const headersOf = ({ tls }: DoorsOptions): Readonly<Record<string, string>> =>
  tls === null ? bareHeaders : { ...bareHeaders, ...strictTransport };

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

/** Without what proxies say of the connection: that is read here, and no adapter may go by it. */
const plainHeaders = (incoming: IncomingMessage, { options }: Doors): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === 'string' && name !== options.certificateHeader ? [[name, value]] : [],
    ),
  );

/** The adapter says what its profile asks for; the rest is ours, and cannot be said otherwise. */
function write(
  outgoing: ServerResponse,
  { status, headers, body }: DoorReply,
  ours: Readonly<Record<string, string>>,
): void {
  const own = Object.entries(headers).filter(([name]) => !/^(access-control-.*|server|x-powered-by)$/i.test(name));
  outgoing.writeHead(status, { ...Object.fromEntries(own), ...ours, 'content-length': String(body.length) });
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
