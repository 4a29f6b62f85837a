import type { Agency, ChannelConfig, WorkingClock } from '#contracts';
import type { Breakers } from './breaker.ts';
import { deadline } from './deadline.ts';
import { nest, type Guard } from './guard.ts';
import { openingHours } from './opening-hours.ts';
import { pace } from './pace.ts';
import { sharedPace, type SharedPace } from './pace-buckets.ts';

interface GuardParts {
  readonly config: ChannelConfig;
  readonly now: () => Date;
  readonly clock?: WorkingClock | null;
  readonly sharedPace?: SharedPace;
}

/** Outside in: service hours, pace of the channel, pace of the agency, breaker, deadline. */
export function guardsOf(parts: GuardParts, circuit: Breakers): (agency: Agency) => Guard {
  const { config, clock = null, now } = parts;
  const { channelId, limits } = config;
  const { deadlineMs, maxPerSecond, maxPerSecondPerAgency } = limits;
  const opening = clock === null ? [] : [openingHours(clock, now)];
  const ofChannel = [...opening, ...pacesOf(parts, { bucket: channelId, maxPerSecond })];
  const paces = new Map<string, readonly Guard[]>();
  const ofAgency = (agencyId: string): readonly Guard[] => {
    const bucket = `${channelId}/${agencyId}`;
    const own = paces.get(agencyId) ?? pacesOf(parts, { bucket, maxPerSecond: maxPerSecondPerAgency });
    paces.set(agencyId, own);
    return own;
  };
  const limit = deadline(deadlineMs);
  return ({ agencyId }) => {
    const inside = nest(circuit.guardFor(agencyId), limit);
    return [...ofChannel, ...ofAgency(agencyId)].reduceRight((inner, each) => nest(each, inner), inside);
  };
}

interface Bucket {
  readonly bucket: string;
  readonly maxPerSecond: number | null;
}

/** Evenly in time within this process, then within what all replicas may do together. Unlimited costs nothing. */
function pacesOf({ now, sharedPace: shared }: GuardParts, { bucket, maxPerSecond }: Bucket): readonly Guard[] {
  if (maxPerSecond === null) return [];
  const own = pace({ maxPerSecond, now });
  return shared ? [own, sharedPace({ shared, bucket, maxPerSecond })] : [own];
}
