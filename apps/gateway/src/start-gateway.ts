import { type ControlPlace, courtTree, readControlUrl } from '#contracts';
import { channelClocks, contentHash, equalsConstantTime, systemClock, toInstant } from '#platform';
import { startHousekeeping } from './access/housekeeping.ts';
import { openAccess } from './access/open-access.ts';
import { openPeople } from './access/people.ts';
import { openAdapterBoard } from './agencies/adapter-board.ts';
import { openLedgerKeeper } from './audit/ledger-keeper.ts';
import { tracedLedger } from './audit/traces.ts';
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
  await gateway.people.refresh(); // whoever is suspended is so from the first request on
  gateway.people.keepFresh();
  const control = await openControlServer(place, { board: gateway.adapters, log });
  const housekeeping = startHousekeeping({ ...gateway, now: () => gateway.clock.now() });
  const server = await listenHttp(gateway).catch(async (error: unknown) => {
    await housekeeping.close();
    await Promise.all([control.close(), closeParts(gateway)]);
    throw error;
  });
  gateway.keeper.start();
  log.info('process.ready', { port: server.port });
  return {
    url: server.url,
    port: server.port,
    routes: server.routes,
    async stop(graceMs) {
      stopping.abort();
      await gateway.keeper.stop();
      await server.close(graceMs);
      await housekeeping.close();
      await Promise.all([control.close(), closeParts(gateway)]);
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
  const { settings, installation, keyring, log, metrics } = parts;
  const { clock = systemClock } = parts;
  const ledger = tracedLedger(parts.store.ledger, (action) => metrics.audited({ action }));
  const store = { ...parts.store, ledger };
  const now = () => clock.now();
  const courts = courtTree(installation.courts);
  const people = openPeople(installation.officers, { courts, roleChanges: store.roleChanges, log });
  const adapters = openAdapterBoard({ store, now, freshMs, aliveMs });
  return {
    ...parts,
    ...{ store, adapters, draining, closing, courts, people },
    keeper: openLedgerKeeper({ ...parts, store, now }),
    clock,
    clocks: channelClocks(installation),
    toInstant: (date) => toInstant(date, settings.timeZone),
    ...openAccess({ settings, store, keyring, people, tokens: installation.tokens, now }),
    rates: openRateLimits(settings.rateLimits, () => clock.monotonicMs()),
    cursors: openCursors((text) => keyring.blindIndex('page-cursor', text), equalsConstantTime),
    intents: intentsOf({ ...parts, store }),
    intake: openIntake({
      inquiries: store.inquiries,
      mostDueShards: settings.maxDueShards,
      now,
      monotonicMs: () => clock.monotonicMs(),
    }),
    workers: openWorkerCommands({ place, board: adapters, log }),
    feed: openInquiryFeed(store),
    seats: openStreamSeats({ ...streams, onChange: (count) => metrics.streams({ stream: 'inquiry', count }) }),
  };
}

const intentsOf = ({ store, keyring, settings }: Pick<GatewayParts, 'store' | 'keyring' | 'settings'>) =>
  openIntents({
    idempotency: store.idempotency,
    ledger: store.ledger,
    fingerprint: (value) => keyring.blindIndex('idempotency', contentHash(value)),
    days: settings.idempotencyDays,
  });

/** What runs beside the server. */
async function closeParts({ people, workers, feed }: Gateway): Promise<void> {
  people.close();
  await Promise.all([workers.close(), feed.close()]);
}

/** The form was checked with the settings; Sentinel and Cluster are addresses of queues, not of the control channel. */
function controlPlace(controlUrl: string): ControlPlace {
  const place = readControlUrl(controlUrl);
  if (place) return place;
  throw Object.assign(new Error('CHAKONG_CONTROL_URL must be tcp://host:port or redis://host:port'), {
    code: 'control-url',
  });
}
