import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { openCases } from './fault-case.ts';
import type { FaultPlace } from './fault-place.ts';
import { slowly } from './processes.ts';

type Cases = ReturnType<typeof openCases>;
type Shard = {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly shardNo: number;
  readonly generation: number;
};

/** Under ids of their own, so that the queue takes the copies for different jobs. */
export const jobTwice = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'the same job delivered three times at once', injected: 'every shard' }, async ({ ask }) => {
    await place.setFaults(slowly(300));
    const ids = await ask(3);
    const shards = await place.query<Shard>(
      `SELECT inquiry_id AS "inquiryId", channel_id AS "channelId", shard_no AS "shardNo", generation
       FROM shards WHERE inquiry_id = ANY($1)`,
      [ids],
    );
    const queues = openQueues(place);
    const copies = shards.flatMap((shard) => [shard, shard]);
    await Promise.all(copies.map((shard, number) => queues.add(shard, `copy-${number}-${shard.inquiryId}`)));
    await queues.close();
    await place.setFaults([]);
  });

export const feedbackStorm = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'the same feedback posted 10 times at once', injected: 'every bank', ofBackend: false },
    async ({ ask }) => {
      await place.setFaults([{ agencyId: null, category: 'bank', fault: 'repeat-storm', times: null, afterMs: null }]);
      const ids = await ask(3);
      await Promise.all(ids.map((inquiryId) => place.court.closed(inquiryId)));
      await place.setFaults([]);
    },
  );

function openQueues({ postgres, redis }: FaultPlace) {
  const ends: (() => unknown)[] = [];
  const open = (name: string) => {
    if (redis === null) {
      const { Queue } = withBackend(createPostgresBackend);
      return new Queue(name, { connection: { connectionString: postgres.url, schema: 'bullmq', max: 1 } });
    }
    const connection = new Redis(redis.server.url);
    ends.push(() => connection.quit());
    const { Queue } = withBackend(createRedisBackend);
    return new Queue(name, { connection, prefix: '{chakong}' });
  };
  return {
    async add(shard: Shard, jobId: string): Promise<void> {
      const queue = open(`ask.${shard.channelId}`);
      await queue.add('ask', shard, { jobId, attempts: 10, backoff: { type: 'fixed', delay: 200 } });
      await queue.close();
    },
    close: () => Promise.all(ends.map((end) => end())),
  };
}
