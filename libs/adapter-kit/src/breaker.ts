import { EventEmitter } from 'node:events';
import { NoAnswer, type BreakerPolicy, type SaidNoAnswer } from '#contracts';
import CircuitBreaker from 'opossum';
import { breakerVerdict, type BreakerVerdict } from './failure-policy.ts';
import type { Guard } from './guard.ts';

/** `since`: when the breaker left `closed`, and once it is closed, when it closed. A failed probe begins nothing anew. */
export interface AgencyBreaker {
  readonly agencyId: string;
  readonly state: 'closed' | 'half-open' | 'open';
  readonly since: Date;
}

export interface Breakers {
  /** The guard of one agency; nothing is made before its first exchange. */
  guardFor(agencyId: string): Guard;
  /** Null where there is no breaker: never asked, or idle and well. */
  stateOf(agencyId: string): AgencyBreaker | null;
  notClosed(): readonly AgencyBreaker[];
  /** Closes the breaker of an agency, or all of them, by decision of an operator. */
  reset(agencyId: string | null): void;
  close(): void;
}

interface BreakerParts {
  readonly now: () => Date;
  readonly onChange: (report: AgencyBreaker) => void;
}

type Action = () => Promise<void>;

interface Circuit {
  readonly agencyId: string;
  readonly breaker: CircuitBreaker<[Action], void>;
  readonly madeAt: Date;
  openSince: Date | null;
  openedAt: Date | null; // the last time: a failed probe opens it again
  idleTurns: number; // turns of the window since its last exchange
}

const windowBuckets = 10; // of the rolling window; one timer turns them for all breakers
const probeRunningMs = 1_000; // when to come back while another asking is the probe

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
 * runs inside it: whatever does not prove the agency up, `cancelled` too, opens it again.
 *
 * @throws NoAnswer breaker-open (nothing was sent) with the rest of the reset window as `retryAfterMs`
 */
export function breakers(policy: BreakerPolicy, parts: BreakerParts): Breakers {
  const { circuits, circuitOf, drop } = circuitsOf(policy, parts);

  function retryAfterMs({ breaker, openedAt }: Circuit): number {
    if (breaker.halfOpen || !openedAt) return Math.min(probeRunningMs, policy.resetTimeoutMs);
    return Math.max(1, openedAt.getTime() + policy.resetTimeoutMs - parts.now().getTime());
  }

  return {
    guardFor: (agencyId) => (call, signal) => {
      const circuit = circuitOf(agencyId);
      circuit.idleTurns = 0;
      const exchange = () => call(signal);
      return circuit.breaker.closed
        ? observe(circuit, exchange)
        : probe(circuit, exchange, () => retryAfterMs(circuit));
    },
    stateOf(agencyId) {
      const circuit = circuits.get(agencyId);
      return circuit ? reportOf(circuit) : null;
    },
    notClosed: () => [...circuits.values()].filter(({ breaker }) => !breaker.closed).map(reportOf),
    reset(agencyId) {
      const chosen = agencyId === null ? [...circuits.values()] : [circuits.get(agencyId)];
      for (const circuit of chosen) {
        if (circuit?.breaker.closed) drop(circuit);
        else circuit?.breaker.close();
      }
    },
    close: () => circuits.forEach(drop),
  };
}

/** The circuits that are in use, by agency. */
function circuitsOf(policy: BreakerPolicy, { now, onChange }: BreakerParts) {
  const circuits = new Map<string, Circuit>();
  const clock = windowClock(policy.rollingWindowMs / windowBuckets, () => circuits.forEach(dropIfIdle));

  function circuitOf(agencyId: string): Circuit {
    const known = circuits.get(agencyId);
    if (known) return known;
    const breaker = new CircuitBreaker((action: Action) => action(), optionsOf(policy, clock.turns));
    const circuit: Circuit = { agencyId, breaker, madeAt: now(), openSince: null, openedAt: null, idleTurns: 0 };
    breaker.on('open', () => {
      circuit.openedAt = now();
      circuit.openSince ??= circuit.openedAt;
      onChange(reportOf(circuit));
    });
    breaker.on('halfOpen', () => onChange(reportOf(circuit)));
    breaker.on('close', () => {
      drop(circuit); // its window still holds the failures: the next one begins with a clean one
      onChange({ agencyId, state: 'closed', since: now() });
    });
    circuits.set(agencyId, circuit);
    clock.start();
    return circuit;
  }

  function dropIfIdle(circuit: Circuit): void {
    circuit.idleTurns += 1;
    if (circuit.breaker.closed && circuit.idleTurns > windowBuckets) drop(circuit);
  }

  function drop({ agencyId, breaker }: Circuit): void {
    circuits.delete(agencyId);
    breaker.shutdown();
    if (circuits.size === 0) clock.stop();
  }

  return { circuits, circuitOf, drop };
}

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

async function observe<Result>({ breaker }: Circuit, call: () => Promise<Result>): Promise<Result> {
  const enter = async (verdict: BreakerVerdict): Promise<void> => {
    if (verdict === 'neutral' || !breaker.closed) return; // opened meanwhile: its probe decides
    await breaker.fire(verdict === 'failed' ? fail : succeed).catch((error: unknown) => {
      if (error !== failed) throw error;
    });
  };
  const result = await call().catch(async (error: unknown) => {
    await enter(verdictOfError(error));
    throw error;
  });
  await enter(verdictOfResult(result));
  return result;
}

function probe<Result>({ breaker }: Circuit, call: () => Promise<Result>, retryAfterMs: () => number): Promise<Result> {
  return new Promise((resolve, reject) => {
    let settle = (): void =>
      reject(
        new NoAnswer('breaker-open', 'nothing was sent, because recent calls failed', { retryAfterMs: retryAfterMs() }),
      );
    const action: Action = async () => {
      const verdict = await call().then(
        (result) => {
          settle = () => resolve(result);
          return verdictOfResult(result);
        },
        (error: unknown) => {
          settle = () => reject(error instanceof Error ? error : new Error('an adapter threw what is no error'));
          return verdictOfError(error);
        },
      );
      if (verdict !== 'up') throw failed;
    };
    breaker.fire(action).then(
      () => settle(),
      () => settle(),
    );
  });
}

/** What an adapter returns counts as if it were thrown: a hub that says its agency is down fails that agency. */
function verdictOfResult(result: unknown): BreakerVerdict {
  return isNoAnswer(result) ? breakerVerdict(result) : 'up';
}

function isNoAnswer(result: unknown): result is SaidNoAnswer {
  return typeof result === 'object' && result !== null && 'verdict' in result && result.verdict === 'no-answer';
}

/** Any other error is a defect of ours, found while reading a reply or before sending: the agency did not fail. */
function verdictOfError(error: unknown): BreakerVerdict {
  return error instanceof NoAnswer ? breakerVerdict(error) : 'up';
}

function reportOf({ agencyId, breaker, openSince, madeAt }: Circuit): AgencyBreaker {
  const state = breaker.closed ? 'closed' : breaker.halfOpen ? 'half-open' : 'open';
  return { agencyId, state, since: openSince ?? madeAt };
}

/** One timer for all breakers, and none while there are none. */
function windowClock(stepMs: number, onTurn: () => void) {
  const turns = new EventEmitter().setMaxListeners(0);
  let timer: NodeJS.Timeout | null = null;
  return {
    turns,
    start(): void {
      timer ??= setInterval(() => {
        turns.emit('rotate');
        onTurn();
      }, stepMs).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
