import type { Agency, AgencyView, BreakerReport, ChannelConfig, Manifest } from '#contracts';
import type { Pause } from '#store';
import type { Gateway } from '../gateway.ts';

/** What is known of all agencies at this moment. */
export interface Directory {
  readonly channels: ReadonlyMap<string, ChannelConfig>;
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly breakers: ReadonlyMap<string, BreakerReport>;
  readonly pauses: readonly Pause[];
  readonly lastPolled: ReadonlyMap<string, string>;
}

export async function readDirectory({ installation, adapters, store }: Gateway): Promise<Directory> {
  const [manifests, breakers, pauses, lastPolled] = await Promise.all([
    adapters.manifests(),
    adapters.breakers(),
    store.controls.pauses(),
    store.agencies.lastPolled(),
  ]);
  return {
    channels: new Map(installation.channels.map((channel) => [channel.channelId, channel])),
    manifests,
    breakers,
    pauses,
    lastPolled,
  };
}

/** One agency (协查机构): what configuration and adapter say, and how it is now. */
export function agencyView(
  agency: Agency,
  { channels, manifests, breakers, pauses, lastPolled }: Directory,
): AgencyView {
  const channel = agency.channelId === null ? undefined : channels.get(agency.channelId);
  const manifest = channel && manifests.get(channel.channelId);
  const breaker = breakers.get(agency.agencyId);
  const { agencyId, nameZh, nameEn, category, region, channelId, typicalMs, promisedMs } = agency;
  return {
    ...{ agencyId, nameZh, nameEn, category, region },
    connected: channel?.enabled === true && manifest !== undefined,
    channelId,
    mode: channel?.mode ?? null,
    adapterId: channel?.adapter ?? null,
    matchRule: manifest?.matchRule ?? null,
    delivers: manifest?.delivers ?? [],
    legalPrerequisites: manifest?.legalPrerequisites ?? [],
    ...{ typicalMs, promisedMs },
    paused: pauses.some(
      (pause) => pause.channelId === channelId && (pause.agencyId === null || pause.agencyId === agencyId),
    ),
    breaker: breaker ? { state: breaker.state, since: breaker.since } : null,
    lastPolledAt: lastPolled.get(agencyId) ?? null,
    simulated: channel?.simulated ?? false,
  };
}
