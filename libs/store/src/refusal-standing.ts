/** How failures of one address are slowed down. Times in milliseconds. */
export type RefusalPolicy = {
  /** Failures that a window bears. */
  readonly quota: number;
  readonly windowMs: number;
  /** The first wait; each one after it is twice as long, up to the longest. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Without a failure for so long, everything is forgotten. */
  readonly quietMs: number;
};

/** Where an address stands. */
export type RefusalStanding = {
  readonly failures: number;
  readonly windowEndsAt: Date;
  /** Waits in a row. */
  readonly strikes: number;
  readonly lockedUntil: Date | null;
  readonly lastAt: Date;
};

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/**
 * The standing after one more failure. A wait that runs is not made longer by failures within it, so that whatever goes
 * on asking comes to its end all the same.
 */
export function nextStanding(before: RefusalStanding | null, at: Date, policy: RefusalPolicy): RefusalStanding {
  if (before?.lockedUntil && before.lockedUntil > at) return { ...before, lastAt: at };
  const quietSince = Math.max(before?.lastAt.getTime() ?? 0, before?.lockedUntil?.getTime() ?? 0);
  const known = before && at.getTime() - quietSince < policy.quietMs ? before : null;
  const isInWindow = known !== null && known.windowEndsAt > at;
  const failures = (isInWindow ? known.failures : 0) + 1;
  const strikes = known?.strikes ?? 0;
  const windowEndsAt = isInWindow ? known.windowEndsAt : later(at, policy.windowMs);
  if (failures <= policy.quota) return { failures, windowEndsAt, strikes, lockedUntil: null, lastAt: at };
  const waitMs = Math.min(policy.firstWaitMs * 2 ** strikes, policy.longestWaitMs);
  return { failures: 0, windowEndsAt: at, strikes: strikes + 1, lockedUntil: later(at, waitMs), lastAt: at };
}
