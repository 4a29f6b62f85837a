import { bounded, type StoreContext } from './store-context.ts';

export type ToQuarantine = {
  readonly channelId: string;
  readonly agencyId: string | null;
  /** What was wrong, as paths; never a value. */
  readonly paths: readonly string[];
  readonly bytes: Uint8Array;
};
export type Quarantined = Omit<ToQuarantine, 'bytes'> & {
  readonly quarantineId: string;
  readonly sizeBytes: number;
  readonly at: string;
};

const mostPaths = 100;
const quarantinePlace = (quarantineId: string): string => `quarantine.payload/${quarantineId}`;

/** Keeps a message that could not be understood, sealed, to be read again after a repair. */
export async function putInQuarantine(context: StoreContext, message: ToQuarantine): Promise<string> {
  const quarantineId = context.newId('ans'); // an answer that nobody understands yet
  await context.db
    .insertInto('quarantine')
    .values({
      quarantine_id: quarantineId,
      channel_id: message.channelId,
      agency_id: message.agencyId,
      paths: message.paths.slice(0, mostPaths),
      size_bytes: message.bytes.length,
      payload: context.seals.sealBytes(message.bytes, quarantinePlace(quarantineId)),
      at: context.clock(),
    })
    .execute();
  return quarantineId;
}

/** Newest first, without the bytes. */
export async function listQuarantine({ db, toInstant }: StoreContext, limit: number): Promise<Quarantined[]> {
  const rows = await db
    .selectFrom('quarantine')
    .select(['quarantine_id', 'channel_id', 'agency_id', 'paths', 'size_bytes', 'at'])
    .orderBy('at', 'desc')
    .orderBy('quarantine_id', 'desc')
    .limit(bounded(limit))
    .execute();
  return rows.map((row) => ({
    quarantineId: row.quarantine_id,
    channelId: row.channel_id,
    agencyId: row.agency_id,
    paths: row.paths,
    sizeBytes: row.size_bytes,
    at: toInstant(row.at),
  }));
}
