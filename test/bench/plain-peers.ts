import { once } from 'node:events';
import { FlowProducer, Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'undici';

/** What a round of a peer took: from the start to the merged result, in milliseconds since 1970, and its own CPU. */
export interface PeerRound {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cpuMs: number;
}

const now = () => performance.timeOrigin + performance.now();
const body = JSON.stringify({ head: {}, data: {} });

async function ask(pool: Pool, n: number): Promise<unknown> {
  const reply = await pool.request({
    path: `/city/${n}/query`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return reply.body.json();
}

/** The script anybody would write first: allSettled over undici. Not durable, no guard, no report. */
export async function handWrittenScript(url: string, count: number): Promise<PeerRound> {
  const pool = new Pool(url, { connections: count });
  const cpu = process.cpuUsage();
  const startedAt = now();
  const replies = await Promise.allSettled(Array.from({ length: count }, (_, n) => ask(pool, n)));
  const endedAt = now();
  const { user, system } = process.cpuUsage(cpu);
  if (replies.some(({ status }) => status === 'rejected')) throw new Error('an agency of the bench did not answer');
  await pool.destroy();
  return { startedAt, endedAt, cpuMs: (user + system) / 1_000 };
}

/** BullMQ as its documentation suggests: a parent, one child job per agency, concurrency 500. */
export async function plainFlow(url: string, count: number, redisUrl: string): Promise<PeerRound> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const name = `plain-${process.pid}-${count}-${Math.trunc(performance.now())}`;
  const pool = new Pool(url, { connections: count });
  const asking = new Worker(`${name}-ask`, (job) => ask(pool, job.data.n), { connection, concurrency: 500 });
  const merging = new Worker(`${name}-merge`, async (job) => Object.keys(await job.getChildrenValues()).length, {
    connection,
  });
  const parents = new Queue(`${name}-merge`, { connection });
  const events = new QueueEvents(`${name}-merge`, { connection: new Redis(redisUrl, { maxRetriesPerRequest: null }) });
  const flows = new FlowProducer({ connection });
  await Promise.all([asking.waitUntilReady(), merging.waitUntilReady(), events.waitUntilReady()]);
  const completed = once(events, 'completed');
  const cpu = process.cpuUsage();
  const startedAt = now();
  const children = Array.from({ length: count }, (_, n) => ({
    name: 'ask',
    queueName: `${name}-ask`,
    data: { n },
    opts: { removeOnComplete: true },
  }));
  await flows.add({ name: 'merge', queueName: `${name}-merge`, data: {}, opts: {}, children });
  await completed;
  const endedAt = now();
  const { user, system } = process.cpuUsage(cpu);
  await Promise.all([asking.close(), merging.close(), events.close(), flows.close(), parents.close()]);
  await pool.destroy();
  connection.disconnect();
  return { startedAt, endedAt, cpuMs: (user + system) / 1_000 };
}
