import type { ChannelConfig, ChannelView } from '#contracts';
import { errorCode } from '#platform';
import type { Pause } from '#store';
import type { AliveWorker } from '../agencies/adapter-board.ts';
import type { Gateway } from '../gateway.ts';

type Counts = NonNullable<ChannelView['queue']>;

interface Surroundings {
  readonly gateway: Gateway;
  readonly workers: readonly AliveWorker[];
  readonly pauses: readonly Pause[];
  readonly queues: ReadonlyMap<string, Counts> | null; // null: the queue is away
  readonly manifests: Awaited<ReturnType<Gateway['adapters']['manifests']>>;
  readonly breakers: Awaited<ReturnType<Gateway['adapters']['breakers']>>;
}

/** All channels as operators see them. */
export async function readChannels(gateway: Gateway): Promise<readonly ChannelView[]> {
  const { adapters, store, installation } = gateway;
  const [manifests, workers, breakers, pauses, queues] = await Promise.all([
    adapters.manifests(),
    adapters.workers(),
    adapters.breakers(),
    store.controls.pauses(),
    countsOf(gateway),
  ]);
  const around = { gateway, manifests, workers, breakers, pauses, queues };
  return installation.channels
    .toSorted((one, other) => (one.channelId < other.channelId ? -1 : 1))
    .map((channel) => channelView(channel, around));
}

async function countsOf({ queue, log }: Gateway): Promise<ReadonlyMap<string, Counts> | null> {
  try {
    return await queue.counts();
  } catch (error) {
    log.warn('queue.lost', { code: errorCode(error) });
    return noCounts;
  }
}
/** Unknown, which is not the same as empty queues. */
const noCounts = null;

function channelView(
  channel: ChannelConfig,
  { gateway, manifests, workers, breakers, pauses, queues }: Surroundings,
): ChannelView {
  const { channelId, nameZh, nameEn, adapter, mode, simulated } = channel;
  const agencies = gateway.installation.agencies.filter((agency) => agency.channelId === channelId);
  const states = agencies.map(({ agencyId }) => breakers.get(agencyId)?.state ?? 'closed');
  const hosts = workers.filter(({ channels }) => channels.includes(channelId)).length;
  const pause = pauses.find((each) => each.channelId === channelId && each.agencyId === null);
  const count = (state: string) => states.filter((each) => each === state).length;
  return {
    ...{ channelId, nameZh, nameEn, mode, simulated },
    adapterId: adapter,
    adapterVersion: manifests.get(channelId)?.version ?? null,
    state: stateOf({ channel, pause, hosts }),
    pausedReason: pause?.reason ?? null,
    agencies: agencies.length,
    breakers: { closed: count('closed'), halfOpen: count('half-open'), open: count('open') },
    queue: queues?.get(`ask.${channelId}`) ?? null,
    workers: hosts,
  };
}

function stateOf({
  channel,
  pause,
  hosts,
}: {
  readonly channel: ChannelConfig;
  readonly pause: Pause | undefined;
  readonly hosts: number;
}): ChannelView['state'] {
  if (!channel.enabled) return 'disabled';
  if (pause) return 'paused';
  return hosts === 0 ? 'unhosted' : 'normal';
}
