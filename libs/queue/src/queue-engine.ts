import {
  type Backend,
  type BoundQueue,
  type BoundWorker,
  type FailedJob,
  type JobCounts,
  openBackend,
} from './backend.ts';
import { hostProcessor, type JobProcessor } from './host.ts';
import { flowOf, type InquiryFlow } from './inquiry-flow.ts';
import {
  emptyJobSchema,
  type InquiryJob,
  inquiryJobSchema,
  jobIds,
  jobOptions,
  queueNames,
  type ReplayJob,
  replayJobSchema,
  type ShardJob,
  shardJobSchema,
} from './jobs.ts';
import { openPaceEngine, type PaceEngine } from './pace-engine.ts';
import { readQueueUrl } from './queue-url.ts';
import { wake } from './wake-job.ts';

export interface QueueEngineOptions {
  readonly queueUrl: string | null; // null: PostgreSQL at databaseUrl
  readonly databaseUrl: string;
  readonly channelIds: readonly string[];
  readonly onError: (error: Error) => void;
  readonly onFailed?: (failed: FailedJob) => void;
  readonly now: () => Date;
}

/** The to-do list. PostgreSQL holds the truth: whatever is lost here is made again by the reconciler. */
export interface QueueEngine {
  readonly engine: 'redis' | 'postgres';
  /** One `merge` waiting for one `ask` per shard. Adding the same flow again changes nothing. */
  startInquiry(flow: InquiryFlow): Promise<void>;
  /** `close` at the inquiry's deadline: a version is made from what is there. */
  scheduleClose(inquiryId: string, at: Date): Promise<void>;
  /** A merge outside the flow: after late answers, put together for `delayMs`. */
  requestMerge(inquiryId: string, delayMs: number): Promise<void>;
  /** The last answer of a waiting shard has come in: let its job look now. */
  wakeShard(job: ShardJob): Promise<void>;
  /** Makes the job again when it is neither waiting nor running. True: it was missing. */
  ensureShard(job: ShardJob): Promise<boolean>;
  ensureClose(inquiryId: string, at: Date): Promise<boolean>;
  /** Lets the courier of the channel look soon, instead of at its next turn. Nothing happens where none is hosted. */
  runCourier(channelId: string): Promise<void>;
  /** A quarantined message is read again by a worker that hosts its channel. False: that is already to be done. */
  requestReplay(job: ReplayJob): Promise<boolean>;
  hostReplay(process: JobProcessor<ReplayJob>): void;
  hostAsk(channelId: string, concurrency: number, process: JobProcessor<ShardJob>): void;
  hostMerge(concurrency: number, process: JobProcessor<InquiryJob>): void;
  hostClose(process: JobProcessor<InquiryJob>): void;
  hostReconcile(everySeconds: number, process: JobProcessor<object>): Promise<void>;
  /** Token buckets that all processes on this engine share. */
  readonly pace: Pick<PaceEngine, 'take'>;
  /** What a channel does on its own, again and again: one at a time over all workers, one turn every `everyMs`. */
  hostCourier(channelId: string, everyMs: number, process: JobProcessor<object>): Promise<void>;
  pauseChannel(channelId: string): Promise<void>;
  resumeChannel(channelId: string): Promise<void>;
  counts(): Promise<ReadonlyMap<string, JobCounts>>;
  /** BullMQ's own queue objects by name, for the dashboard only. */
  dashboardQueues(): ReadonlyMap<string, object>;
  /** Stops taking jobs and waits for those running; `force` aborts them and hands them back. */
  stopHosting(force: boolean): Promise<void>;
  close(): Promise<void>;
}

const present = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children', 'paused']);

export async function openQueueEngine(options: QueueEngineOptions): Promise<QueueEngine> {
  const { queueUrl, databaseUrl, channelIds, onError, onFailed = () => {}, now } = options;
  const place = readQueueUrl(queueUrl, databaseUrl);
  const backend = await openBackend(place, { onError, onFailed });
  const pace = openPaceEngine({ place, onError });
  const queues = new Map<string, BoundQueue>();
  const queue: QueueOf = (name) => {
    const known = queues.get(name) ?? backend.queue(name);
    queues.set(name, known);
    return known;
  };
  const { merge, close, reconcile, ask, replay } = queueNames;
  for (const name of [merge, close, reconcile, replay, ...channelIds.map(ask)]) queue(name);
  return {
    engine: backend.engine,
    pace,
    startInquiry: (flow) => backend.addFlow(flowOf(flow)),
    ...producing(queue, now),
    ...hosting(backend, queue, { onError, now }),
    pauseChannel: (channelId) => queue(ask(channelId)).pause(),
    resumeChannel: (channelId) => queue(ask(channelId)).resume(),
    async counts() {
      const counted = await Promise.all(
        [...queues.values()].map(async (each) => [each.name, await each.counts()] as const),
      );
      return new Map(counted);
    },
    dashboardQueues: () => new Map([...queues.values()].map((each) => [each.name, each.queue])),
    async close() {
      await Promise.all([...queues.values()].map((each) => each.close()));
      await pace.close();
      await backend.close();
    },
  };
}

