import type { Store } from '#store';
import { ProblemError } from '../http/problem-error.ts';

/** Keeps what is accepted within what can be worked off (reliability.md, promise 5). */
export interface Intake {
  /** Null: there is room. Otherwise the answer to whoever asks now; nothing of it may be stored. */
  refusal(): Promise<ProblemError | null>;
  /** Counts what was accepted since the backlog was last looked at. */
  accepted(shards: number): void;
}

interface IntakeParts {
  readonly inquiries: Pick<Store['inquiries'], 'dueShards'>;
  readonly mostDueShards: number;
  readonly now: () => Date;
  readonly monotonicMs: () => number;
}

/** The backlog is looked at this often at most, however many inquiries come in. */
const freshMs = 500;
const retryAfterSeconds = 5;

export function openIntake({ inquiries, mostDueShards, now, monotonicMs }: IntakeParts): Intake {
  let known: { readonly atMs: number; readonly due: Promise<number> } | null = null;
  let since = 0;
  const due = (): Promise<number> => {
    if (known === null || monotonicMs() - known.atMs >= freshMs) {
      known = { atMs: monotonicMs(), due: inquiries.dueShards(now(), mostDueShards) };
      since = 0;
      known.due.catch(() => (known = null)); // whoever waits for it is told; the next one looks again
    }
    return known.due;
  };
  return {
    async refusal() {
      const counted = await due();
      if (counted + since < mostDueShards) return null;
      return new ProblemError('overloaded', 'Too many inquiries are waiting to be worked on. Nothing was accepted.', {
        headers: { 'retry-after': String(retryAfterSeconds) },
      });
    },
    accepted(shards) {
      since += shards;
    },
  };
}
