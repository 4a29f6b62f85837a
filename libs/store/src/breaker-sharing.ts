import type { BreakerChange, BreakerState, ProbeClaim, SharedBreaker } from '#contracts';
import { type BreakerNow, changeBreaker, type Changed, claimProbe, readBreakers } from './breaker-rows.ts';
import { type Listening, startListening } from './listening.ts';
import type { StoreContext } from './store-context.ts';
import { codeOf } from './store-fault.ts';

export type SharingOptions = {
  readonly workerId: string;
  readonly readEveryMs?: number; // a notice may be missed; 5 s unless given
  readonly answerWithinMs?: number; // a database that takes longer is away, and the breaker goes on alone
};

/** What the breakers of one channel share. Nothing here rejects. */
export type ChannelBreakers = {
  /** True: this worker made the change, or the database is away. False: others were first, or know better. */
  changed(change: BreakerChange): Promise<boolean>;
  claimProbe(agencyId: string, leaseMs: number): Promise<ProbeClaim>;
  onShared(follow: (shared: SharedBreaker) => void): void;
};

export type BreakerSharing = {
  ofChannel(channelId: string): ChannelBreakers;
  /** Begins to follow the others. Resolves when what is so now has been passed on, or the database is away. */
  start(): Promise<void>;
  close(): Promise<void>;
};

type Known = { readonly channelId: string; readonly agencyId: string; revision: number; state: BreakerState };

/** What one worker knows, and what it could not tell yet. */
type Memory = {
  readonly context: StoreContext;
  readonly options: Required<SharingOptions>;
  readonly followers: Map<string, (shared: SharedBreaker) => void>;
  readonly known: Map<string, Known>;
  readonly telling: Set<string>; // being told: what is read meanwhile may be older
  readonly untold: Map<string, { readonly channelId: string; readonly change: BreakerChange }>;
  isAway: boolean;
};

const joinNoticesMs = 20;

/**
 * Shares breakers through the database: changes are told as they happen, notices bring those of the others, and now and
 * then everything is read again. What could not be told is told when the database is back, and stands until then
 * (docs/decisions/0012-breakers-in-postgresql-pace-in-the-queue.md).
 */
export function shareBreakers(context: StoreContext, databaseUrl: string, options: SharingOptions): BreakerSharing {
  const memory: Memory = {
    context,
    options: { readEveryMs: 5_000, answerWithinMs: 1_000, ...options },
    followers: new Map(),
    known: new Map(),
    telling: new Set(),
    untold: new Map(),
    isAway: false,
  };
  const reading = oneAtATime(() => synchronise(memory));
  let listening: Listening | null = null;
  let timer: NodeJS.Timeout | null = null;
  return {
    ofChannel: (channelId) => channelBreakers(memory, channelId),
    async start() {
      const onNotice = (channelId: string): void => {
        if (memory.followers.has(channelId)) reading.soon();
      };
      const { log } = context;
      listening = startListening({ databaseUrl, channel: 'chakong_breaker', onNotice, onGap: reading.soon, log });
      timer = setInterval(reading.soon, memory.options.readEveryMs).unref();
      await Promise.race([listening.ready, elapsed(memory.options.answerWithinMs)]);
      await reading.now();
    },
    async close() {
      if (timer) clearInterval(timer);
      reading.stop();
      await listening?.close();
      await reading.now();
    },
  };
}

function channelBreakers(memory: Memory, channelId: string): ChannelBreakers {
  const { context, options } = memory;
  const placeOf = (agencyId: string) => ({ channelId, agencyId, workerId: options.workerId });
  return {
    changed: (change) => tellOne(memory, channelId, change),
    async claimProbe(agencyId, leaseMs) {
      await tellWhatIsUntold(memory, keyOf(channelId, agencyId));
      const answered = await reached(memory, () => claimProbe(context, placeOf(agencyId), leaseMs));
      if (answered === away) return { kind: 'granted' };
      remember(memory, answered.now);
      return answered.claim;
    },
    onShared: (follow) => void memory.followers.set(channelId, follow),
  };
}

async function tellOne(memory: Memory, channelId: string, change: BreakerChange): Promise<boolean> {
  const { context, options, telling, untold } = memory;
  const key = keyOf(channelId, change.agencyId);
  const place = { channelId, agencyId: change.agencyId, workerId: options.workerId };
  telling.add(key);
  const changed = await reached<Changed>(memory, () => changeBreaker(context, place, change));
  telling.delete(key);
  if (changed === away) {
    untold.set(key, { channelId, change });
    return true;
  }
  untold.delete(key);
  if (changed.isFirst) remember(memory, changed.now);
  else pass(memory, changed.now);
  return changed.isFirst;
}

async function tellWhatIsUntold(memory: Memory, only?: string): Promise<void> {
  for (const [key, { channelId, change }] of [...memory.untold]) {
    if ((only !== undefined && key !== only) || memory.telling.has(key)) continue;
    await tellOne(memory, channelId, change);
    if (memory.isAway) return;
  }
}

async function synchronise(memory: Memory): Promise<void> {
  await tellWhatIsUntold(memory);
  const { context, followers, known } = memory;
  const notClosed = [...known.values()].filter(({ state }) => state !== 'closed').map(({ agencyId }) => agencyId);
  const all = await reached(memory, () => readBreakers(context, [...followers.keys()], notClosed));
  if (all === away) return;
  for (const each of all) pass(memory, each);
}

/** Passes on what is new, unless this worker itself is about to say something newer. */
function pass(memory: Memory, now: BreakerNow): void {
  const key = keyOf(now.channelId, now.shared.agencyId);
  if (memory.telling.has(key) || memory.untold.has(key) || !remember(memory, now)) return;
  memory.followers.get(now.channelId)?.(now.shared);
}

/** False: it was known. */
function remember({ known }: Memory, { channelId, revision, shared: { agencyId, state } }: BreakerNow): boolean {
  const key = keyOf(channelId, agencyId);
  if ((known.get(key)?.revision ?? 0) >= revision) return false;
  known.set(key, { channelId, agencyId, revision, state });
  return true;
}

const away = Symbol('the database is away');

/** What the database answers in time. It is said once that it is away, and once that it is back. */
async function reached<T>(memory: Memory, work: () => Promise<T>): Promise<T | typeof away> {
  const { context, options } = memory;
  try {
    const answered = await Promise.race([work(), elapsed(options.answerWithinMs)]);
    if (answered === elapsedMark) return lose(memory, 'timed-out');
    if (memory.isAway) context.log.info('breakers.shared-again');
    memory.isAway = false;
    return answered;
  } catch (error) {
    return lose(memory, codeOf(error) ?? 'unknown');
  }
}

function lose(memory: Memory, code: string): typeof away {
  if (!memory.isAway) memory.context.log.warn('breakers.alone', { code });
  memory.isAway = true;
  return away;
}

const elapsedMark = Symbol('time is over');
const elapsed = (ms: number): Promise<typeof elapsedMark> =>
  new Promise((resolve) => void setTimeout(() => resolve(elapsedMark), ms).unref());

const keyOf = (channelId: string, agencyId: string): string => `${channelId}/${agencyId}`;

/** Runs the work once for all who ask while it waits, and never twice at a time. */
function oneAtATime(work: () => Promise<void>) {
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const now = (): Promise<void> => {
    if (!stopped) last = last.then(work);
    return last;
  };
  return {
    now,
    soon(): void {
      if (stopped) return;
      timer ??= setTimeout(() => {
        timer = null;
        void now();
      }, joinNoticesMs);
    },
    stop(): void {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
