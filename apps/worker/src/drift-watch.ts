import type { AgencyHistory, Answer } from '#contracts';
import { driftsOf, emptyHistory, historyOf, joinHistories, saysNothingToEverybody } from '#inquiry';
import { errorCode, type Log } from '#platform';
import type { HistoryToAdd, Joined, Store } from '#store';

/** Watches what agencies say over time: who suddenly says `nothing` to everybody, whose answers change shape. */
export interface DriftWatch {
  /** Counted in memory; nothing is read or written. */
  observe(answers: Iterable<Answer>): void;
  isSuspected(agencyId: string): boolean;
  /** Puts what was counted into the store, and tells operators what follows from it. */
  flush(): Promise<void>;
  /** Reads again who is suspected: another worker or an operator may have changed it. */
  refresh(): Promise<void>;
}

export interface DriftOptions {
  readonly store: Pick<Store, 'agencyHistories' | 'operationsEvents'>;
  readonly allNothingAnswers: number; // in a row, before an agency is suspected
  readonly log: Log;
}

interface Finding {
  readonly kind: 'all-nothing-suspected' | 'shape-drifted';
  readonly of: HistoryToAdd;
  readonly detail: Readonly<Record<string, string | number>>;
}

const mostSuspected = 10_000;
const mostAtOnce = 250;
const joinEventsMs = 86_400_000;
const mostPathsTold = 20;
const longestDetail = 500;

/**
 * Histories are counted per agency in memory and added to the store now and then: some rows for thousands of answers. A
 * crash loses the counts since the last time, never an answer.
 */
export async function openDriftWatch(options: DriftOptions): Promise<DriftWatch> {
  const { agencyHistories } = options.store;
  const counted = new Map<string, HistoryToAdd>();
  let suspected: ReadonlySet<string> = new Set();
  const refresh = async (): Promise<void> => {
    suspected = new Set(await agencyHistories.suspected(mostSuspected));
  };
  await refresh();
  return {
    refresh,
    isSuspected: (agencyId) => suspected.has(agencyId),
    observe(answers) {
      for (const answer of answers) {
        const history = historyOf(answer);
        if (history) put(counted, { agencyId: answer.agencyId, channelId: answer.channelId, history });
      }
    },
    async flush() {
      if (counted.size === 0) return;
      const adding = [...counted.values()];
      counted.clear();
      while (adding.length > 0) await addSome(options, counted, adding);
      await refresh();
    },
  };
}

/** Counts this after what is counted already. */
function put(counted: Map<string, HistoryToAdd>, later: HistoryToAdd): void {
  const before = counted.get(later.agencyId)?.history ?? emptyHistory;
  counted.set(later.agencyId, { ...later, history: joinHistories(before, later.history) });
}

/** Adds the first some of them; when the store is away, all that are left are counted again, before what came meanwhile. */
async function addSome(
  options: DriftOptions,
  counted: Map<string, HistoryToAdd>,
  adding: HistoryToAdd[],
): Promise<void> {
  const { store, allNothingAnswers } = options;
  const found = new Map<string, Finding>(); // by name: a transaction may be tried again
  const join = (kept: AgencyHistory | null, toAdd: HistoryToAdd): Joined => {
    const before = kept ?? emptyHistory;
    const after = joinHistories(before, toAdd.history);
    for (const each of findingsOf({ before, after, toAdd }, allNothingAnswers))
      found.set(`${each.kind} ${toAdd.agencyId}`, each);
    return { history: after, suspected: saysNothingToEverybody(after, allNothingAnswers) };
  };
  try {
    await store.agencyHistories.add(adding.slice(0, mostAtOnce), join);
  } catch (error) {
    for (const left of adding) {
      const later = counted.get(left.agencyId);
      counted.set(left.agencyId, left);
      if (later) put(counted, later);
    }
    throw error;
  }
  adding.splice(0, mostAtOnce);
  for (const each of found.values()) await tell(options, each);
}

interface Change {
  readonly before: AgencyHistory;
  readonly after: AgencyHistory;
  readonly toAdd: HistoryToAdd;
}

/** Only what was not so before: a state that lasts is told once. */
function findingsOf({ before, after, toAdd }: Change, answersInARow: number): Finding[] {
  const known = new Set(driftsOf(before));
  const drifts = driftsOf(after).filter((path) => !known.has(path));
  const isNew = saysNothingToEverybody(after, answersInARow) && !saysNothingToEverybody(before, answersInARow);
  const { missing, seen } = after.found;
  const paths = drifts.slice(0, mostPathsTold).join(', ').slice(0, longestDetail);
  return [
    ...(isNew
      ? [{ kind: 'all-nothing-suspected', of: toAdd, detail: { inARow: missing, foundBefore: seen } } as const]
      : []),
    ...(drifts.length > 0 ? [{ kind: 'shape-drifted', of: toAdd, detail: { paths } } as const] : []),
  ];
}

/** The counts are kept already; an event that could not be written is at least in the log. */
async function tell({ store, log }: DriftOptions, { kind, of, detail }: Finding): Promise<void> {
  const { channelId, agencyId } = of;
  log.warn(`agency.${kind}`, { channelId, agencyId, ...detail });
  await store.operationsEvents
    .tell({ kind, channelId, agencyId, detail: { ...detail }, joinWithinMs: joinEventsMs })
    .catch((error: unknown) => log.error('event.lost', { channelId, agencyId, code: errorCode(error) }));
}
