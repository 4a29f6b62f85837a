import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { StoreLog } from './store-context.ts';
import { codeOf } from './store-fault.ts';

export type ListenOptions = {
  readonly onInquiry: (inquiryId: string) => void;
  /** Called after the connection was lost and is back: what was announced in between is missed, so look again. */
  readonly onGap?: () => void;
};
type Options = {
  readonly databaseUrl: string;
  readonly channel: 'chakong_inquiry' | 'chakong_breaker' | 'chakong_keys';
  readonly onNotice: (payload: string) => void;
  readonly onGap?: (() => void) | undefined;
  readonly log: StoreLog;
};
export type Listening = {
  /** Resolves when listening has begun; never rejects, for it is tried until it is closed. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
};

const firstDelayMs = 100;
const longestDelayMs = 5_000;
const connectWithinMs = 5_000;

/** LISTEN on a connection of its own, that comes back by itself after every loss. */
export function startListening(options: Options): Listening {
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  const running = keepListening(options, { signal: stop.signal, onReady: ready.resolve });
  const close = async (): Promise<void> => {
    stop.abort();
    ready.resolve();
    await running;
  };
  return { ready: ready.promise, close };
}

type Run = { readonly signal: AbortSignal; readonly onReady: () => void };

async function keepListening(options: Options, { signal, onReady }: Run): Promise<void> {
  let delayMs = firstDelayMs;
  let begun = false;
  const onListening = () => {
    delayMs = firstDelayMs;
    if (begun) options.onGap?.();
    begun = true;
    onReady();
  };
  while (!signal.aborted) {
    const code = await listenOnce(options, signal, onListening);
    if (signal.aborted) return;
    options.log.warn('listening.lost', { code, retryInMs: delayMs });
    await delay(delayMs, undefined, { signal }).catch(() => onReady());
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  }
}

/** Listens until the connection ends or the signal comes; gives the code of what ended it. */
async function listenOnce(
  { databaseUrl, channel, onNotice }: Options,
  signal: AbortSignal,
  onListening: () => void,
): Promise<string> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'chakong-listen',
    keepAlive: true,
    connectionTimeoutMillis: connectWithinMs,
  });
  const ended = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve(codeOf(error) ?? 'connection-lost'));
    client.on('end', () => resolve('connection-ended'));
    signal.addEventListener('abort', () => resolve('closed'), { once: true });
  });
  client.on('notification', ({ payload }) => {
    if (payload) onNotice(payload);
  });
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    onListening();
    return await ended;
  } catch (error) {
    return codeOf(error) ?? 'connection-lost';
  } finally {
    await client.end().catch(() => 'ended already');
  }
}
