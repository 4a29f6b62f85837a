import type { Store } from '#store';

/** Which channels and agencies operators have paused. The truth is in the database; this is the copy the guard reads. */
export interface Pauses {
  isPaused(channelId: string, agencyId: string): boolean;
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
  return { refresh, isPaused: (channelId, agencyId) => channels.has(channelId) || agencies.has(agencyId) };
}
