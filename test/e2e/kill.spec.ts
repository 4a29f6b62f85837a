import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { syntheticDebtor, truthOf } from '../../apps/simulator/src/index.ts';
import { redisIsInstalled, redisMissing, type RedisServer, startRedis } from '../integration/redis-server.ts';
import { atOnce, openCourt } from './court.ts';
import { copyConfig, type Product, readDirectory, startProduct } from './product.ts';
import { eventually, launch, openFolder, type RunningProcess } from './running-process.ts';
import { ownPort } from '../own-port.ts';
import { differences } from './true-report.ts';

jest.setTimeout(120_000);

const inquiries = 8;
const seed = 1;

/** Waits for all reports, and says where they differ from the world. */
async function reportsOf(product: Product, ids: readonly string[], firstPerson: number): Promise<string[]> {
  const { court, agencies } = product;
  const wrong = await atOnce(ids.length, ids, async (inquiryId, index) => {
    const truth = truthOf({ seed, debtor: syntheticDebtor(seed, firstPerson + index), agencies });
    return differences(await court.closed(inquiryId, { complete: true, timeoutMs: 60_000 }), truth);
  });
  return wrong.flat();
}

const askMany = (product: Product, firstPerson: number): Promise<string[]> =>
  atOnce(inquiries, [...Array(inquiries).keys()], (n) => product.court.ask(syntheticDebtor(seed, firstPerson + n)));

