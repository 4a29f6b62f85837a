import { errorCode, type Log } from '#platform';
import type { Store } from '#store';
import type { RefusalGuard } from './refusal-guard.ts';

interface HousekeepingParts {
  readonly store: Pick<Store, 'sessions' | 'usedMarks'>;
  readonly guard: RefusalGuard;
  readonly now: () => Date;
  readonly log: Log;
}

export interface Housekeeping {
  /** Ends with one last round, so that what waits in memory is put down. */
  close(): Promise<void>;
}

const everyMs = 15_000;
const mostAtOnce = 1_000;

/** Sweeps ended sessions and marks, and puts down refusals. Every gateway does it; rows are taken by one at a time. */
export function startHousekeeping({ store, guard, now, log }: HousekeepingParts): Housekeeping {
  let running = Promise.resolve();
  const round = async () => {
    try {
      await guard.settle();
      await store.sessions.sweep(now(), mostAtOnce);
      await store.usedMarks.sweep(now(), mostAtOnce);
    } catch (error) {
      log.warn('housekeeping.failed', { code: errorCode(error) }); // the next round does the same again
    }
  };
  const timer = setInterval(() => {
    running = running.then(round);
  }, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
      await round();
    },
  };
}
