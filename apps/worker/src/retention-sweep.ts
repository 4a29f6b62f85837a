import type { RetentionRule } from '#contracts';
import { errorCode, type RetentionTime } from '#platform';
import type { WorkerParts } from './worker-parts.ts';

/** Rows removed with one certificate, and batches of one rule in one sweep: what is left waits for the next one. */
const batchRows = 100;
const mostBatches = 200;
const firstAfterMs = 60_000; // not in the middle of a start

export interface Sweeping {
  readonly everyMs: number;
  /** What is due when it runs, by the clock that workers share. */
  readonly times: (now: Date) => readonly RetentionTime[];
}

type Parts = Pick<WorkerParts, 'store' | 'clock' | 'log'>;

/**
 * Removes by age in the background, rule by rule, a bounded batch at a time. Several workers may run it: the store lets
 * only one of them remove, and the others come back later.
 */
export function startRetentionSweep(parts: Parts, { everyMs, times }: Sweeping): { stop(): Promise<void> } {
  const leaving = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      running = sweep(parts, times(parts.clock.now()), leaving.signal).finally(() => {
        if (!leaving.signal.aborted) wait(everyMs);
      });
    }, ms);
  };
  wait(Math.min(everyMs, firstAfterMs));
  return {
    async stop() {
      leaving.abort();
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

/** One sweep through all rules. A rule that fails is told and does not keep the others from running. */
export async function sweep(parts: Parts, due: readonly RetentionTime[], signal: AbortSignal): Promise<void> {
  for (const { rule, before } of due) {
    if (signal.aborted) return;
    await sweepRule(parts, { rule, before }, signal).catch((error: unknown) =>
      parts.log.warn('retention.failed', { rule, code: errorCode(error) }),
    );
  }
}

async function sweepRule(
  { store, log }: Parts,
  { rule, before }: { readonly rule: RetentionRule; readonly before: Date },
  signal: AbortSignal,
): Promise<void> {
  let after: string | null = null;
  let removed = 0;
  for (let batch = 0; batch < mostBatches && !signal.aborted; batch += 1) {
    const culled = await store.retention.cull({ rule, before, after, limit: batchRows });
    if (culled === 'busy' || culled.last === null) break;
    removed += culled.removed;
    after = culled.last;
  }
  if (removed > 0) log.info('retention.culled', { rule, removed });
}
