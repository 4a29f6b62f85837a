import type { AuditEntry } from '#contracts';
import type { RateLimit } from '#platform';
import type { Refusal, RefusalCounts, RefusalEntryOf, RefusalPolicy, RefusedAddress, Store } from '#store';
import type { RefusalCause } from './refused.ts';

/**
 * Slows down whoever fails to sign in, per address, for all gateways together
 * (docs/decisions/0018-failures-wait-nobody-is-locked-out-for-good.md).
 */
export interface RefusalGuard {
  /** Counts a failure; until when the address waits, or null while the quota of the window lasts. */
  failed(refused: RefusedAddress, cause: RefusalCause): Promise<Date | null>;
  lockedUntil(refused: RefusedAddress): Promise<Date | null>;
  /** Puts down what came within waits, tells the ledger what is due, and forgets who has been quiet. */
  settle(): Promise<void>;
}

interface GuardParts {
  readonly refusals: Store['refusals'];
  readonly policy: RefusalPolicy;
  readonly now: () => Date;
}

/** Waiting addresses that are known without asking the database. Beyond this, the oldest are asked for again. */
const mostWaiting = 10_000;
const mostAtOnce = 500;
const firstWaitMs = 30_000;
const leastQuietMs = 3_600_000;

export const refusalPolicy = (limit: RateLimit, longestLockSeconds: number): RefusalPolicy => ({
  quota: limit.quota,
  windowMs: limit.windowSeconds * 1_000,
  firstWaitMs: Math.min(firstWaitMs, longestLockSeconds * 1_000),
  longestWaitMs: longestLockSeconds * 1_000,
  quietMs: Math.max(leastQuietMs, longestLockSeconds * 2_000),
});

interface Waiting extends RefusedAddress {
  readonly until: Date;
  readonly causes: Partial<Record<RefusalCause, number>>;
}

export function openRefusalGuard({ refusals, policy, now }: GuardParts): RefusalGuard {
  const waiting = openWaitingList(now);
  return {
    async failed(refused, cause) {
      const known = waiting.running(refused);
      if (known) {
        known.causes[cause] = (known.causes[cause] ?? 0) + 1;
        return known.until;
      }
      await refusals.add(takeUntold(waiting.past(refused), now()));
      const until = await refusals.count({ ...refused, causes: { [cause]: 1 }, at: now() }, policy, refusalEntry);
      waiting.remember(refused, until);
      return until;
    },
    async lockedUntil(refused) {
      const known = waiting.running(refused);
      if (known) return known.until;
      const until = await refusals.lockedUntil(refused, now());
      if (until !== null) await refusals.add(takeUntold(waiting.past(refused), now()));
      waiting.remember(refused, until);
      return until;
    },
    async settle() {
      await refusals.add(takeUntold(waiting.all(), now()));
      waiting.forgetPast();
      await refusals.tell(now(), mostAtOnce, refusalEntry);
      await refusals.sweep(new Date(now().getTime() - policy.quietMs), mostAtOnce);
    },
  };
}

/** Waits that this gateway knows of. */
function openWaitingList(now: () => Date) {
  const waiting = new Map<string, Waiting>();
  const keyOf = ({ way, address }: RefusedAddress) => `${way} ${address}`;
  const find = (refused: RefusedAddress) => waiting.get(keyOf(refused)) ?? null;
  const isRunning = (known: Waiting) => known.until > now();
  return {
    running: (refused: RefusedAddress) => [find(refused)].find((known) => known && isRunning(known)) ?? null,
    past: (refused: RefusedAddress) => [find(refused)].filter((known) => known !== null),
    all: () => [...waiting.values()],
    remember(refused: RefusedAddress, until: Date | null) {
      if (until === null) return;
      const [oldest] = waiting.size >= mostWaiting ? waiting.keys() : [];
      if (oldest !== undefined) waiting.delete(oldest);
      waiting.set(keyOf(refused), { ...refused, until, causes: {} });
    },
    forgetPast() {
      for (const [key, known] of waiting) if (!isRunning(known)) waiting.delete(key);
    },
  };
}

/** What waited in memory only; it is taken out, so that nothing is counted twice. */
function takeUntold(all: readonly Waiting[], at: Date): readonly Refusal[] {
  return all.flatMap(({ way, address, causes }) => {
    const taken: RefusalCounts = Object.fromEntries(Object.entries(causes));
    for (const cause of Object.keys(causes)) Reflect.deleteProperty(causes, cause);
    return Object.keys(taken).length === 0 ? [] : [{ way, address, causes: taken, at }];
  });
}

const total = (causes: RefusalCounts): number => Object.values(causes).reduce((sum, each) => sum + each, 0);

/** One entry for everything an address was refused within a minute: a flood does not fill the ledger. */
const refusalEntry: RefusalEntryOf = ({ way, address }, causes): AuditEntry => ({
  actor: { userId: null, role: 'visitor', courtCode: null, via: null },
  action: 'session.refused',
  ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null },
  address,
  result: 'refused',
  detail: { ...causes, way, times: total(causes) },
});
