import { scenarioOfFault, type Fault } from '../faults/fault.ts';
import type { InjectedFault } from '../faults/fault-plan.ts';
import type { CallProfile } from './call-profile.ts';
import type { Scenario } from '../world/scenario.ts';

/** Faults that only a bank, which speaks first, can have, or a wire that plays them itself. */
const bankOnly = new Set<Fault>([
  'no-poll',
  'never',
  'repeat-answer',
  'repeat-storm',
  'changed-answer',
  'wrong-request-number',
  'foreign-request-number',
  'lost-query', // of an account register
  'expired',
  'bad-signature',
]);

type Player = Pick<CallProfile, 'plays'>;

export function canHappenTo({ plays }: Player, fault: Fault): boolean {
  const scenario = scenarioOfFault[fault];
  return !bankOnly.has(fault) || (scenario !== undefined && plays?.has(scenario) === true);
}

/** Scenarios of a debtor that are played by the transport, not by the answer. */
const travelling: Partial<Record<Scenario, InjectedFault>> = {
  down: { fault: 'down', afterMs: null },
  never: { fault: 'hang', afterMs: null },
  late: { fault: 'late', afterMs: null },
  slow: { fault: 'late', afterMs: 2_500 },
  throttled: { fault: '429', afterMs: 1_000 },
  truncated: { fault: 'truncated', afterMs: null },
  malformed: { fault: 'garbage', afterMs: null },
  'wrong-encoding': { fault: 'wrong-encoding', afterMs: null },
  'too-large': { fault: 'huge-body', afterMs: null },
};

/** What happens to one exchange: what is said, and how it travels. An injected fault comes before the debtor's scenario. */
export function courseOf(
  { plays }: Player,
  injected: InjectedFault | null,
  usual: Scenario,
): { readonly scenario: Scenario; readonly transport: InjectedFault | null } {
  const isOwn = plays?.has(usual) === true;
  if (injected === null) return { scenario: usual, transport: isOwn ? null : (travelling[usual] ?? null) };
  const scenario = scenarioOfFault[injected.fault];
  return scenario === undefined ? { scenario: 'seeded', transport: injected } : { scenario, transport: null };
}
