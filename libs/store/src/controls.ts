import type { StoreContext } from './store-context.ts';

/** A channel, or one agency on it; null: the whole channel. */
export type PausePlace = { readonly channelId: string; readonly agencyId: string | null };
export type PauseToMake = PausePlace & { readonly by: string; readonly reason: string; readonly at: Date };
export type Pause = PausePlace & { readonly reason: string; readonly at: string };

/** What operators have stopped. Workers read it again when they are told, and now and then without being told. */
export type Controls = {
  /** Pausing what is paused keeps its time and takes the new reason. */
  pause(toMake: PauseToMake): Promise<void>;
  /** False: it was not paused. */
  resume(place: PausePlace): Promise<boolean>;
  pauses(): Promise<readonly Pause[]>;
};

const wholeChannel = '';

export const openControls = (context: StoreContext): Controls => ({
  pause: (toMake) => pause(context, toMake),
  resume: (place) => resume(context, place),
  pauses: () => readPauses(context),
});

async function pause({ db }: StoreContext, { channelId, agencyId, by, reason, at }: PauseToMake): Promise<void> {
  await db
    .insertInto('pauses')
    .values({ channel_id: channelId, agency_id: agencyId ?? wholeChannel, reason, paused_by: by, paused_at: at })
    .onConflict((conflict) => conflict.columns(['channel_id', 'agency_id']).doUpdateSet({ reason, paused_by: by }))
    .execute();
}

async function resume({ db }: StoreContext, { channelId, agencyId }: PausePlace): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('pauses')
    .where('channel_id', '=', channelId)
    .where('agency_id', '=', agencyId ?? wholeChannel)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

async function readPauses({ db, toInstant }: StoreContext): Promise<readonly Pause[]> {
  const rows = await db
    .selectFrom('pauses')
    .select(['channel_id', 'agency_id', 'reason', 'paused_at'])
    .orderBy('channel_id')
    .orderBy('agency_id')
    .execute();
  return rows.map((row) => ({
    channelId: row.channel_id,
    agencyId: row.agency_id === wholeChannel ? null : row.agency_id,
    reason: row.reason,
    at: toInstant(row.paused_at),
  }));
}
