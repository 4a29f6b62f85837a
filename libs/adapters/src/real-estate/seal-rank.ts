import type { Encumbrance } from '#contracts';
import type { Standing } from './encumbrances.ts';

const effective: ReadonlySet<Encumbrance['kind']> = new Set(['seizure', 'advance-seizure']);
const waiting: ReadonlySet<Encumbrance['kind']> = new Set(['waiting-seizure', 'waiting-advance-seizure']);

/**
 * The seals of one unit with their ranks: 0 in force, 1.. waiting (轮候). The registry's place in the queue (xh) counts
 * from the seal in force, whether it calls that one 0 or 1; without places the time of registration orders the queue;
 * without that, or where seals are missing that could stand before, the ranks are unknown. Lifted seals have none.
 */
export function rankSeals(seals: readonly Standing[], isWhole: boolean): Encumbrance[] {
  const live = seals.filter(({ encumbrance }) => encumbrance.inForce !== false);
  const hasPlaces = live.some(({ place }) => place !== null);
  const ranks = hasPlaces ? ranksByPlace(live) : isWhole ? ranksByRegistration(live) : new Map<Standing, never>();
  return seals.map((seal) => ({ ...seal.encumbrance, ...ranks.get(seal) }));
}

type Ranked = ReadonlyMap<Standing, Pick<Encumbrance, 'rank' | 'rankBasis'>>;

function ranksByPlace(live: readonly Standing[]): Ranked {
  const first = live.find(({ encumbrance, place }) => effective.has(encumbrance.kind) && place !== null)?.place ?? 0;
  return new Map(
    live.flatMap((seal) => {
      if (seal.place === null) return [];
      const behind = waiting.has(seal.encumbrance.kind)
        ? Math.max(1, seal.place - first)
        : Math.max(0, seal.place - first);
      const rank = effective.has(seal.encumbrance.kind) ? 0 : behind;
      return [[seal, { rank, rankBasis: 'source-order' as const }] as const];
    }),
  );
}

function ranksByRegistration(live: readonly Standing[]): Ranked {
  const queue = live.filter(({ encumbrance: { kind } }) => effective.has(kind) || waiting.has(kind));
  const times = queue.map(({ encumbrance }) => encumbrance.registeredAt);
  if (times.includes(null) || new Set(times).size < times.length) return new Map();
  const ordered = queue.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  const behind = ordered.filter(({ encumbrance }) => waiting.has(encumbrance.kind));
  return new Map(
    queue.map((seal) => [seal, { rank: behind.indexOf(seal) + 1, rankBasis: 'registration-time' as const }] as const),
  );
}

function timeOf({ encumbrance }: Standing): string {
  return encumbrance.registeredAt ?? '';
}
