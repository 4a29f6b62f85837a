import type { CourtTree, WorkingClock } from '#contracts';
import type { Clock, Installation, Log, Metrics, ResolvedSecret, Settings } from '#platform';
import type { QueueEngine } from '#queue';
import type { Store } from '#store';
import type { Registry } from 'prom-client';
import type { Issuer } from './access/browser/issuer.ts';
import type { Credentials } from './access/credentials.ts';
import type { Csrf } from './access/csrf.ts';
import type { AccessKeys } from './access/keys.ts';
import type { LivePeople } from './access/people.ts';
import type { RefusalGuard } from './access/refusal-guard.ts';
import type { SessionCookies } from './access/session-cookies.ts';
import type { TokenRegister } from './access/token-register.ts';
import type { AdapterBoard } from './agencies/adapter-board.ts';
import type { LedgerKeeper } from './audit/ledger-keeper.ts';
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
  readonly keyring: AccessKeys;
  /** Finds what `{ secret: name }` stands for. */
  readonly secret: (name: string) => Promise<ResolvedSecret>;
  readonly metrics: Metrics;
  readonly registry: Registry;
  readonly log: Log;
  /** Aborted when the process begins to leave, before `stop`: readiness turns 503. */
  readonly leaving?: AbortSignal;
  /** Unset: that of the system. */
  readonly clock?: Clock;
}

/** What the controllers work with, made once at start. */
export interface Gateway extends GatewayParts {
  readonly clock: Clock;
  /** By channel id, for channels with service hours. */
  readonly clocks: ReadonlyMap<string, WorkingClock>;
  readonly toInstant: (date: Date) => string;
  readonly courts: CourtTree;
  readonly people: LivePeople;
  readonly register: TokenRegister;
  readonly credentials: Credentials;
  readonly csrf: Csrf;
  readonly cookies: SessionCookies;
  readonly guard: RefusalGuard;
  /** Null: no browser signs in. */
  readonly identity: Issuer | null;
  readonly rates: RateLimits;
  readonly cursors: Cursors;
  readonly intents: Intents;
  readonly keeper: LedgerKeeper;
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
