import { DelayedError, type Job } from 'bullmq';
import type { z } from 'zod';
import type { Backend, BoundWorker, WorkerTuning } from './backend.ts';

/** What a processor makes of a job: done, or again at a time of its own. No job sleeps in memory. */
export type JobOutcome = { readonly state: 'done' } | { readonly state: 'later'; readonly at: Date };

export interface JobContext {
  /** Aborted when the worker stops or has lost the job to another worker. */
  readonly signal: AbortSignal;
  /** Has a parent that runs when all its children are done. */
  readonly hasParent: boolean;
}

export type JobProcessor<Data> = (data: Data, context: JobContext) => Promise<JobOutcome>;

/**
 * BullMQ's defaults notice a dead worker after about a minute; these notice it after about five seconds.
 * Being taken over is not the job's fault, so it may happen often. A command that the queue refused (a replica that
 * takes no writes) is tried again after a second instead of fifteen.
 */
const recovery = {
  ...{ lockDuration: 4_000, stalledInterval: 2_000, maxStalledCount: 50 },
  ...{ drainDelay: 5, runRetryDelay: 1_000 },
} as const;

/** Aborted because this process leaves: another worker takes the job at once, and no attempt of it is used up. */
const handedBack = { state: 'handed-back' } as const;

interface Hosting<Schema extends z.ZodType> {
  readonly queue: string;
  readonly schema: Schema;
  readonly concurrency: number;
  readonly process: JobProcessor<z.infer<Schema>>;
}

/** Hosts a processor: job data are read strictly, "later" becomes a delayed job, everything thrown is tried again. */
export function hostProcessor<Schema extends z.ZodType>(backend: Backend, hosting: Hosting<Schema>): BoundWorker {
  const { queue, schema, concurrency, process } = hosting;
  const stopping = new AbortController();
  const tuning: WorkerTuning = { ...recovery, concurrency };
  const work = async (job: Job, token?: string, signal?: AbortSignal): Promise<null> => {
    const signals = signal ? [signal, stopping.signal] : [stopping.signal];
    const outcome = await process(schema.parse(job.data), {
      signal: AbortSignal.any(signals),
      hasParent: job.parent !== undefined,
    }).catch((error: unknown) => {
      if (stopping.signal.aborted) return handedBack;
      throw error;
    });
    if (outcome.state === 'done') return null;
    await job.moveToDelayed(outcome.state === 'later' ? outcome.at.getTime() : job.timestamp, token);
    throw new DelayedError();
  };
  const worker = backend.worker(queue, work, tuning);
  return {
    async close(force) {
      if (force) stopping.abort();
      await worker.close(force);
    },
  };
}
