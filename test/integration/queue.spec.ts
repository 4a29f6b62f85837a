import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JobOutcome, openQueueEngine, type QueueEngine, type ShardJob } from '#queue';
import { startEmbeddedPostgres } from '#store';
import { redisIsInstalled, redisMissing, startRedis } from './redis-server.ts';

interface Place {
  readonly queueUrl: string | null;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

const quietLog = { debug() {}, info() {}, warn() {}, error() {} };

async function startPostgresPlace(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-queue-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const server = await startEmbeddedPostgres({ dataDir, log: quietLog });
  return {
    queueUrl: null,
    databaseUrl: server.url,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startRedisPlace(): Promise<Place> {
  const server = await startRedis();
  return { queueUrl: server.url, databaseUrl: 'postgresql://unused', stop: () => server.stop() };
}

const engines = [
  { name: 'postgres' as const, start: startPostgresPlace, available: true },
  { name: 'redis' as const, start: startRedisPlace, available: redisIsInstalled() },
];

if (!redisIsInstalled()) process.stderr.write(`\n*** ${redisMissing} ***\n`);

let counter = 0;
const newInquiryId = () => `inq_queue${process.pid}x${(counter += 1)}`;
const done: JobOutcome = { state: 'done' };

/** Resolves when `events` calls have been made. */
function counting(expected: number) {
  let seen = 0;
  let reached = () => {};
  const all = new Promise<void>((resolve) => {
    reached = resolve;
  });
  return { all, hit: () => (seen += 1) >= expected && reached(), seen: () => seen };
}

for (const { name, start, available } of engines) {
  const suite = available ? describe : describe.skip;
  suite(`the queue on ${name}`, () => {
    let place: Place;
    const opened: QueueEngine[] = [];
    const open = async (): Promise<QueueEngine> => {
      const engine = await openQueueEngine({
        ...place,
        channelIds: ['bank-national', 'vehicle-national'],
        onError: () => {},
        now: () => new Date(),
      });
      opened.push(engine);
      return engine;
    };
    beforeAll(async () => {
      place = await start();
    }, 60_000);
    afterAll(async () => {
      for (const engine of opened) {
        await engine.stopHosting(true);
        await engine.close();
      }
      await place.stop();
    }, 60_000);

    it('really runs on this engine', async () => {
      expect((await open()).engine).toBe(name);
    });

    it('runs the merge after all shards, once, whatever is added twice', async () => {
      const engine = await open();
      const inquiryId = newInquiryId();
      const order: string[] = [];
      const merged = counting(1);
      const ask = async (job: ShardJob) => {
        if (job.inquiryId === inquiryId) order.push(`${job.channelId}.${job.shardNo}`);
        return done;
      };
      engine.hostAsk('bank-national', 4, ask);
      engine.hostAsk('vehicle-national', 4, ask);
      engine.hostMerge(1, async (job) => {
        if (job.inquiryId === inquiryId) {
          order.push('merge');
          merged.hit();
        }
        return done;
      });
      const flow = {
        inquiryId,
        generation: 0,
        shards: [
          { channelId: 'bank-national', shardNo: 0 },
          { channelId: 'bank-national', shardNo: 1 },
          { channelId: 'vehicle-national', shardNo: 0 },
        ],
      };
      await engine.startInquiry(flow);
      await engine.startInquiry(flow);
      await merged.all;
      await wait(300); // a second merge would come within this time
      expect(order.slice(0, -1).sort()).toEqual(['bank-national.0', 'bank-national.1', 'vehicle-national.0']);
      expect(order.at(-1)).toBe('merge');
      await engine.stopHosting(true);
    }, 30_000);

    it('keeps a shard that waits, and lets it be woken early', async () => {
      const engine = await open();
      const job: ShardJob = { inquiryId: newInquiryId(), channelId: 'bank-national', shardNo: 0, generation: 0 };
      const looks = counting(2);
      let woken = false;
      const merged = counting(1);
      engine.hostAsk('bank-national', 4, async (each) => {
        if (each.inquiryId !== job.inquiryId) return done;
        looks.hit();
        return woken ? done : { state: 'later', at: new Date(Date.now() + 3_600_000) };
      });
      engine.hostMerge(1, async (each) => {
        if (each.inquiryId === job.inquiryId) merged.hit();
        return done;
      });
      await engine.startInquiry({ inquiryId: job.inquiryId, generation: 0, shards: [job] });
      while (looks.seen() === 0) await wait(10);
      woken = true;
      await engine.wakeShard(job);
      await looks.all;
      await merged.all;
      await engine.stopHosting(true);
    }, 30_000);

    it('tries a crashed shard again and never fails the inquiry for it', async () => {
      const engine = await open();
      const inquiryId = newInquiryId();
      const merged = counting(1);
      let tries = 0;
      engine.hostAsk('bank-national', 4, async (each) => {
        if (each.inquiryId !== inquiryId) return done;
        tries += 1;
        if (tries < 3) throw Object.assign(new Error('crash'), { code: 'crash' });
        return done;
      });
      engine.hostMerge(1, async (each) => {
        if (each.inquiryId === inquiryId) merged.hit();
        return done;
      });
      await engine.startInquiry({ inquiryId, generation: 0, shards: [{ channelId: 'bank-national', shardNo: 0 }] });
      await merged.all;
      expect(tries).toBe(3);
      await engine.stopHosting(true);
    }, 30_000);

    it('makes a missing job again and leaves a present one alone', async () => {
      const engine = await open();
      const job: ShardJob = { inquiryId: newInquiryId(), channelId: 'vehicle-national', shardNo: 7, generation: 0 };
      expect(await engine.ensureShard(job)).toBe(true);
      expect(await engine.ensureShard(job)).toBe(false);
      const at = new Date(Date.now() + 3_600_000);
      expect(await engine.ensureClose(job.inquiryId, at)).toBe(true);
      expect(await engine.ensureClose(job.inquiryId, at)).toBe(false);
    }, 30_000);

    it('joins merges that are asked for within their delay', async () => {
      const engine = await open();
      const inquiryId = newInquiryId();
      let merges = 0;
      const merged = counting(1);
      engine.hostMerge(1, async (each) => {
        if (each.inquiryId !== inquiryId) return done;
        merges += 1;
        merged.hit();
        return done;
      });
      await Promise.all([1, 2, 3, 4, 5].map(() => engine.requestMerge(inquiryId, 400)));
      await merged.all;
      await wait(600);
      expect(merges).toBe(1);
      const again = counting(1);
      await engine.stopHosting(true);
      engine.hostMerge(1, async (each) => {
        if (each.inquiryId === inquiryId) again.hit();
        return done;
      });
      await engine.requestMerge(inquiryId, 0);
      await again.all;
      await engine.stopHosting(true);
    }, 30_000);

    it('lets one courier of a channel run at a time over all workers, again and again, and soon when asked', async () => {
      let running = 0;
      let most = 0;
      const rounds = counting(6);
      const workers = [await open(), await open()];
      for (const worker of workers) {
        await worker.hostCourier('bank-national', 200, async () => {
          running += 1;
          most = Math.max(most, running);
          await wait(300); // longer than a turn: the next one is due meanwhile
          running -= 1;
          rounds.hit();
          return done;
        });
      }
      await Promise.all(workers.map((worker) => worker.runCourier('bank-national')));
      await rounds.all;
      expect(most).toBe(1);
      for (const worker of workers) await worker.stopHosting(true);
    }, 30_000);

    it('holds a paused channel back and goes on after the resume', async () => {
      const engine = await open();
      const inquiryId = newInquiryId();
      const asked = counting(1);
      await engine.pauseChannel('bank-national');
      engine.hostAsk('bank-national', 4, async (each) => {
        if (each.inquiryId === inquiryId) asked.hit();
        return done;
      });
      await engine.startInquiry({ inquiryId, generation: 0, shards: [{ channelId: 'bank-national', shardNo: 0 }] });
      await wait(400);
      expect(asked.seen()).toBe(0);
      await engine.resumeChannel('bank-national');
      await asked.all;
      await engine.stopHosting(true);
    }, 30_000);

    it('hands a running shard back when it is stopped by force', async () => {
      const first = await open();
      const second = await open();
      const inquiryId = newInquiryId();
      const started = counting(1);
      first.hostAsk('bank-national', 4, async (each, { signal }) => {
        if (each.inquiryId !== inquiryId) return done;
        started.hit();
        if (!signal.aborted) await once(signal, 'abort');
        throw Object.assign(new Error('stopped'), { code: 'stopped' });
      });
      await first.startInquiry({ inquiryId, generation: 0, shards: [{ channelId: 'bank-national', shardNo: 0 }] });
      await started.all;
      await first.stopHosting(true);
      const taken = counting(1);
      second.hostAsk('bank-national', 4, async (each) => {
        if (each.inquiryId === inquiryId) taken.hit();
        return done;
      });
      await taken.all;
      await second.stopHosting(true);
    }, 30_000);

    it('keeps nothing in its jobs but ids', async () => {
      const engine = await open();
      const job: ShardJob = { inquiryId: newInquiryId(), channelId: 'bank-national', shardNo: 0, generation: 0 };
      await expect(engine.ensureShard({ ...job, inquiryId: '张三' })).rejects.toThrow();
    });
  });
}
