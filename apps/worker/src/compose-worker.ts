import { hostname } from 'node:os';
import { readControlUrl } from '#contracts';
import {
  channelClocks,
  contentHash,
  type Installation,
  type Log,
  type Metrics,
  newId,
  newUuid,
  type ResolvedSecret,
  retentionTimes,
  type Settings,
  sha256Hex,
  type SteadyClock,
  toInstant,
} from '#platform';
import type { QueueEngine } from '#queue';
import type { BreakerSharing, Store } from '#store';
import { accessOf } from './access-holds.ts';
import { watchCertificates } from './channel-certificates.ts';
import { openDriftWatch } from './drift-watch.ts';
import { readDoorFiles } from './doors/door-files.ts';
import { readCardPictures } from './doors/card-pictures.ts';
import { type ChannelProblem, openChannels, type OpenChannelsOptions, secretNames } from './hosted-channels.ts';
import { openJournalWriter } from './journal-writer.ts';
import { openQuarantineTeller } from './tell-quarantined.ts';
import { keepTime } from './open-engines.ts';
import { openPauses, type Pauses } from './pauses.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from './worker.ts';
import type { WorkerParts } from './worker-parts.ts';

export interface WorkerSetting {
  readonly settings: Settings;
  readonly installation: Installation;
  readonly store: Store;
  readonly queue: QueueEngine;
  readonly clock: SteadyClock; // that of store and queue
  readonly metrics: Metrics;
  readonly log: Log;
  readonly secret: (name: string) => Promise<ResolvedSecret>;
}

/** Channels of this worker that cannot be opened: everything that is wrong with all of them. */
export class ChannelsRefused extends Error {
  override readonly name = 'ChannelsRefused';
  readonly code = 'channels-refused';
  readonly problems: readonly ChannelProblem[];

  constructor(problems: readonly ChannelProblem[]) {
    super(
      problems
        .map(({ channelId, path, expected }) => `channels/${channelId}.yaml  ${path}: expected ${expected}`)
        .join('\n'),
    );
    this.problems = problems;
  }
}

const doorLimits = { maxBodyBytes: 20_971_520, deadlineMs: 60_000, simulatedHeader: 'x-chakong-simulated' } as const;
const heartbeatMs = 5_000;

/** Makes a worker of settings, files, store and queue. Throws ChannelsRefused before anything has started. */
export async function composeWorker(setting: WorkerSetting): Promise<RunningWorker> {
  const { settings, installation, store, clock, metrics, log } = setting;
  const control = readControlUrl(settings.controlUrl);
  if (!control)
    throw new ChannelsRefused([
      { channelId: '-', path: 'CHAKONG_CONTROL_URL', expected: 'tcp://host:port or redis://host:port' },
    ]);
  const drift = await openDriftWatch({ store, allNothingAnswers: settings.allNothingAnswers, log });
  const quarantined = openQuarantineTeller({ store, clock, metrics, log });
  const journal = journalWriter(setting, { drift, quarantined });
  const pauses = await openPauses(store);
  const onBreaker: BreakerHooks = { report: () => {}, closed: () => {} };
  const workerId = newWorkerId();
  const sharing = store.breakers.share({ workerId });
  const channels = await hostedChannels(setting, { pauses, onBreaker, sharing, isSuspected: drift.isSuspected });
  const parts: WorkerParts = {
    ...{ store, queue: setting.queue, journal, channels, drift, quarantined, metrics, log, contentHash },
    workerId,
    clock,
    toInstant: (date) => toInstant(date, settings.timeZone),
    newAnswerId: () => newId('ans'),
    settleMs: settings.settleMs,
    recovery: { days: settings.recoveryDays, mostInquiries: settings.recoveryInquiries },
  };
  return startWorker(parts, {
    doors: { ...(await readDoorFiles(settings)), host: settings.host, port: settings.doorsPort, ...doorLimits },
    cards: await readCardPictures(settings.configDir, installation.officers),
    ...{ control, pauses, heartbeatMs, onBreaker, sharing, retention: sweepingOf(settings) },
    keepTime: () => keepTime(setting),
    shardConcurrency: settings.workerConcurrency,
    reconcileSeconds: settings.reconcileSeconds,
  });
}

const sweepingOf = (settings: Settings): WorkerOptions['retention'] => ({
  everyMs: settings.retentionSweepMinutes * 60_000,
  times: (now) => retentionTimes(settings, now),
});

