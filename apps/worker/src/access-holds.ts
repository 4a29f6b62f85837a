import type { Access } from '#adapter-kit';
import type { ChannelConfig } from '#contracts';
import { type Clock, errorCode, type Log } from '#platform';
import type { Store } from '#store';
import type { Pauses } from './pauses.ts';

export interface HoldParts {
  readonly store: Pick<Store, 'controls' | 'operationsEvents'>;
  readonly pauses: Pick<Pauses, 'hold'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** So many agencies in a row, none in between that lets us in: it is the access of the channel, not of one agency. */
const agenciesInARow = 3;
const joinEventsMs = 600_000;

/**
 * What follows when an agency does not accept our access (domain.md §5.3): it is held at once, and the whole channel when
 * it is refused everywhere. Only operators end a hold. Where a channel is not to be held, they are told all the same.
 */
export function accessOf({ channelId, holdWhenUnauthorized }: ChannelConfig, parts: HoldParts): Access {
  const refusedBy = new Set<string>();
  const act = async (agencyId: string, isWhole: boolean): Promise<void> => {
    const { store, pauses, clock } = parts;
    const held = isWhole ? null : agencyId;
    if (holdWhenUnauthorized) {
      pauses.hold(channelId, held);
      await store.controls.pause({ channelId, agencyId: held, by: 'system', reason: 'unauthorized', at: clock.now() });
    }
    const detail = { held: !holdWhenUnauthorized ? 'nothing' : isWhole ? 'channel' : 'agency' };
    const event = { kind: 'channel-unauthorized', channelId, agencyId: held, detail } as const;
    await store.operationsEvents.tell({ ...event, joinWithinMs: joinEventsMs });
  };
  const tellDenied = async (agencyId: string): Promise<void> => {
    const event = { kind: 'channel-address-denied', channelId, agencyId, detail: { sent: false } } as const;
    await parts.store.operationsEvents.tell({ ...event, joinWithinMs: joinEventsMs });
  };
  return {
    accepted: () => refusedBy.clear(),
    denied(agencyId) {
      parts.log.warn('channel.address-denied', { channelId, agencyId });
      tellDenied(agencyId).catch((error: unknown) =>
        parts.log.error('event.failed', { channelId, agencyId, code: errorCode(error) }),
      );
    },
    refused(agencyId) {
      refusedBy.add(agencyId);
      const isWhole = refusedBy.size >= agenciesInARow;
      parts.log.warn('channel.unauthorized', { channelId, agencyId: isWhole ? null : agencyId });
      act(agencyId, isWhole).catch((error: unknown) =>
        parts.log.error('hold.failed', { channelId, agencyId, code: errorCode(error) }),
      );
    },
  };
}
