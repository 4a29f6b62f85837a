import { EventEmitter } from 'node:events';
import { NoAnswer, type BreakerPolicy } from '#contracts';
import CircuitBreaker from 'opossum';
import { follow, reportOf, tell, waitMs } from './breaker-circuit.ts';
import type { AgencyBreaker, BreakerParts, Circuit } from './breaker-circuit.ts';
import { countsOf, failureTally, outcomeOfError, outcomeOfResult } from './breaker-outcome.ts';
import type { Outcome } from './breaker-outcome.ts';
import type { BreakerRegister } from './breaker-register.ts';
import { windowClock } from './breaker-window.ts';
import type { Guard } from './guard.ts';

export interface Breakers {
  /** The guard of one agency; nothing is made before its first exchange. */
  guardFor(agencyId: string): Guard;
  /** Null where there is no breaker: never asked, or idle and well. */
  stateOf(agencyId: string): AgencyBreaker | null;
  notClosed(): readonly AgencyBreaker[];
  /** Closes the breaker of an agency, or all of them, by decision of an operator. Resolves when the others were told. */
  reset(agencyId: string | null): Promise<void>;
  close(): void;
}

type Action = () => Promise<void>;

interface OwnCircuit extends Circuit {
  readonly breaker: CircuitBreaker<[Action], void>;
}

const windowBuckets = 10; // of the rolling window; one timer turns them for all breakers
/** What the circuit sees of an outcome; what the caller gets is kept beside it. */
const failed = new Error('the outcome counts as a failure');
const succeed: Action = async () => undefined;
const fail: Action = async () => {
  throw failed;
};

/**
 * A circuit breaker (熔断) per agency, made on first use and dropped when it is idle and closed.
 *
 * While closed, an exchange runs outside the circuit and only its outcome is entered: an outcome that proves nothing
 * leaves no trace, and a late reply of the time before cannot close a half-open circuit. The probe of a half-open one
 * runs inside it: whatever does not prove the agency up, `cancelled` too, opens it again. With a register, replicas open
 * and close together, and only one of them probes (docs/decisions/0012-breakers-in-postgresql-pace-in-the-queue.md).
 *
 * @throws NoAnswer breaker-open (nothing was sent) with the rest of the reset window as `retryAfterMs`
 */
export function breakers(policy: BreakerPolicy, parts: BreakerParts): Breakers {
  const { register } = parts;
  const all = circuitsOf(policy, parts);
  const { circuits, circuitOf, drop } = all;
  const refuse = (circuit: Circuit) => (): NoAnswer =>
    new NoAnswer('breaker-open', 'nothing was sent, because recent calls failed', {
      retryAfterMs: waitMs(circuit, policy, parts),
    });
  register?.onShared((shared) => follow(all, shared, parts.now));

  return {
    guardFor: (agencyId) => (call, signal) => {
      const circuit = circuitOf(agencyId);
      circuit.idleTurns = 0;
      const exchange = () => call(signal);
      if (circuit.breaker.closed) return observe(circuit, exchange);
      return register && circuit.breaker.halfOpen
        ? probeIfClaimed({ circuit, all, register, parts, policy }, exchange, refuse(circuit))
        : probe(circuit, exchange, refuse(circuit));
    },
    stateOf(agencyId) {
      const circuit = circuits.get(agencyId);
      return circuit ? reportOf(circuit) : null;
    },
    notClosed: () => [...circuits.values()].filter(({ breaker }) => !breaker.closed).map(reportOf),
    async reset(agencyId) {
      const chosen = agencyId === null ? [...circuits.values()] : [circuits.get(agencyId)].filter((each) => !!each);
      for (const circuit of chosen) {
        circuit.cause = { code: 'operator-reset', failures: [] };
        if (circuit.breaker.closed) drop(circuit);
        else circuit.breaker.close();
      }
      await Promise.all(chosen.map(({ told }) => told));
    },
    close: () => circuits.forEach(drop),
  };
}

type Circuits = ReturnType<typeof circuitsOf>;

/** The circuits that are in use, by agency. */
function circuitsOf(policy: BreakerPolicy, parts: BreakerParts) {
  const { now, onChange } = parts;
  const circuits = new Map<string, OwnCircuit>();
  const clock = windowClock(policy.rollingWindowMs / windowBuckets, () => circuits.forEach(onTurn));

  function circuitOf(agencyId: string): OwnCircuit {
    const known = circuits.get(agencyId);
    if (known) return known;
    const circuit = newCircuit(agencyId, optionsOf(policy, clock.turns), now());
    const { breaker } = circuit;
    breaker.on('open', () => {
      const openedAt = now();
      circuit.resetAtMs = openedAt.getTime() + (circuit.options.resetTimeout ?? policy.resetTimeoutMs);
      circuit.openSince ??= openedAt;
      circuit.blockedUntilMs = 0;
      onChange(reportOf(circuit));
      tell(circuit, { to: 'open', resetInMs: policy.resetTimeoutMs }, parts);
    });
    breaker.on('halfOpen', () => onChange(reportOf(circuit)));
    breaker.on('close', () => {
      drop(circuit); // its window still holds the failures: the next one begins with a clean one
      onChange({ agencyId, state: 'closed', since: now() });
      tell(circuit, { to: 'closed', resetInMs: 0 }, parts);
    });
    circuits.set(agencyId, circuit);
    clock.start();
    return circuit;
  }

  function onTurn(circuit: OwnCircuit): void {
    circuit.failures.turn();
    circuit.idleTurns += 1;
    if (circuit.breaker.closed && circuit.idleTurns > windowBuckets) drop(circuit);
  }

  function drop({ agencyId, breaker }: OwnCircuit): void {
    circuits.delete(agencyId);
    breaker.shutdown();
    if (circuits.size === 0) clock.stop();
  }

  return { circuits, circuitOf, drop };
}