/** How often we called an agency about one debtor at most, and how many calls were repeats. Banks call us: not counted. */
async function repeats(product: Product): Promise<{ most: number; again: number }> {
  const counts = Object.entries(await product.calls()).flatMap(([key, count]) =>
    key.startsWith('bank.') ? [] : [count],
  );
  return { most: Math.max(...counts), again: counts.reduce((sum, count) => sum + count - 1, 0) };
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const engines = [
  { engine: 'postgres' as const, available: true },
  { engine: 'redis' as const, available: redisIsInstalled() },
];

for (const { engine, available } of engines) {
  if (!available) process.stderr.write(`${redisMissing}\n`);
  (available ? describe : describe.skip)(`kill -9 with the queue on ${engine}`, () => {
    let product: Product;
    let redis: RedisServer | null = null;
    let person = 0;
    const people = () => (person += inquiries);

    beforeAll(async () => {
      redis = engine === 'redis' ? await startRedis() : null;
      product = await startProduct({ latency: 0.5, pollMs: 200, ...(redis ? { queueUrl: redis.url } : {}) });
    });
    afterAll(async () => {
      await product?.stop();
      await redis?.stop();
    });

    it('loses and doubles no answer when the worker dies three times in the middle', async () => {
      const first = people();
      const ids = await askMany(product, first);
      const kills = 3;
      for (let kill = 0; kill < kills; kill += 1) {
        await wait(250);
        await product.running.worker.kill();
        await product.startWorker();
      }
      const restartedAt = performance.now();
      expect(await reportsOf(product, ids, first)).toEqual([]);
      const { most, again } = await repeats(product);
      say(
        `kill -9 worker × ${kills} (${engine}): all ${inquiries} reports ${((performance.now() - restartedAt) / 1_000).toFixed(1)} s after the last restart, ${again} calls repeated, none more than ${most - 1} times`,
      );
      expect(most).toBeLessThanOrEqual(1 + kills);
    });

    it('keeps what it accepted when the gateway dies right after, and takes nothing twice', async () => {
      const first = people();
      const bodies = await atOnce(4, [...Array(inquiries).keys()], async (n) => ({
        body: await product.court.inquiryBody(syntheticDebtor(seed, first + n)),
        key: randomUUID(),
      }));
      const post = ({ body, key }: (typeof bodies)[number]) =>
        product.court.request('POST', 'inquiries', { body, headers: { 'idempotency-key': key } });
      const sending = bodies.map((one) => post(one).catch(() => null));
      await Promise.race(sending);
      await product.running.gateway.kill();
      const early = await Promise.all(sending);
      await product.startGateway();
      const late = await atOnce(4, bodies, post);
      expect(late.map(({ status }) => status)).toEqual(bodies.map(() => 202));
      const ids = late.map((reply) => reply.json().inquiryId as string);
      early.forEach((reply, index) => reply?.status === 202 && expect(reply.json().inquiryId).toBe(ids[index]));
      const restartedAt = performance.now();
      expect(await reportsOf(product, ids, first)).toEqual([]);
      const told = early.filter((reply) => reply?.status === 202).length;
      const replayed = late.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length;
      say(
        `kill -9 gateway (${engine}): ${told} of ${inquiries} had been told 202, ${replayed} had been stored; all reports ${((performance.now() - restartedAt) / 1_000).toFixed(1)} s later`,
      );
    });

    if (engine === 'redis') {
      it('makes every job again when Redis comes back without its data', async () => {
        const first = people();
        const ids = await askMany(product, first);
        await redis!.kill();
        await wait(500);
        await redis!.restart(false);
        const restartedAt = performance.now();
        expect(await reportsOf(product, ids, first)).toEqual([]);
        say(
          `Redis killed and back without data: all ${inquiries} reports ${((performance.now() - restartedAt) / 1_000).toFixed(1)} s later`,
        );
      });
    }
  });
}

describe('kill -9 of everything', () => {
  const dir = openFolder('chakong-e2e-up-');
  let up: RunningProcess | null = null;
  afterEach(async () => {
    await up?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('loses nothing when product and PostgreSQL die together', async () => {
    const simulatorPort = await ownPort();
    copyConfig(join(dir, 'config'), String);
    // the box of the file banks is in the memory of the simulator here, and what lies in it dies with it, as no bank's does
    for (const name of readdirSync(join(dir, 'config', 'agencies'))) {
      const file = join(dir, 'config', 'agencies', name);
      const lines = readFileSync(file, 'utf8').split('\n');
      writeFileSync(file, lines.filter((line) => !line.includes(',bank-files,')).join('\n'));
    }
    const agencies = await readDirectory(join(dir, 'config'));
    const environment = {
      PORT: `${await ownPort()}`,
      CHAKONG_DOORS_PORT: `${await ownPort()}`,
      CHAKONG_METRICS_PORT: `${await ownPort()}`,
      CHAKONG_DATABASE_PORT: `${await ownPort()}`,
      CHAKONG_SIMULATOR_PORT: `${simulatorPort}`,
      CHAKONG_SIMULATOR_FILES_PORT: `${await ownPort()}`,
      CHAKONG_IDENTITY_PORT: `${await ownPort()}`,
      CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${await ownPort()}`,
      CHAKONG_CONFIG_DIR: join(dir, 'config'),
      CHAKONG_DATA_DIR: join(dir, 'data'),
      CHAKONG_RECONCILE_SECONDS: '1',
      CHAKONG_SETTLE_MS: '200',
    };
    const start = () => {
      const one = launch({ name: 'up', script: 'apps/cli/src/main.js', args: ['up', '--json'], environment, cwd: dir });
      up = one;
      return eventually('up', async () => readLine(one.stdout()), { timeoutMs: 60_000 }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${one.stderr().slice(-3_000)}`);
      });
    };
    const { addresses, signIns, dataDir } = await start();
    const token = signIns.find(({ roles, courtCode }) => roles.includes('officer') && courtCode === '990100')!.token;
    const court = openCourt(addresses.api.replace('/api/v1', ''), token);
    const people = [...Array(inquiries).keys()].map((n) => syntheticDebtor(seed, 500 + n));
    const ids = await atOnce(inquiries, people, (person) => court.ask(person));
    await wait(700);
    await up!.kill();
    killPostmaster(dataDir);
    const killedAt = performance.now();
    await start();
    const startedMs = performance.now() - killedAt;
    const wrong = await atOnce(inquiries, ids, async (inquiryId, index) =>
      differences(
        await court.closed(inquiryId, { complete: true, timeoutMs: 60_000 }),
        truthOf({ seed, debtor: people[index]!, agencies }),
      ),
    );
    expect(wrong.flat()).toEqual([]);
    say(
      `kill -9 of product and PostgreSQL: up again after ${(startedMs / 1_000).toFixed(1)} s, all ${inquiries} reports after ${((performance.now() - killedAt) / 1_000).toFixed(1)} s`,
    );
  });
});

interface Up {
  readonly addresses: { readonly api: string };
  readonly signIns: readonly {
    readonly roles: readonly string[];
    readonly courtCode: string;
    readonly token: string;
  }[];
  readonly dataDir: string;
}

const readLine = (text: string): Up | null => (text.endsWith('\n') ? (JSON.parse(text) as Up) : null);

/** The server that the product left behind: its number stands in the folder of the database. */
function killPostmaster(dataDir: string): void {
  const moved = join(dataDir, 'postgres-moved-to.txt');
  const home = readText(moved)?.trim() ?? join(dataDir, 'postgres');
  const pid = Number(
    readText(join(home, 'data', 'postmaster.pid'))
      ?.split('\n', 1)
      .join(''),
  );
  if (Number.isInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL');
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
