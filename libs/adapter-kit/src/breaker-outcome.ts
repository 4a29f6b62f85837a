import { NoAnswer, type BreakerCause, type SaidNoAnswer } from '#contracts';
import { breakerVerdict, type BreakerVerdict } from './failure-policy.ts';

type Failure = Pick<NoAnswer, 'reason' | 'reasonCode'>;

/** What the breaker sees of an exchange; `failure` is the reason, where there is one. */
export interface Outcome {
  readonly verdict: BreakerVerdict;
  readonly failure: Failure | null;
}

const up: Outcome = { verdict: 'up', failure: null };

/** What an adapter returns counts as if it were thrown: a hub that says its agency is down fails that agency. */
export const outcomeOfResult = (result: unknown): Outcome =>
  isNoAnswer(result) ? { verdict: breakerVerdict(result), failure: result } : up;

/** Any other error is a defect of ours, found while reading a reply or before sending: the agency did not fail. */
export const outcomeOfError = (error: unknown): Outcome =>
  error instanceof NoAnswer ? { verdict: breakerVerdict(error), failure: error } : up;

function isNoAnswer(result: unknown): result is SaidNoAnswer {
  return typeof result === 'object' && result !== null && 'verdict' in result && result.verdict === 'no-answer';
}

type Counts = BreakerCause['failures'];

/** How often which failure came, over the rolling window: what is told as the cause when a breaker opens. */
export interface FailureTally {
  add(failure: Failure): void;
  turn(): void; // the oldest bucket of the window falls out
  counts(): Counts;
}

const mostKinds = 50;

export function failureTally(buckets: number): FailureTally {
  const window: Failure[][] = [[]];
  return {
    add: (failure) => void window.at(-1)?.push(failure),
    turn() {
      window.push([]);
      if (window.length > buckets) window.shift();
    },
    counts: () => countsOf(window.flat()),
  };
}

export function countsOf(failures: readonly Failure[]): Counts {
  const counts = new Map<string, Counts[number]>();
  for (const { reason, reasonCode } of failures) {
    const name = `${reason} ${reasonCode}`;
    counts.set(name, { reason, reasonCode, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count).slice(0, mostKinds);
}
