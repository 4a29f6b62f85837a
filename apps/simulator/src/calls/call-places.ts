import type { Agency, ChannelConfig } from '#contracts';
import { recordAt, textAt } from '../json-value.ts';
import { cityProfile } from '../real-estate/city-profile.ts';
import { provinceProfile } from '../real-estate/province-profile.ts';
import { registerProfile } from '../register/register-profile.ts';
import { vehicleProfile } from '../vehicle/vehicle-profile.ts';
import type { CallProfile, ProfileParts } from './call-profile.ts';
import type { CallPlace } from './call-server.ts';

export interface CallPlacesParts {
  readonly seed: number;
  readonly agencies: readonly Agency[];
  readonly channels: readonly ChannelConfig[];
  readonly secret: (name: string) => string;
  readonly now?: () => Date;
}

/** The call agencies of these channels by their path, `<word>/<code>`. */
export function callPlaces(parts: CallPlacesParts): ReadonlyMap<string, CallPlace> {
  const places = new Map<string, CallPlace>();
  for (const channel of parts.channels) {
    const profile = profileOf({ ...parts, channel, now: parts.now ?? (() => new Date()) });
    if (profile === null) continue;
    for (const agency of parts.agencies.filter(({ channelId }) => channelId === channel.channelId)) {
      places.set(`${profile.word}/${agency.code}`, { agency, profile });
    }
  }
  return places;
}

function profileOf(parts: ProfileParts): CallProfile | null {
  const { adapter, settings } = parts.channel;
  if (adapter === 'vehicle') return vehicleProfile(parts);
  if (adapter === 'iso20022-auth') return registerProfile(parts);
  if (adapter !== 'real-estate') return null;
  const wire = textAt(recordAt(settings), 'wire');
  return wire === 'province-json' ? provinceProfile(parts) : wire === 'city-rest' ? cityProfile(parts) : null;
}
