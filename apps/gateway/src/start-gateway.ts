import { readControlUrl, type ControlPlace } from '#contracts';
import { blindIndex, channelClocks, contentHash, equalsConstantTime, systemClock, toInstant } from '#platform';
import { openPeople } from './access/people.ts';
import { openTokenRegister } from './access/token-register.ts';
import { openAdapterBoard } from './agencies/adapter-board.ts';
import { openControlServer } from './control/control-server.ts';
import { openWorkerCommands } from './control/worker-commands.ts';
import { openInquiryFeed } from './events/inquiry-feed.ts';
import { openStreamSeats } from './events/stream-seats.ts';
import type { Gateway, GatewayParts } from './gateway.ts';
import { openIntents } from './http/intents.ts';
import { openCursors } from './http/page-cursor.ts';
import { openRateLimits } from './http/rate-limits.ts';
import { openIntake } from './inquiries/intake.ts';
import { type HttpRoute, listenHttp } from './http-server.ts';

export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  /** Every route of the router: what walks them all forgets none. */
  readonly routes: readonly HttpRoute[];
  /** Turns unready, ends the event streams, finishes what is under way for at most `graceMs`, closes. */
  stop(graceMs: number): Promise<void>;
}

const freshMs = 2_000;
const aliveMs = 20_000; // four heartbeats of a worker
const streams = { perCaller: 6, inAll: 1_000 } as const;

/** Starts the HTTP API and the control channel. What it is given stays open when it stops. */
export async function startGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { settings, log } = parts;
  const stopping = new AbortController();
  const draining = parts.leaving ? AbortSignal.any([parts.leaving, stopping.signal]) : stopping.signal;
  const place = controlPlace(settings.controlUrl);
  const gateway = assemble(parts, { place, draining, closing: stopping.signal });
  const control = await openControlServer(place, { board: gateway.adapters, log });
  const server = await listenHttp(gateway).catch(async (error: unknown) => {
    await Promise.all([control.close(), gateway.workers.close(), gateway.feed.close()]);
    throw error;
  });
  log.info('process.ready', { port: server.port });
  return {
    url: server.url,
    port: server.port,
    routes: server.routes,
    async stop(graceMs) {
      stopping.abort();
      await server.close(graceMs);
      await Promise.all([control.close(), gateway.workers.close(), gateway.feed.close()]);
      log.info('process.stopped', { port: server.port });
    },
  };
}

function assemble(
  parts: GatewayParts,
  {
    place,
    draining,
    closing,
  }: { readonly place: ControlPlace; readonly draining: AbortSignal; readonly closing: AbortSignal },
): Gateway {
  const { settings, installation, store, keyring, log, metrics } = parts;
  const now = () => systemClock.now();
  const people = openPeople(installation.officers);
  const adapters = openAdapterBoard({ store, now, freshMs, aliveMs });
  return {
    ...parts,
    ...{ adapters, draining, closing },
    clock: systemClock,
    clocks: channelClocks(installation),
    toInstant: (date) => toInstant(date, settings.timeZone),
    people,
    register: openTokenRegister(installation.tokens, people),
    rates: openRateLimits(settings.rateLimits, () => systemClock.monotonicMs()),
    cursors: openCursors((text) => blindIndex(keyring, 'page-cursor', text), equalsConstantTime),
    intents: openIntents({
      idempotency: store.idempotency,
      fingerprint: (value) => blindIndex(keyring, 'idempotency', contentHash(value)),
      days: settings.idempotencyDays,
    }),
    intake: openIntake({
      inquiries: store.inquiries,
      mostDueShards: settings.maxDueShards,
      now,
      monotonicMs: () => systemClock.monotonicMs(),
    }),
    workers: openWorkerCommands({ place, board: adapters, log }),
    feed: openInquiryFeed(store),
    seats: openStreamSeats({ ...streams, onChange: (count) => metrics.streams({ stream: 'inquiry', count }) }),
  };
}

/** The form was checked with the settings; Sentinel and Cluster are addresses of queues, not of the control channel. */
function controlPlace(controlUrl: string): ControlPlace {
  const place = readControlUrl(controlUrl);
  if (place) return place;
  throw Object.assign(new Error('CHAKONG_CONTROL_URL must be tcp://host:port or redis://host:port'), {
    code: 'control-url',
  });
}
