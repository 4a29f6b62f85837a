import { setTimeout as wait } from 'node:timers/promises';
import type { BoundQueue } from './backend.ts';

/** The job may still be on its way into the delayed state; a bounded number of looks, then the reconciler sees to it. */
export async function wake(queue: BoundQueue, jobId: string): Promise<void> {
  for (let look = 0; look < 6; look += 1) {
    const promoted = await queue.promote(jobId).catch(notDelayedAnyMore);
    if (promoted) return;
    if (!['active', 'waiting', 'waiting-children', 'prioritized', 'delayed'].includes(await queue.stateOf(jobId)))
      return;
    await wait(20 * 2 ** look);
  }
}

/** Somebody else promoted it between the look and the act: nothing is left to do. Anything else is a real failure. */
function notDelayedAnyMore(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && error.code === -3) return false;
  throw error;
}
