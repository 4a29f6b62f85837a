import type { Store } from '#store';

/** Which channels and agencies operators have paused. The truth is in the database; this is the copy the guard reads. */
export interface Pauses {
  isPaused(channelId: string, agencyId: string): boolean;
  /** At once, before it is in the database; the next `refresh` takes what is there. Null: the whole channel. */
  hold(channelId: string, agencyId: string | null): void;
  refresh(): Promise<void>;
}

export async function openPauses(store: Pick<Store, 'controls'>): Promise<Pauses> {
  let channels: ReadonlySet<string> = new Set();
  let agencies: ReadonlySet<string> = new Set();
  const refresh = async () => {
    const pauses = await store.controls.pauses();
    channels = new Set(
      pauses.flatMap(({ channelId, agencyId }) => (agencyId === null && channelId !== null ? [channelId] : [])),
    );
    agencies = new Set(pauses.flatMap(({ agencyId }) => (agencyId === null ? [] : [agencyId])));
  };
  await refresh();
  const hold = (channelId: string, agencyId: string | null): void => {
    if (agencyId === null) channels = new Set([...channels, channelId]);
    else agencies = new Set([...agencies, agencyId]);
  };
  return { refresh, hold, isPaused: (channelId, agencyId) => channels.has(channelId) || agencies.has(agencyId) };
}
