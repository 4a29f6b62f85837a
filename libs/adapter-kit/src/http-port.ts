import {
  NoAnswer,
  type Agency,
  type HttpOptions,
  type HttpPort,
  type HttpReply,
  type RecordedExchange,
} from '#contracts';
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { Pool, type Dispatcher } from 'undici';
import { connectionFailure } from './connection-failure.ts';
import { checkHost, guardedLookup } from './network-guard.ts';
import type { TlsTrust } from './tls-trust.ts';
import { usable } from './usable-reply.ts';

/** Hears of every reply of one asking: its bytes as they came, and whether a simulator sent it. */
export interface Recorder {
  /** Replies of an earlier exchange whose answer was not kept: read again in their order, before anything is sent. */
  readonly kept?: readonly HttpReply[];
  /** Keeps a reply durably before it is read; `position` counts the replies of this exchange from 0. */
  keep?(position: number, reply: HttpReply): Promise<void>;
  sending?(): void;
  message(bytes: Uint8Array): void;
  simulated(): void;
  /** Every reply, also one that is no usable one; told before it is judged. */
  replied?(exchange: RecordedExchange): void;
}

interface HttpSettings {
  readonly baseUrl: string; // `{code}` is replaced by the agency's code
  readonly maxReplyBytes: number;
  readonly connections: number; // at once to one origin
  readonly simulatedHeader: string; // lower case; a simulator sets it on every reply
  readonly allowedNetworks: readonly string[]; // that are not public, and may be called
  readonly tls?: TlsTrust;
}

export interface Http {
  portFor(agency: Agency, recorder: Recorder): HttpPort;
  close(): Promise<void>;
}

interface Exchange {
  readonly path: string;
  readonly options: HttpOptions;
  readonly maxReplyBytes: number;
}

/**
 * HTTP for one channel: a keep-alive pool per origin, replies as bytes, no redirects, no proxies from the environment,
 * no limit of time but the signal's. Failures carry a code and a status, never what was sent or received.
 * Why not axios all the way: docs/decisions/0005-axios-over-undici.md.
 */
export function openHttp(settings: HttpSettings): Http {
  const { baseUrl, maxReplyBytes, connections, simulatedHeader, allowedNetworks, tls } = settings;
  const fixed = baseUrl.includes('{code}') ? null : endpointOf(baseUrl);
  const pools = new Map<string, Pool>();
  const connect = { ...tls, lookup: guardedLookup(allowedNetworks) };
  const poolOf = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0, connect });
    pools.set(origin, pool);
    return pool;
  };
  return {
    portFor(agency, recorder) {
      const { origin, host, folder } =
        fixed ?? endpointOf(baseUrl.replaceAll('{code}', encodeURIComponent(agency.code)));
      let sent = 0;
      return {
        async send(path, options) {
          const position = sent;
          sent += 1;
          const before = recorder.kept?.[position];
          if (before === undefined) {
            checkHost(host, allowedNetworks);
            recorder.sending?.();
          }
          const reply = before ?? (await exchange(poolOf(origin), { path: folder + path, options, maxReplyBytes }));
          if (reply.body.byteLength > 0) recorder.message(reply.body);
          recorder.replied?.(recordedAs(path, reply));
          if (reply.headers[simulatedHeader] !== undefined) recorder.simulated();
          const read = usable(reply, options.accepts);
          if (before === undefined) await recorder.keep?.(position, reply);
          return read;
        },
      };
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

interface Endpoint {
  readonly origin: string;
  readonly host: string;
  readonly folder: string;
}

function endpointOf(url: string): Endpoint {
  const { origin, hostname, pathname } = new URL(url);
  return { origin, host: hostname, folder: pathname.replace(/\/$/, '') };
}

/**
 * A client with the interface of axios over a port, for adapters that want interceptors. It has the port's rules: bytes
 * in and out, a signal with every call, NoAnswer for whatever is no usable reply. Costs about 20 µs more per call.
 */
export function axiosOver(port: HttpPort): AxiosInstance {
  const client = axios.create({
    responseType: 'arraybuffer',
    transformRequest: [],
    transformResponse: [],
    maxRedirects: 0,
    proxy: false,
    async adapter(config) {
      const { status, headers, body } = await port.send(client.getUri(config), httpOptionsOf(config));
      return { status, statusText: '', headers: { ...headers }, data: body, config };
    },
  });
  client.interceptors.response.use(null, (error: unknown) => {
    throw axios.isCancel(error) ? new NoAnswer('cancelled', 'stopped before the reply came') : error;
  });
  return client;
}

function httpOptionsOf({ method, headers, data, signal }: InternalAxiosRequestConfig<unknown>): HttpOptions {
  if (!(signal instanceof AbortSignal)) throw new TypeError('a call without a signal');
  const own = Object.entries(headers.toJSON()).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const options = {
    method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    headers: Object.fromEntries(own),
    signal,
  } as const;
  if (data === undefined || data === null) return options;
  if (typeof data === 'string' || data instanceof Uint8Array) return { ...options, body: data };
  throw new TypeError('a body that is neither text nor bytes');
}

/** One exchange on the wire. Settles as soon as the signal is aborted, also while it waits for a connection. */
function exchange(pool: Pool, { path, options, maxReplyBytes }: Exchange): Promise<HttpReply> {
  const { method = 'POST', headers = {}, body = null, signal } = options;
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | null = null;
    const fail = (failure: Error): void => {
      signal.removeEventListener('abort', cancel);
      reject(failure);
      running?.abort(failure);
    };
    const cancel = (): void => fail(new NoAnswer('cancelled', 'stopped before the reply came'));
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });

    let reply: Omit<HttpReply, 'body'> = { status: 0, headers: {} };
    let size = 0;
    const chunks: Uint8Array[] = [];
    pool.dispatch(
      { path, method, headers, body },
      {
        onRequestStart(controller) {
          running = controller;
          if (signal.aborted) controller.abort(new NoAnswer('cancelled', 'stopped before it was sent'));
        },
        onResponseStart(_, status, raw) {
          reply = { status, headers: plainHeaders(raw) };
        },
        onResponseData(_, chunk) {
          size += chunk.byteLength;
          if (size > maxReplyBytes) fail(tooLarge(maxReplyBytes));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          signal.removeEventListener('abort', cancel);
          resolve({ ...reply, body: joined(chunks) });
        },
        onResponseError: (_, error) => fail(connectionFailure(error)),
      },
    );
    return undefined;
  });
}

/** Where a request went, without what it asked there. */
export const withoutQuery = (path: string): string => path.split('?', 1)[0] ?? path;

const recordedAs = (path: string, { status, headers, body }: HttpReply): RecordedExchange => ({
  path: withoutQuery(path),
  status,
  contentType: headers['content-type'] ?? null,
  sizeBytes: body.byteLength,
});

function tooLarge(maxReplyBytes: number): NoAnswer {
  return new NoAnswer('incomplete', `the reply is over ${maxReplyBytes} bytes`, { reasonCode: 'too-large' });
}

function plainHeaders(raw: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks);
}
