import {
  type BreakerReport,
  type Heartbeat,
  heartbeatSchema,
  type Hello,
  type Manifest,
  manifestSchema,
} from '#contracts';
import { sql } from 'kysely';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type LiveWorker = {
  readonly workerId: string;
  readonly control: string | null;
  readonly channels: readonly string[];
  readonly at: string;
};

/** Which workers host which channels, and what their adapters can do. Manifests stay when the workers are gone. */
export type Adapters = {
  announce(hello: Hello): Promise<void>;
  goodbye(workerId: string): Promise<void>;
  /** False: the worker is not known (any more) and must announce itself again. */
  heartbeat(heartbeat: Heartbeat): Promise<boolean>;
  manifests(): Promise<ReadonlyMap<string, Manifest>>;
  workers(aliveSince: Date): Promise<readonly LiveWorker[]>;
  /** Breakers that are not closed; of several workers' reports about one agency the worst. */
  breakers(aliveSince: Date): Promise<readonly BreakerReport[]>;
};

export const openAdapters = (context: StoreContext): Adapters => ({
  announce: (hello) => announce(context, hello),
  goodbye: async (workerId) => {
    await context.db.deleteFrom('workers').where('worker_id', '=', workerId).execute();
  },
  heartbeat: (beat) => heartbeat(context, beat),
  manifests: () => readManifests(context),
  workers: (aliveSince) => readWorkers(context, aliveSince),
  breakers: (aliveSince) => readBreakers(context, aliveSince),
});

const announce = ({ db, clock }: StoreContext, { workerId, startedAt, control, channels }: Hello): Promise<void> =>
  inTransaction(db, async (tx) => {
    const at = clock();
    const hosted = channels.map(({ channelId }) => channelId);
    await sql`INSERT INTO workers (worker_id, started_at, control, channels, at)
      VALUES (${workerId}, ${new Date(startedAt)}, ${control}, ${hosted}::text[], ${at})
      ON CONFLICT (worker_id) DO UPDATE SET started_at = excluded.started_at, control = excluded.control,
        channels = excluded.channels, at = excluded.at, in_flight = 0, breakers = '[]'`.execute(tx);
    if (hosted.length === 0) return;
    const manifests = channels.map(({ manifest }) => JSON.stringify(manifest));
    // In the order of the ids, so that workers that start together lock the rows one way.
    await sql`INSERT INTO manifests (channel_id, manifest, announced_at)
      SELECT channel_id, manifest::jsonb, ${at}::timestamptz
      FROM unnest(${hosted}::text[], ${manifests}::text[]) AS new (channel_id, manifest) ORDER BY channel_id
      ON CONFLICT (channel_id) DO UPDATE SET manifest = excluded.manifest, announced_at = excluded.announced_at`.execute(
      tx,
    );
  });

async function heartbeat({ db }: StoreContext, { workerId, at, inFlight, breakers }: Heartbeat): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workers')
    .set({ at: new Date(at), in_flight: inFlight, breakers: JSON.stringify(breakers) })
    .where('worker_id', '=', workerId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function readManifests({ db }: StoreContext): Promise<ReadonlyMap<string, Manifest>> {
  const rows = await db.selectFrom('manifests').select(['channel_id', 'manifest']).orderBy('channel_id').execute();
  return new Map(rows.map((row) => [row.channel_id, manifestSchema.parse(row.manifest)]));
}

async function readWorkers({ db, toInstant }: StoreContext, aliveSince: Date): Promise<readonly LiveWorker[]> {
  const rows = await db
    .selectFrom('workers')
    .select(['worker_id', 'control', 'channels', 'at'])
    .where('at', '>=', aliveSince)
    .orderBy('worker_id')
    .execute();
  return rows.map(({ worker_id: workerId, control, channels, at }) => ({
    workerId,
    control,
    channels,
    at: toInstant(at),
  }));
}

const badness = { closed: 0, 'half-open': 1, open: 2 } as const;

async function readBreakers({ db }: StoreContext, aliveSince: Date): Promise<readonly BreakerReport[]> {
  const rows = await db.selectFrom('workers').select('breakers').where('at', '>=', aliveSince).execute();
  const worst = new Map<string, BreakerReport>();
  for (const report of rows.flatMap((row) => heartbeatSchema.shape.breakers.parse(row.breakers))) {
    const name = `${report.channelId}/${report.agencyId}`;
    const known = worst.get(name);
    if (!known || badness[report.state] > badness[known.state]) worst.set(name, report);
  }
  return [...worst.values()];
}
