import type { Agency } from '#contracts';
import { drawsFor, type NonEmpty } from '../random.ts';
import type { Fault, FaultRule } from './fault.ts';

const passing: NonEmpty<Fault> = [
  'late',
  'reset',
  '5xx',
  '429',
  'garbage',
  'truncated',
  'empty',
  'html-login',
  'agency-failure',
  'half-answer',
  'wrong-encoding',
];
const lasting: NonEmpty<Fault> = ['down', 'hang', 'never', 'no-poll'];

/**
 * A chaos plan that is the same for the same seed: about this share (0–1) of the agencies misbehave, most of them for a
 * few exchanges, one in four for good.
 */
export function seededFaults(seed: number, agencies: readonly Agency[], share: number): readonly FaultRule[] {
  return agencies.flatMap(({ agencyId }): readonly FaultRule[] => {
    const draws = drawsFor('chaos', seed, agencyId);
    if (!draws.chance(share)) return [];
    const head = { agencyId, category: null };
    if (draws.chance(0.25)) return [{ ...head, fault: draws.pick(lasting), times: null, afterMs: null }];
    const fault = draws.pick(passing);
    const afterMs = fault === 'late' ? 500 + draws.below(4_000) : fault === '429' ? 1_000 : null;
    return [{ ...head, fault, times: 1 + draws.below(3), afterMs }];
  });
}
