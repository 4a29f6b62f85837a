import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openPaceEngine, type PaceEngine, readQueueUrl } from '#queue';
import { startEmbeddedPostgres } from '#store';
import { redisIsInstalled, redisMissing, startRedis } from './redis-server.ts';
import { ownPort } from '../own-port.ts';
import { eventually, openReplica, reasonOf, startAgency } from './replica.ts';

const quietLog = { debug() {}, info() {}, warn() {}, error() {} };

interface Place {
  readonly url: string;
  stop(): Promise<void>;
}

async function startPostgres(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-pace-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const server = await startEmbeddedPostgres({ dataDir, log: quietLog });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

const engines = [
  {
    name: 'postgres',
    start: startPostgres,
    nowhere: (port: number) => `postgresql://127.0.0.1:${port}/x`,
    available: true,
  },
  {
    name: 'redis',
    start: startRedis as () => Promise<Place>,
    nowhere: (port: number) => `redis://127.0.0.1:${port}`,
    available: redisIsInstalled(),
  },
];

if (!redisIsInstalled()) process.stderr.write(`\n*** ${redisMissing} ***\n`);

const placeOf = (url: string) => readQueueUrl(url.startsWith('redis') ? url : null, url);
const maxPerSecond = 20;

for (const { name, start, nowhere, available } of engines) {
  const suite = available ? describe : describe.skip;
  suite(`the pace shared over ${name}`, () => {
    let place: Place;
    const opened: PaceEngine[] = [];
    beforeAll(async () => {
      place = await start();
    }, 120_000);
    afterAll(() => place.stop());
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close();
    });
    const engine = (url = place.url): PaceEngine => {
      const made = openPaceEngine({ place: placeOf(url), onError: () => undefined });
      opened.push(made);
      return made;
    };

    it('keeps two replicas together within what was agreed', async () => {
      const agency = await startAgency();
      const limits = { maxPerSecond, concurrency: 20, deadlineMs: 5_000 };
      const two = [engine(), engine()].map((sharedPace) =>
        openReplica({ url: agency.url, sharedPace, config: { limits } }),
      );
      try {
        const startedAt = performance.now();
        const said = await Promise.all(two.map((each) => each.ask(30)));
        const seconds = (performance.now() - startedAt) / 1_000;
        expect(said.flat().map(reasonOf)).toEqual(Array(60).fill('nothing'));
        const chunk = maxPerSecond / 10;
        expect(agency.calls()).toBe(60);
        expect(agency.calls()).toBeLessThanOrEqual(maxPerSecond * seconds + 2 * chunk);
      } finally {
        for (const each of two) await each.channel.close();
        agency.stop();
      }
    }, 30_000);

    it('gives each token once, whoever asks for how many', async () => {
      const [one, other] = [engine(), engine()];
      await one.take('warm', 1, 1);
      const asked = await Promise.all(
        [4, 3, 2, 1].flatMap((wanted) => [one, other].map((each) => each.take('bucket', wanted, 0.5))),
      );
      expect(asked.map(({ taken }) => taken).filter((taken) => taken > 0)).toEqual([1]);
      expect(asked.filter(({ taken }) => taken === 0).every(({ retryAfterMs }) => retryAfterMs > 0)).toBe(true);
    });

    it('gives what is left to the one who asks for more than that', async () => {
      const one = engine();
      expect(await one.take('left', 3, 40)).toMatchObject({ taken: 3 });
      const { taken } = await one.take('left', 4, 40);
      expect([1, 4]).toContain(taken); // the rest of the window; all when a new one has begun
    });

    it('keeps buckets apart', async () => {
      const one = engine();
      expect(await one.take('a', 1, 1)).toMatchObject({ taken: 1 });
      expect(await one.take('b', 1, 1)).toMatchObject({ taken: 1 });
      expect(await one.take('a', 1, 1)).toMatchObject({ taken: 0 });
    });

    it('keeps to a part of the pace while the engine is away, and fails nothing', async () => {
      const one = engine(nowhere(await ownPort()));
      expect(await one.take('away', 1, 1)).toEqual({ taken: 1, retryAfterMs: 0 });
      const refused = await one.take('away', 1, 1);
      expect(refused.taken).toBe(0);
      expect(refused.retryAfterMs).toBeGreaterThan(1_000); // longer than the whole pace would ask for
    });
  });
}

describe('the pace over an engine that dies', () => {
  const whenRedis = redisIsInstalled() ? it : it.skip;
  whenRedis('goes on with the insurance, and with the engine when it is back', async () => {
    const redis = await startRedis();
    const one = openPaceEngine({ place: placeOf(redis.url), onError: () => undefined });
    const take = async () => (await one.take('bucket', 1, 0.2)).taken;
    try {
      expect(await take()).toBe(1);
      await redis.kill();
      expect(await take()).toBe(1);
      expect(await take()).toBe(0);
      await redis.restart(false);
      await eventually('the engine counts again', async () => (await take()) === 1);
    } finally {
      await one.close();
      await redis.stop();
    }
  });
});
