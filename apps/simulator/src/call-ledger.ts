/** Bounded, so that a long run costs no memory: the oldest requests are forgotten first. */
const atMostRequests = 200_000;

export interface AgencyCalls {
  readonly agencyId: string;
  /** Exchanges about a debtor: asks of a call agency, feedbacks of a bank. */
  readonly exchanges: number;
  /** Fetches of a bank's task list. */
  readonly polls: number;
}

export interface CallCounts {
  readonly agencies: readonly AgencyCalls[];
  /** By `<agencyId> <request number>`; where a wire has no request number, by `<agencyId> id:<identity number>`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly forgottenRequests: number;
}

/** Counts exchanges, so that a test can see that nobody is asked more often than needed. */
export interface CallLedger {
  /** Counts one exchange and says which one of its key it is, from 1. */
  exchange(agencyId: string, key: string): number;
  poll(agencyId: string): void;
  counts(): CallCounts;
  clear(): void;
}

export function openCallLedger(): CallLedger {
  const requests = new Map<string, number>();
  const agencies = new Map<string, { exchanges: number; polls: number }>();
  let forgottenRequests = 0;
  const ofAgency = (agencyId: string): { exchanges: number; polls: number } => {
    const known = agencies.get(agencyId);
    if (known !== undefined) return known;
    const fresh = { exchanges: 0, polls: 0 };
    agencies.set(agencyId, fresh);
    return fresh;
  };
  const forgetOldest = (): void => {
    const [oldest] = requests.keys();
    if (oldest !== undefined) requests.delete(oldest);
    forgottenRequests += 1;
  };

  return {
    exchange: (agencyId, key) => {
      ofAgency(agencyId).exchanges += 1;
      const place = `${agencyId} ${key}`;
      const count = (requests.get(place) ?? 0) + 1;
      requests.set(place, count);
      if (requests.size > atMostRequests) forgetOldest();
      return count;
    },
    poll: (agencyId) => {
      ofAgency(agencyId).polls += 1;
    },
    counts: () => ({
      agencies: [...agencies].map(([agencyId, counts]) => ({ agencyId, ...counts })),
      requests: Object.fromEntries(requests),
      forgottenRequests,
    }),
    clear: () => {
      requests.clear();
      agencies.clear();
      forgottenRequests = 0;
    },
  };
}
