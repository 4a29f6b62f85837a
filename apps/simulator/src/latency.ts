import { drawsFor } from './random.ts';

/**
 * How long an agency thinks about one asking, in ms: most agencies 20–300, one in eight up to 2,000, each around a pace
 * of its own. The same for the same seed, agency and key.
 */
export function latencyOf(parts: { readonly seed: number; readonly agencyId: string; readonly key: string }): number {
  const own = drawsFor('pace', parts.seed, parts.agencyId);
  const [from, to] = own.chance(1 / 8) ? [300, 2_000] : [20, 300];
  const usual = from * (to / from) ** own.next();
  const jitter = 0.8 + 0.4 * drawsFor('jitter', parts.seed, parts.agencyId, parts.key).next();
  return Math.min(to, Math.max(from, usual * jitter));
}
