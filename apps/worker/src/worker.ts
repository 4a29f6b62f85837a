import type { BreakerReport, ControlCommand, ControlPlace, Hello } from '#contracts';
import { errorCode } from '#platform';
import type { BreakerSharing } from '#store';
import { openControlLink } from './control/control-link.ts';
import { askShard } from './ask-shard.ts';
import { type DoorsServer, type DoorsOptions, openDoors } from './doors/doors-server.ts';
import type { CardPictures } from './doors/card-pictures.ts';
import { closeInquiry } from './close-inquiry.ts';
import { hostCouriers } from './courier/courier.ts';
import { mergeInquiry } from './merge-inquiry.ts';
import type { Pauses } from './pauses.ts';
import { openRecovery, type Recovery } from './requery-after-recovery.ts';
import { reconcile } from './reconcile.ts';
import { startRetentionSweep, type Sweeping } from './retention-sweep.ts';
import { replayMessage } from './replay-message.ts';
import { sweepSchedules } from './sweep-schedules.ts';
import { tellSilent } from './tell-silent.ts';
import type { WorkerParts } from './worker-parts.ts';

export interface RunningWorker {
  readonly doorsUrl: string;
  readonly doorsPort: number;
  /** Stops taking jobs, lets asks in progress finish, then aborts them and hands the jobs back. */
  stop(graceMs: number): Promise<void>;
}

export interface WorkerOptions {
  readonly doors: DoorsOptions;
  readonly cards: CardPictures;
  readonly control: ControlPlace;
  readonly shardConcurrency: number;
  readonly reconcileSeconds: number;
  readonly heartbeatMs: number;
  readonly pauses: Pauses;
  /** Sets the clock by that which all replicas share. */
  readonly keepTime: () => Promise<void>;
  /** Filled here: breaker changes are told to the gateway; an agency that is back, once over all workers, is asked again. */
  readonly onBreaker: {
    report: (report: BreakerReport) => void;
    closed: (channelId: string, agencyId: string) => void;
  };
  readonly sharing: Pick<BreakerSharing, 'start' | 'close'>;
  readonly retention: Sweeping;
}

/** Hosts the channels: one processor per kind of job, the doors, and the control channel. */
export async function startWorker(parts: WorkerParts, options: WorkerOptions): Promise<RunningWorker> {
  const { queue, channels, store, log, workerId } = parts;
  const startedAt = parts.toInstant(parts.clock.now());
  const doors = await openDoors(parts, options.cards, options.doors);
  const link = await openControlLink({
    workerId,
    gateway: options.control,
    log,
    take: (command) => takeCommand(parts, options.pauses, command),
  });
  const recovery = openRecovery(parts);
  options.onBreaker.report = (report) => link.breakerChanged(report);
  options.onBreaker.closed = (channelId, agencyId) => recovery.begin({ channelId, agencyId });
  const hosted = [...channels.values()].map(({ config, channel }) => ({
    channelId: config.channelId,
    manifest: channel.manifest,
  }));
  const hello: Hello = { workerId, startedAt, control: link.address, channels: hosted };
  await options.sharing.start();
  await store.adapters.announce(hello);
  await link.hello(hello);

  for (const { config } of channels.values()) {
    queue.hostAsk(config.channelId, options.shardConcurrency, (job, context) => askShard(parts, job, context));
  }
  queue.hostReplay((job, context) => replayMessage(parts, job, context));
  queue.hostMerge(4, (job) => mergeInquiry(parts, job));
  queue.hostClose((job) => closeInquiry(parts, job));
  await reconcile(parts, AbortSignal.timeout(60_000));
  const silentSince = new Map<string, number>();
  await queue.hostReconcile(options.reconcileSeconds, async (_, { signal }) => {
    await tellSilent(parts, silentSince, signal);
    await sweepSchedulesOrTell(parts, signal);
    return reconcile(parts, signal);
  });
  await hostCouriers(parts, { cards: options.cards, isPaused: options.pauses.isPaused });
  const beat = startHeartbeat(parts, options, (message) => link.heartbeat(message));
  const retention = startRetentionSweep(parts, options.retention);
  log.info('process.ready', { workerId, channels: hosted.length });
  return running(parts, { doors, link, beat, recovery, retention, sharing: options.sharing });
}

/** A sweep that fails keeps nothing else from being mended; it is told, and the next round sweeps again. */
async function sweepSchedulesOrTell(parts: WorkerParts, signal: AbortSignal): Promise<void> {
  try {
    await sweepSchedules(parts, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    parts.log.warn('schedules.sweep-failed', { code: errorCode(error) });
  }
}

interface Opened {
  readonly doors: DoorsServer;
  readonly link: Awaited<ReturnType<typeof openControlLink>>;
  readonly beat: { stop(): void };
  readonly sharing: WorkerOptions['sharing'];
  readonly recovery: Recovery;
  readonly retention: { stop(): Promise<void> };
}

function running(
  { queue, journal, channels, store, drift, workerId, log }: WorkerParts,
  { doors, link, beat, recovery, retention, sharing }: Opened,
): RunningWorker {
  return {
    doorsUrl: doors.url,
    doorsPort: doors.port,
    async stop(graceMs) {
      log.info('process.draining', { workerId });
      beat.stop();
      await recovery.stop();
      await retention.stop();
      const force = setTimeout(() => void queue.stopHosting(true), graceMs);
      await queue.stopHosting(false);
      clearTimeout(force);
      await doors.close();
      await journal.drain();
      await drift.flush();
      await store.adapters.goodbye(workerId);
      await link.goodbye();
      await link.close();
      for (const { channel } of channels.values()) await channel.close();
      await sharing.close();
      log.info('process.stopped', { workerId });
    },
  };
}

/** What agencies say over time is put down once a minute: nobody acts on it faster. */
const beatsBetweenFlushes = 12;

async function takeCommand({ channels, log }: WorkerParts, pauses: Pauses, command: ControlCommand): Promise<void> {
  if (command.command === 'refresh-pauses') await pauses.refresh();
  else await channels.get(command.channelId)?.channel.resetBreakers(command.agencyId);
  log.info('control.taken', { command: command.command });
}

/** Tells every few seconds that this worker lives, and which breakers are not closed. Also reads the pauses again. */
function startHeartbeat(
  parts: WorkerParts,
  { heartbeatMs, pauses, keepTime }: WorkerOptions,
  tell: (message: Parameters<Awaited<ReturnType<typeof openControlLink>>['heartbeat']>[0]) => Promise<void>,
): { stop(): void } {
  const { store, channels, workerId, clock, toInstant, log, drift } = parts;
  let beats = 0;
  const once = async () => {
    await keepTime();
    const breakers = [...channels.values()].flatMap(({ channel }) => channel.breakerStates()).slice(0, 10_000);
    const message = { workerId, at: toInstant(clock.now()), inFlight: 0, breakers };
    await store.adapters.heartbeat(message);
    await tell(message);
    await pauses.refresh();
    beats += 1;
    if (beats % beatsBetweenFlushes === 0) await drift.flush();
    else await drift.refresh();
  };
  const timer = setInterval(() => {
    once().catch((error: unknown) =>
      log.warn('heartbeat.failed', { error: error instanceof Error ? error.name : typeof error }),
    );
  }, heartbeatMs);
  return { stop: () => clearInterval(timer) };
}
