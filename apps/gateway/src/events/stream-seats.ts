import { ProblemError } from '../http/problem-error.ts';

/** Open event streams, counted: a caller has few, a gateway has many (api.md §5). */
export interface StreamSeats {
  /** @throws ProblemError `overloaded`; @returns gives the seat back, once */
  take(userId: string): () => void;
  readonly count: number;
}

interface SeatLimits {
  readonly perCaller: number;
  readonly inAll: number;
  readonly onChange: (count: number) => void;
}

export function openStreamSeats({ perCaller, inAll, onChange }: SeatLimits): StreamSeats {
  const taken = new Map<string, number>();
  let count = 0;
  const change = (userId: string, by: 1 | -1) => {
    const left = (taken.get(userId) ?? 0) + by;
    if (left > 0) taken.set(userId, left);
    else taken.delete(userId);
    count += by;
    onChange(count);
  };
  return {
    take(userId) {
      if (count >= inAll || (taken.get(userId) ?? 0) >= perCaller) {
        throw new ProblemError('overloaded', 'Too many event streams are open; poll the inquiry instead.', {
          headers: { 'retry-after': '5' },
        });
      }
      change(userId, 1);
      let isTaken = true;
      return () => {
        if (isTaken) change(userId, -1);
        isTaken = false;
      };
    },
    get count() {
      return count;
    },
  };
}