const newCircuit = (agencyId: string, options: CircuitBreaker.Options<[Action]>, madeAt: Date): OwnCircuit => ({
  agencyId,
  options,
  breaker: new CircuitBreaker((action: Action) => action(), options),
  failures: failureTally(windowBuckets),
  madeAt,
  ...{ openSince: null, resetAtMs: null, cause: null, blockedUntilMs: 0, idleTurns: 0 },
  turn: 'none',
  told: Promise.resolve(),
});

/** A fresh object each time, because opossum writes into it. The time limit is a guard of its own. */
function optionsOf(policy: BreakerPolicy, rotateBucketController: EventEmitter): CircuitBreaker.Options<[Action]> {
  return {
    timeout: false,
    errorThresholdPercentage: policy.errorThresholdPercent,
    volumeThreshold: policy.volumeThreshold,
    rollingCountTimeout: policy.rollingWindowMs,
    rollingCountBuckets: windowBuckets,
    resetTimeout: policy.resetTimeoutMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    rotateBucketController,
    name: 'agency',
  };
}

async function observe<Result>(circuit: OwnCircuit, call: () => Promise<Result>): Promise<Result> {
  const { breaker, failures } = circuit;
  const enter = async ({ verdict, failure }: Outcome): Promise<void> => {
    if (verdict === 'neutral' || !breaker.closed) return; // opened meanwhile: its probe decides
    if (verdict === 'failed' && failure) failures.add(failure);
    await breaker.fire(verdict === 'failed' ? fail : succeed).catch((error: unknown) => {
      if (error !== failed) throw error;
    });
  };
  const result = await call().catch(async (error: unknown) => {
    await enter(outcomeOfError(error));
    throw error;
  });
  await enter(outcomeOfResult(result));
  return result;
}

interface Claiming {
  readonly circuit: OwnCircuit;
  readonly all: Circuits;
  readonly register: BreakerRegister;
  readonly parts: BreakerParts;
  readonly policy: BreakerPolicy;
}

/** One claim at a time, and none while another replica is known to probe: whoever comes meanwhile is refused at once. */
async function probeIfClaimed<Result>(
  { circuit, all, register, parts, policy }: Claiming,
  call: () => Promise<Result>,
  refusal: () => NoAnswer,
): Promise<Result> {
  const { agencyId } = circuit;
  if (circuit.turn !== 'none' || parts.now().getTime() < circuit.blockedUntilMs) throw refusal();
  circuit.turn = 'claiming';
  const leaseMs = Math.max(parts.probeLeaseMs ?? 0, policy.resetTimeoutMs);
  const claim = await register.claimProbe(agencyId, leaseMs);
  circuit.turn = 'none';
  if (claim.kind === 'refused') {
    circuit.blockedUntilMs = parts.now().getTime() + claim.retryAfterMs;
    throw refusal();
  }
  if (claim.kind === 'closed') follow(all, { agencyId, state: 'closed', since: parts.now(), resetInMs: 0 }, parts.now);
  const current = all.circuitOf(agencyId); // closed meanwhile: the old one is gone
  return current.breaker.closed ? observe(current, call) : probe(current, call, refusal);
}

function probe<Result>(circuit: OwnCircuit, call: () => Promise<Result>, refusal: () => NoAnswer): Promise<Result> {
  return new Promise((resolve, reject) => {
    let settle = (): void => reject(refusal());
    const action: Action = async () => {
      circuit.turn = 'probing';
      const { verdict, failure } = await call().then(
        (result) => {
          settle = () => resolve(result);
          return outcomeOfResult(result);
        },
        (error: unknown) => {
          settle = () => reject(error instanceof Error ? error : new Error('an adapter threw what is no error'));
          return outcomeOfError(error);
        },
      );
      circuit.turn = 'none';
      if (circuit.breaker.halfOpen)
        circuit.cause =
          verdict === 'up'
            ? { code: 'recovered', failures: [] }
            : { code: 'probe-failed', failures: countsOf(failure ? [failure] : []) };
      if (verdict !== 'up') throw failed;
    };
    circuit.breaker.fire(action).then(
      () => settle(),
      () => settle(),
    );
  });
}
