import type { BreakerCause, BreakerPolicy, SharedBreaker, WorkingClock } from '#contracts';
import type { FailureTally } from './breaker-outcome.ts';
import type { BreakerRegister } from './breaker-register.ts';

/** `since`: when the breaker left `closed`, and once it is closed, when it closed. A failed probe begins nothing anew. */
export interface AgencyBreaker {
  readonly agencyId: string;
  readonly state: 'closed' | 'half-open' | 'open';
  readonly since: Date;
}

export interface BreakerParts {
  readonly now: () => Date;
  readonly onChange: (report: AgencyBreaker) => void;
  /** The agency is back; of several replicas only the one that closed the breaker is told. */
  readonly onClosed?: (agencyId: string) => void;
  readonly register?: BreakerRegister;
  readonly probeLeaseMs?: number; // longer than any exchange takes; never shorter than the reset window
  readonly clock?: WorkingClock; // nobody is told to come back while the agency is closed
}

/** One breaker, as far as it can be seen without the library behind it. */
export interface Circuit {
  readonly agencyId: string;
  readonly breaker: { readonly closed: boolean; readonly halfOpen: boolean; open(): void; close(): void };
  readonly options: { resetTimeout?: number | undefined };
  readonly failures: FailureTally;
  readonly madeAt: Date;
  openSince: Date | null;
  resetAtMs: number | null; // the last time it opened: a failed probe opens it again
  blockedUntilMs: number; // while half-open: another replica is the probe
  idleTurns: number; // turns of the window since its last exchange
  turn: 'none' | 'claiming' | 'probing';
  cause: BreakerCause | 'shared' | null; // of the change that is being made; null: failures of the window
  told: Promise<void>; // the last change has been told to the others
}

const probeRunningMs = 1_000; // when to come back while another asking is the probe

/** Tells the others what changed here; what was only followed is not told again. */
export function tell(
  circuit: Circuit,
  change: { readonly to: 'open' | 'closed'; readonly resetInMs: number },
  { register, onClosed = () => undefined }: BreakerParts,
): void {
  const { agencyId, failures } = circuit;
  const cause = circuit.cause ?? { code: 'failures' as const, failures: failures.counts() };
  circuit.cause = null;
  if (cause === 'shared') return;
  const closed = (isFirst: boolean): void => void (isFirst && change.to === 'closed' && onClosed(agencyId));
  if (register) circuit.told = register.changed({ agencyId, cause, ...change }).then(closed);
  else closed(true);
}

interface Circuits {
  readonly circuits: ReadonlyMap<string, Circuit>;
  readonly circuitOf: (agencyId: string) => Circuit;
}

/** Does what the others did. A probe that runs here is left alone: how it went is told, and then settled. */
export function follow({ circuits, circuitOf }: Circuits, shared: SharedBreaker, now: () => Date): void {
  const { agencyId, state, since, resetInMs } = shared;
  const known = circuits.get(agencyId);
  if (known?.turn === 'probing' && state !== 'closed') return;
  if (state === 'closed') {
    if (!known || known.breaker.closed) return;
    known.cause = 'shared';
    known.breaker.close();
    return;
  }
  const circuit = circuitOf(agencyId);
  const { breaker, options } = circuit;
  if (breaker.closed || (breaker.halfOpen && state === 'open' && resetInMs > 0)) {
    const { resetTimeout } = options;
    circuit.openSince = since;
    circuit.cause = 'shared';
    options.resetTimeout = Math.max(1, Math.ceil(resetInMs)); // read when it opens, by its own timer
    breaker.open();
    options.resetTimeout = resetTimeout;
  }
  if (state === 'half-open') circuit.blockedUntilMs = now().getTime() + resetInMs;
}

/** How long until it is worth asking again; never while the agency is closed. */
export function waitMs(
  { breaker, resetAtMs, blockedUntilMs }: Circuit,
  { resetTimeoutMs }: BreakerPolicy,
  { now, clock }: BreakerParts,
): number {
  const nowMs = now().getTime();
  const waiting =
    breaker.halfOpen || resetAtMs === null
      ? Math.max(Math.min(probeRunningMs, resetTimeoutMs), blockedUntilMs - nowMs)
      : Math.max(1, resetAtMs - nowMs);
  const opening = clock?.nextOpening(new Date(nowMs + waiting));
  return Math.ceil(opening ? opening.getTime() - nowMs : waiting);
}

export function reportOf({ agencyId, breaker, openSince, madeAt }: Circuit): AgencyBreaker {
  const state = breaker.closed ? 'closed' : breaker.halfOpen ? 'half-open' : 'open';
  return { agencyId, state, since: openSince ?? madeAt };
}
