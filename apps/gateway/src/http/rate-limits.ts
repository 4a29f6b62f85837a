import type { RateLimit } from '#platform';

/** Where a caller stands in the window of a policy. */
export interface RateStanding {
  readonly policy: string;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number; // below 0: over the limit
  readonly resetSeconds: number;
}

/** Counters per policy and caller, in fixed windows, in memory: one gateway's own. */
export interface RateLimits {
  /** Counts one call. */
  take(policy: string, caller: string): RateStanding;
  /** Looks without counting. */
  look(policy: string, caller: string): RateStanding;
}

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

/** Windows that have ended are swept out when there are this many. */
const mostWindows = 20_000;
const unlimited: RateLimit = { quota: 1_000_000, windowSeconds: 60 };

export function openRateLimits(limits: Readonly<Record<string, RateLimit>>, monotonicMs: () => number): RateLimits {
  const windows = new Map<string, Window>();
  const count = (policy: string, caller: string, calls: 0 | 1): RateStanding => {
    const { quota, windowSeconds } = limits[policy] ?? unlimited;
    const now = monotonicMs();
    const key = `${policy} ${caller}`;
    const known = windows.get(key);
    const isCurrent = known !== undefined && known.endsAtMs > now;
    const window = {
      endsAtMs: isCurrent ? known.endsAtMs : now + windowSeconds * 1_000,
      used: (isCurrent ? known.used : 0) + calls,
    };
    if (windows.size >= mostWindows) sweep(windows, now);
    windows.set(key, window);
    return {
      policy,
      quota,
      windowSeconds,
      remaining: quota - window.used,
      resetSeconds: Math.ceil((window.endsAtMs - now) / 1_000),
    };
  };
  return { take: (policy, caller) => count(policy, caller, 1), look: (policy, caller) => count(policy, caller, 0) };
}

function sweep(windows: Map<string, Window>, now: number): void {
  for (const [key, { endsAtMs }] of windows) if (endsAtMs <= now) windows.delete(key);
  if (windows.size >= mostWindows) windows.clear();
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
export const rateHeaders = ({
  policy,
  quota,
  windowSeconds,
  remaining,
  resetSeconds,
}: RateStanding): Record<string, string> => ({
  'ratelimit-policy': `"${policy}";q=${quota};w=${windowSeconds}`,
  ratelimit: `"${policy}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
});