function journalWriter(
  { store, settings, metrics, log }: WorkerSetting,
  { drift, quarantined }: Pick<WorkerParts, 'drift' | 'quarantined'>,
): WorkerParts['journal'] {
  return openJournalWriter(store, {
    flushMs: settings.journalFlushMs,
    maxBatch: 256,
    onFlush: (batch) => metrics.journalFlushed(batch),
    onStored(answers) {
      drift.observe(answers);
      quarantined.tellOf(answers);
    },
    onRefused: ({ inquiryId, channelId, shardNo }, answers) =>
      log.warn('shard.lost', { inquiryId, channelId, shardNo, answers }),
  });
}

const newWorkerId = (): string => {
  const host = hostname()
    .replaceAll(/[^A-Za-z0-9]/g, '-')
    .slice(0, 40);
  return `${host}-${newUuid().slice(0, 8)}`;
};

/** Filled when the worker starts. */
interface BreakerHooks {
  report: OpenChannelsOptions['parts']['onBreakerChange'];
  closed: NonNullable<OpenChannelsOptions['onBreakerClosed']>;
}

interface Hooks {
  readonly pauses: Pauses;
  readonly isSuspected: (agencyId: string) => boolean;
  readonly onBreaker: BreakerHooks;
  readonly sharing: BreakerSharing;
}

async function hostedChannels(
  setting: WorkerSetting,
  { pauses, onBreaker, sharing, isSuspected }: Hooks,
): Promise<WorkerParts['channels']> {
  const { settings, installation } = setting;
  const configs = installation.channels.filter(
    ({ channelId, enabled }) => enabled && (settings.channels?.includes(channelId) ?? true),
  );
  const names = [...new Set(configs.flatMap((config) => secretNames([config.settings, config.tls])))];
  const secrets: Secrets = new Map(
    await Promise.all(names.map(async (name) => [name, await setting.secret(name)] as const)),
  );
  const secretOf = (name: string): string | null => {
    const resolved = secrets.get(name);
    return resolved?.ok === true ? resolved.value : null;
  };
  const opened = openChannels({
    configs,
    agencies: installation.agencies,
    production: !settings.simulatorsAllowed,
    isPaused: pauses.isPaused,
    accessOf: (config) => accessOf(config, { ...setting, pauses }),
    clocks: channelClocks(installation),
    keepReply: (channelId, { request, position, reply }) =>
      setting.store.tickets.keepReply({ channelId, requestNumber: request.requestNumber }, position, reply),
    registerOf: sharing.ofChannel,
    onBreakerClosed: (channelId, agencyId) => onBreaker.closed(channelId, agencyId),
    secretProblem(name) {
      const resolved = secrets.get(name);
      return resolved?.ok === false ? `${resolved.problem.expected}; ${resolved.problem.fix}` : null;
    },
    secretOf,
    parts: { ...channelParts(setting, secrets, onBreaker), isSuspected },
  });
  if ('problems' in opened) throw new ChannelsRefused(opened.problems);
  await watchCertificates({ ...setting, configs, secretOf });
  return opened.channels;
}

type Secrets = ReadonlyMap<string, ResolvedSecret>;

function channelParts(
  { settings, clock, metrics, log, queue }: WorkerSetting,
  secrets: Secrets,
  onBreaker: Hooks['onBreaker'],
): OpenChannelsOptions['parts'] {
  return {
    log,
    now: () => clock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newAnswerId: () => newId('ans'),
    contentHash,
    rawHash: (bytes) => `sha256:${sha256Hex(bytes)}`,
    random: chance,
    sharedPace: queue.pace,
    secret(name) {
      const resolved = secrets.get(name);
      if (resolved?.ok !== true)
        throw new ChannelsRefused([{ channelId: '-', path: 'settings', expected: 'a secret that can be found' }]);
      return resolved.value;
    },
    onBreakerChange(report) {
      const { channelId, agencyId, state } = report;
      metrics.breakerChanged({ channelId, to: state });
      log.warn(breakerEvents[state], { channelId, agencyId });
      onBreaker.report(report);
    },
  };
}

const breakerEvents = { open: 'breaker.opened', closed: 'breaker.closed', 'half-open': 'breaker.half-opened' } as const;

/** Only for jitter. */
const chance = (): number => Math.random();