type QueueOf = (name: string) => BoundQueue;
type Producing = Pick<
  QueueEngine,
  'scheduleClose' | 'requestMerge' | 'wakeShard' | 'ensureShard' | 'ensureClose' | 'runCourier' | 'requestReplay'
>;
type Hosting = Pick<
  QueueEngine,
  'hostAsk' | 'hostReplay' | 'hostMerge' | 'hostClose' | 'hostReconcile' | 'hostCourier' | 'stopHosting'
>;

function producing(queue: QueueOf, now: () => Date): Producing {
  const ensure = async (name: string, data: object, at: { jobId: string; delay?: number }): Promise<boolean> => {
    if (present.has(await queue(name).stateOf(at.jobId))) return false;
    await queue(name).remove(at.jobId);
    await queue(name).add(name, data, { ...jobOptions, ...at });
    return true;
  };
  const closing = (inquiryId: string, at: Date) => ({
    jobId: jobIds.close(inquiryId),
    delay: Math.max(0, at.getTime() - now().getTime()),
  });
  return {
    scheduleClose: (inquiryId, at) =>
      queue(queueNames.close).add('close', inquiryJobSchema.parse({ inquiryId }), {
        ...jobOptions,
        ...closing(inquiryId, at),
      }),
    async requestMerge(inquiryId, delayMs) {
      const late = { ...jobOptions, removeOnComplete: true, jobId: jobIds.lateMerge(inquiryId), delay: delayMs };
      await queue(queueNames.merge).add('merge', inquiryJobSchema.parse({ inquiryId }), late);
    },
    wakeShard: (job) => wake(queue(queueNames.ask(job.channelId)), jobIds.shard(job)),
    async ensureShard(job) {
      const data = shardJobSchema.parse(job);
      return ensure(queueNames.ask(data.channelId), data, { jobId: jobIds.shard(data) });
    },
    async requestReplay(job) {
      const data = replayJobSchema.parse(job);
      return ensure(queueNames.replay, data, { jobId: jobIds.replay(data.quarantineId) });
    },
    ensureClose: (inquiryId, at) =>
      ensure(queueNames.close, inquiryJobSchema.parse({ inquiryId }), closing(inquiryId, at)),
    runCourier: (channelId) =>
      queue(queueNames.courier(channelId)).add('courier', emptyJobSchema.parse({}), {
        ...{ jobId: jobIds.courierSoon(channelId), removeOnComplete: true, removeOnFail: true },
      }),
  };
}

const closesAtOnce = 4;

function hosting(backend: Backend, queue: QueueOf, { onError, now }: Pick<Schedule, 'onError' | 'now'>): Hosting {
  const workers: BoundWorker[] = [];
  const watches: NodeJS.Timeout[] = [];
  return {
    hostAsk(channelId, concurrency, process) {
      const hosted = { queue: queueNames.ask(channelId), schema: shardJobSchema, concurrency, process };
      workers.push(hostProcessor(backend, hosted));
    },
    hostReplay(process) {
      const hosted = { queue: queueNames.replay, schema: replayJobSchema, concurrency: 1, process };
      workers.push(hostProcessor(backend, hosted));
    },
    hostMerge(concurrency, process) {
      workers.push(hostProcessor(backend, { queue: queueNames.merge, schema: inquiryJobSchema, concurrency, process }));
    },
    hostClose(process) {
      const hosted = { queue: queueNames.close, schema: inquiryJobSchema, concurrency: closesAtOnce, process };
      workers.push(hostProcessor(backend, hosted));
    },
    async hostReconcile(everySeconds, process) {
      const hosted = { queue: queueNames.reconcile, schema: emptyJobSchema, concurrency: 1, process };
      watches.push(
        await keptScheduled(queue(hosted.queue), { id: 'reconcile', everyMs: everySeconds * 1_000, onError, now }),
      );
      workers.push(hostProcessor(backend, hosted));
    },
    async hostCourier(channelId, everyMs, process) {
      const hosted = { queue: queueNames.courier(channelId), schema: emptyJobSchema, concurrency: 1, process };
      await queue(hosted.queue).oneAtATime();
      watches.push(await keptScheduled(queue(hosted.queue), { id: 'courier', everyMs, onError, now }));
      workers.push(hostProcessor(backend, hosted));
    },
    async stopHosting(force) {
      for (const watch of watches.splice(0)) clearInterval(watch);
      await Promise.all(workers.map((worker) => worker.close(force)));
    },
  };
}

interface Schedule {
  readonly id: string;
  readonly everyMs: number;
  readonly onError: (error: Error) => void;
  readonly now: () => Date;
}

const leastWatchMs = 5_000;

/** A queue that lost its data has lost its schedules too, the reconciler's among them, which is to make all else again. */
async function keptScheduled(queue: BoundQueue, { id, everyMs, onError, now }: Schedule): Promise<NodeJS.Timeout> {
  const schedule = () => queue.every(id, everyMs, id);
  await schedule();
  const renew = async (): Promise<void> => {
    const next = await queue.nextRunMs(id);
    // far ahead: a host whose clock was wrong has put it there
    if (next !== null && next - now().getTime() > 2 * everyMs + leastWatchMs) await queue.unschedule(id);
    else if (next !== null) return;
    await schedule();
  };
  return setInterval(() => void renew().catch(onError), Math.max(everyMs, leastWatchMs));
}
