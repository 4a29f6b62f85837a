import type { Channel } from '#adapter-kit';
import type { ChannelConfig } from '#contracts';
import type { Clock, Log, Metrics } from '#platform';
import type { QueueEngine } from '#queue';
import type { Store } from '#store';
import type { DriftWatch } from './drift-watch.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { QuarantineTeller } from './tell-quarantined.ts';

/** A channel this worker hosts: opened once, used by every job of its queue. */
export interface HostedChannel {
  readonly config: ChannelConfig;
  readonly channel: Channel;
}

/** What the processors of the worker work with; made once at start and handed down. */
export interface WorkerParts {
  readonly workerId: string;
  readonly store: Store;
  readonly queue: QueueEngine;
  readonly journal: JournalWriter;
  readonly channels: ReadonlyMap<string, HostedChannel>;
  readonly drift: DriftWatch;
  readonly quarantined: QuarantineTeller;
  readonly clock: Clock;
  readonly toInstant: (date: Date) => string;
  readonly contentHash: (value: unknown) => string;
  readonly newAnswerId: () => string;
  readonly settleMs: number; // late answers within this time make one version
  /** What is asked again when an agency is back: how old an inquiry may be, and how many at most in one run. */
  readonly recovery: { readonly days: number; readonly mostInquiries: number };
  readonly log: Log;
  readonly metrics: Metrics;
}
