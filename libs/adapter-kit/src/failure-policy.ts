import type { NoAnswer, Reason, RetryPolicy, Said } from '#contracts';
import { addressDenied } from './network-guard.ts';

/** What follows from a reason (domain.md §5.3). */
export interface FailurePolicy {
  readonly askedAgain: boolean; // by itself, inside attempt budget and due time
  readonly countsAgainstBreaker: boolean;
  readonly closesHalfOpen: boolean; // proves that the agency is up
  readonly alarm: 'none' | 'at-once' | 'when-repeated' | 'when-breaker-opens';
}

const quiet: FailurePolicy = { askedAgain: false, countsAgainstBreaker: false, closesHalfOpen: false, alarm: 'none' };
/** The agency was there and said something. */
const spoken: FailurePolicy = { ...quiet, closesHalfOpen: true };
const down: FailurePolicy = { ...quiet, askedAgain: true, countsAgainstBreaker: true, alarm: 'when-breaker-opens' };

/** The only place that decides what happens after a failure; everybody else looks it up here. */
export const failurePolicy: Readonly<Record<Reason, FailurePolicy>> = {
  pending: quiet,
  overdue: { ...quiet, alarm: 'when-repeated' },
  'timed-out': down,
  'breaker-open': { ...quiet, askedAgain: true },
  unavailable: down,
  throttled: { ...spoken, askedAgain: true, alarm: 'when-repeated' },
  unauthorized: { ...spoken, alarm: 'at-once' },
  refused: spoken,
  returned: spoken,
  objected: spoken,
  'clarification-needed': spoken,
  ambiguous: spoken,
  'identity-mismatch': { ...spoken, alarm: 'when-repeated' },
  incomplete: { ...spoken, askedAgain: true, alarm: 'when-repeated' },
  unintelligible: { ...spoken, alarm: 'at-once' },
  'outside-hours': { ...quiet, askedAgain: true },
  cancelled: quiet,
};

/** Codes of failures before anything was sent: they say nothing about the agency. */
const notSent: ReadonlySet<string> = new Set(['lossy-encoding', 'pace', addressDenied]);

/** What an outcome means to the agency's breaker: it failed, it is up, or nothing can be concluded. */
export type BreakerVerdict = 'failed' | 'up' | 'neutral';

export function breakerVerdict({ reason, reasonCode }: Pick<NoAnswer, 'reason' | 'reasonCode'>): BreakerVerdict {
  if (reasonCode !== null && notSent.has(reasonCode)) return 'neutral';
  const { countsAgainstBreaker, closesHalfOpen } = failurePolicy[reason];
  return countsAgainstBreaker ? 'failed' : closesHalfOpen ? 'up' : 'neutral';
}

interface Tried {
  readonly said: Said;
  readonly attempt: number; // exchanges tried so far, this one included
  readonly maxAttempts: number;
  readonly incompleteAttempts?: number; // incomplete answers so far, this one included
  readonly retry: RetryPolicy;
  readonly now: Date;
  readonly dueAt: Date;
  readonly jitter: number; // 0 to 1, drawn by the caller
}

/** When the agency is asked again without a person; null: not again, so the answer stands as it is. */
export function nextAttempt(tried: Tried): Date | null {
  const { said, attempt, maxAttempts, incompleteAttempts = 0, retry, now, dueAt } = tried;
  if (said.verdict !== 'no-answer' || !failurePolicy[said.reason].askedAgain || attempt >= maxAttempts) return null;
  if (said.reason === 'incomplete' && incompleteAttempts > retry.maxIncompleteAttempts) return null;
  const at = new Date(now.getTime() + Math.ceil(delayMs(tried, said.retryAfterMs)));
  return at.getTime() <= dueAt.getTime() ? at : null;
}

/** What the agency asked for, or the doubled delay; never all askings at the same moment. */
function delayMs({ attempt, retry, jitter }: Tried, retryAfterMs: number | null): number {
  const { firstDelayMs, longestDelayMs } = retry;
  if (retryAfterMs !== null) return retryAfterMs + (jitter * Math.min(retryAfterMs, firstDelayMs)) / 2;
  const doubled = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.max(0, attempt - 1));
  return doubled / 2 + (jitter * doubled) / 2;
}
