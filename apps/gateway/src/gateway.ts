import type { WorkingClock } from '#contracts';
import type { BoundKeyring, Clock, Installation, Log, Metrics, Settings } from '#platform';
import type { QueueEngine } from '#queue';
import type { Store } from '#store';
import type { Registry } from 'prom-client';
import type { People } from './access/people.ts';
import type { TokenRegister } from './access/token-register.ts';
import type { AdapterBoard } from './agencies/adapter-board.ts';
import type { WorkerCommands } from './control/worker-commands.ts';
import type { InquiryFeed } from './events/inquiry-feed.ts';
import type { StreamSeats } from './events/stream-seats.ts';
import type { Intents } from './http/intents.ts';
import type { Cursors } from './http/page-cursor.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { Intake } from './inquiries/intake.ts';

/** What the gateway is made of; opened by whoever starts it, and closed there. */
export interface GatewayParts {
  readonly settings: Settings;
  readonly installation: Installation;
  readonly store: Store;
  readonly queue: QueueEngine;
  /** For signatures and fingerprints; the store has read its keys. */
  readonly keyring: Pick<BoundKeyring, 'blindIndex'>;
  readonly metrics: Metrics;
  readonly registry: Registry;
  readonly log: Log;
  /** Aborted when the process begins to leave, before `stop`: readiness turns 503. */
  readonly leaving?: AbortSignal;
}

/** What the controllers work with, made once at start. */
export interface Gateway extends GatewayParts {
  readonly clock: Clock;
  /** By channel id, for channels with service hours. */
  readonly clocks: ReadonlyMap<string, WorkingClock>;
  readonly toInstant: (date: Date) => string;
  readonly people: People;
  readonly register: TokenRegister;
  readonly rates: RateLimits;
  readonly cursors: Cursors;
  readonly intents: Intents;
  readonly intake: Intake;
  readonly adapters: AdapterBoard;
  readonly workers: WorkerCommands;
  readonly feed: InquiryFeed;
  readonly seats: StreamSeats;
  /** Aborted as soon as this process is leaving: readiness turns 503, everything else goes on (api.md §8). */
  readonly draining: AbortSignal;
  /**
   * Aborted when it closes, after load balancers had time to notice: streams and waiting requests end. Not earlier, for a
   * client that comes back within that time would be refused here, and browsers give a stream up for good after a 503.
   */
  readonly closing: AbortSignal;
}

/** The token under which controllers are given it. */
export const GATEWAY = Symbol('gateway');
