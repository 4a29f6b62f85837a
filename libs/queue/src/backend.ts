import {
  createPostgresBackend,
  createRedisBackend,
  type BackendClasses,
  type FlowJob,
  type IQueueBackend,
  type JobsOptions,
  type JobState,
  type Processor,
  type Queue,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import { retryDelayMs } from './jobs.ts';
import type { QueuePlace } from './queue-url.ts';

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** One queue, as far as we use it. */
export interface BoundQueue {
  readonly name: string;
  readonly queue: object; // for the dashboard, which reads it through BullMQ's own interface
  add(jobName: string, data: object, options: JobsOptions): Promise<void>;
  stateOf(jobId: string): Promise<JobState | 'unknown'>;
  promote(jobId: string): Promise<boolean>; // false: not delayed
  remove(jobId: string): Promise<void>;
  every(schedulerId: string, everyMs: number, jobName: string): Promise<void>;
  /** When it runs next; null: there is no such schedule. */
  nextRunMs(schedulerId: string): Promise<number | null>;
  unschedule(schedulerId: string): Promise<void>;
  /** One job of this queue at a time, over all workers. */
  oneAtATime(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}

export interface BoundWorker {
  close(force: boolean): Promise<void>;
}

export type WorkerTuning = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'drainDelay' | 'runRetryDelay'
>;

/** The engine behind the queues: the same calls over Redis and over PostgreSQL. */
export interface Backend {
  readonly engine: 'redis' | 'postgres';
  queue(name: string): BoundQueue;
  worker(name: string, process: Processor, tuning: WorkerTuning): BoundWorker;
  addFlow(flow: FlowJob): Promise<void>;
  close(): Promise<void>;
}

/** A job that threw: it is tried again, and somebody should know. */
export interface FailedJob {
  readonly queue: string;
  readonly jobId: string;
  readonly attempt: number;
  readonly error: Error;
}

/** Errors of idle connections (calls fail on their own), and jobs that threw. */
export interface Troubles {
  readonly onError: (error: Error) => void;
  readonly onFailed: (failed: FailedJob) => void;
}
type OnError = Troubles['onError'];

export async function openBackend(place: QueuePlace, troubles: Troubles): Promise<Backend> {
  const { onError } = troubles;
  if (place.kind === 'postgres') {
    const connection = {
      connectionString: place.url,
      schema: 'bullmq',
      max: 2,
      idleTimeoutMillis: 5_000,
      migrate: true,
    };
    return bind({
      engine: 'postgres',
      classes: withBackend(createPostgresBackend),
      connection,
      blocking: connection,
      troubles,
      end: async () => {},
    });
  }
  // one connection for producers, which fail fast; workers wait for Redis to come back
  const producing = connectRedis(place, { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 10_000 });
  const blocking = connectRedis(place, { maxRetriesPerRequest: null });
  producing.on('error', onError);
  blocking.on('error', onError);
  const end = async () => {
    await Promise.allSettled([producing.quit(), blocking.quit()]);
  };
  return bind({
    engine: 'redis',
    classes: withBackend(createRedisBackend),
    connection: producing,
    blocking,
    troubles,
    end,
    prefix: '{chakong}',
  });
}

export function connectRedis(place: Exclude<QueuePlace, { kind: 'postgres' }>, options: object): Redis | Cluster {
  if (place.kind === 'redis') return new Redis(place.url, options);
  const { hosts, login } = place;
  if (place.kind === 'cluster') return new Cluster([...hosts], { redisOptions: { ...login, ...options } });
  return new Redis({ sentinels: [...hosts], name: place.master, ...login, ...options });
}

interface Binding<B extends IQueueBackend, C> {
  readonly engine: Backend['engine'];
  readonly classes: BackendClasses<B, C>;
  readonly connection: C;
  readonly blocking: C;
  readonly prefix?: string; // Redis only; one hash slot for all queues, which flows need on a cluster
  readonly troubles: Troubles;
  readonly end: () => Promise<void>;
}

function bind<B extends IQueueBackend, C>(binding: Binding<B, C>): Backend {
  const { engine, classes, connection, blocking, prefix, troubles, end } = binding;
  const { onError, onFailed } = troubles;
  const common = prefix === undefined ? {} : { prefix };
  const flows = new classes.FlowProducer({ connection, ...common });
  flows.on('error', onError);
  return {
    engine,
    queue: (name) => boundQueue(classes, { name, connection, common, onError }),
    worker(name, process, tuning) {
      const worker = new classes.Worker(name, process, {
        ...{ connection: blocking, ...common, ...tuning, autorun: true },
        settings: { backoffStrategy: retryDelayMs },
      });
      worker.on('error', onError);
      worker.on('failed', (job, error) =>
        onFailed({ queue: name, jobId: job?.id ?? '', attempt: job?.attemptsMade ?? 0, error }),
      );
      return { close: (force) => worker.close(force) };
    },
    async addFlow(flow) {
      await flows.add(flow);
    },
    async close() {
      await flows.close();
      await end();
    },
  };
}

interface QueuePlaceOf<C> {
  readonly name: string;
  readonly connection: C;
  readonly common: { prefix?: string };
  readonly onError: OnError;
}

function boundQueue<B extends IQueueBackend, C>(classes: BackendClasses<B, C>, place: QueuePlaceOf<C>): BoundQueue {
  const { name, connection, common, onError } = place;
  const queue = new classes.Queue(name, { connection, ...common });
  queue.on('error', onError);
  return {
    name,
    queue,
    async add(jobName, data, options) {
      await queue.add(jobName, data, options);
    },
    stateOf: (jobId) => queue.getJobState(jobId),
    promote: (jobId) => promoteDelayed(queue, jobId),
    async remove(jobId) {
      await queue.remove(jobId);
    },
    every: (schedulerId, everyMs, jobName) => scheduleEvery(queue, schedulerId, { everyMs, jobName }),
    async nextRunMs(schedulerId) {
      const schedule = await queue.getJobScheduler(schedulerId);
      return schedule === undefined ? null : (schedule.next ?? 0);
    },
    async unschedule(schedulerId) {
      await queue.removeJobScheduler(schedulerId);
    },
    async oneAtATime() {
      await queue.setGlobalConcurrency(1);
    },
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    counts: async () => jobCounts(await queue.getJobCounts()),
    close: () => queue.close(),
  };
}

type AnyQueue = Pick<Queue, 'getJobState' | 'getJob' | 'upsertJobScheduler'>;

async function promoteDelayed(queue: AnyQueue, jobId: string): Promise<boolean> {
  if ((await queue.getJobState(jobId)) !== 'delayed') return false;
  const job = await queue.getJob(jobId);
  await job?.promote();
  return job !== undefined;
}

async function scheduleEvery(
  queue: AnyQueue,
  schedulerId: string,
  { everyMs, jobName }: { readonly everyMs: number; readonly jobName: string },
): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: { count: 10 } };
  await queue.upsertJobScheduler(schedulerId, { every: everyMs }, { name: jobName, data: {}, opts });
}

function jobCounts(counted: Readonly<Record<string, number>>): JobCounts {
  const { waiting = 0, active = 0, delayed = 0, failed = 0, prioritized = 0, paused = 0 } = counted;
  return { waiting: waiting + prioritized + paused, active, delayed, failed };
}
