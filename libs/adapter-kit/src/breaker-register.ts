import type { BreakerChange, ProbeClaim, SharedBreaker } from '#contracts';

/**
 * What the breakers of one channel share with its other replicas. Nobody is asked while a breaker is closed: only
 * changes and probes come here. Nothing here rejects: when the others are out of reach, a breaker goes on alone.
 */
export interface BreakerRegister {
  /** True: this replica made the change, or nobody could be asked. False: the others had it already, or know better. */
  changed(change: BreakerChange): Promise<boolean>;
  /** Asks for the right to be the only probe; it lapses after the lease, so that a dead prober blocks nobody. */
  claimProbe(agencyId: string, leaseMs: number): Promise<ProbeClaim>;
  /** Calls back with what other replicas did, and with what is so when listening begins. */
  onShared(follow: (shared: SharedBreaker) => void): void;
}
