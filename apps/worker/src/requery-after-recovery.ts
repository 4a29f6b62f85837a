import { setTimeout as delay } from 'node:timers/promises';
import { numbersFor } from '#inquiry';
import { errorCode } from '#platform';
import type { WorkerParts } from './worker-parts.ts';

/** An agency that can be reached again. */
export interface BackAgain {
  readonly channelId: string;
  readonly agencyId: string;
  /** Ends the run between two inquiries; what is left waits for the next closing, or for an officer. */
  readonly signal: AbortSignal;
}

export interface Recovered {
  readonly inquiries: number; // asked again
  readonly looked: number; // that waited for the agency
}

const pageSize = 200;
const mostPages = 100;
const paceMs = 20; // between two inquiries: an agency that has just come back is not run over
const mostAutomatic = 2; // times per line
const joinWithinMs = 60_000;
const dayMs = 86_400_000;

/**
 * Asks again what an agency missed while it could not be reached (domain.md §5.3, `breaker-open`): lines settled for
 * such a reason, in inquiries that are neither withdrawn nor held and young enough. Each line twice at most, a bounded
 * number of inquiries in one run; what was done is visible as re-queries with the cause `recovery`.
 */
export async function requeryAfterRecovery(parts: WorkerParts, back: BackAgain): Promise<Recovered> {
  const { store, clock, log, recovery } = parts;
  const { channelId, agencyId, signal } = back;
  const since = new Date(clock.now().getTime() - recovery.days * dayMs);
  const done = { inquiries: 0, looked: 0 };
  if (recovery.days === 0) return done;
  let before: string | null = null;
  for (let page = 0; page < mostPages && !signal.aborted; page += 1) {
    const found = await store.inquiries.recoverable({ channelId, agencyId, since, before, limit: pageSize });
    for (const inquiryId of found.inquiryIds) {
      if (signal.aborted || done.inquiries >= recovery.mostInquiries) break;
      done.looked += 1;
      if (await askAgain(parts, { channelId, agencyId, inquiryId })) done.inquiries += 1;
      await delay(paceMs);
    }
    before = found.next;
    if (before === null || done.inquiries >= recovery.mostInquiries) break;
  }
  if (done.inquiries === 0) return done;
  log.info('inquiry.requeried', { channelId, agencyId, cause: 'recovery', inquiries: done.inquiries });
  const detail = { inquiries: done.inquiries, looked: done.looked };
  await store.operationsEvents.tell({ kind: 'requeried-after-recovery', channelId, agencyId, detail, joinWithinMs });
  return done;
}

type Line = { readonly channelId: string; readonly agencyId: string; readonly inquiryId: string };

async function askAgain(parts: WorkerParts, { channelId, agencyId, inquiryId }: Line): Promise<boolean> {
  const { store, queue, channels, clock, toInstant } = parts;
  const hosted = channels.get(channelId);
  const agency = hosted?.channel.agencies.get(agencyId);
  if (!hosted || !agency) return false;
  const at = clock.now();
  const numbers = numbersFor([{ agencyId, channelId, region: agency.region }], {
    templates: new Map([[channelId, hosted.config.requestNumber]]),
    date: toInstant(at).slice(0, 10).replaceAll('-', ''),
    firstSerial: await store.inquiries.nextSerials(1),
  });
  const requestNumber = numbers.get(agencyId);
  if (requestNumber === undefined) return false;
  const toMake = { inquiryId, channelId, agencyId, requestNumber, at, mostAutomatic };
  const made = await store.inquiries.requeryRecovered(toMake);
  if (made === null) return false;
  for (const shard of made.shards) await queue.ensureShard({ inquiryId, ...shard });
  return true;
}

export interface Recovery {
  /** Begins a run unless one for this agency is under way. */
  begin(place: Pick<BackAgain, 'channelId' | 'agencyId'>): void;
  /** Ends the runs and waits for the inquiries they are at. */
  stop(): Promise<void>;
}

/** Runs in the background, one per agency at a time; a failure is logged, the next closing tries again. */
export function openRecovery(parts: WorkerParts): Recovery {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  return {
    begin({ channelId, agencyId }) {
      const key = `${channelId} ${agencyId}`;
      if (running.has(key) || stopping.signal.aborted) return;
      const run = requeryAfterRecovery(parts, { channelId, agencyId, signal: stopping.signal })
        .then(() => undefined)
        .catch((error: unknown) => parts.log.warn('recovery.failed', { channelId, agencyId, code: errorCode(error) }))
        .finally(() => running.delete(key));
      running.set(key, run);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
