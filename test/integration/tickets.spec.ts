import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openChannel } from '#adapter-kit';
import { agencyOf as conformanceAgency } from '#conformance';
import { type Adapter, channelConfigSchema, type HttpPort, NoAnswer, noAnswerSaid, saidSchema } from '#contracts';
import { mergeReport } from '#inquiry';
import { contentHash, createMetrics, createRegistry, newId, sha256Hex } from '#platform';
import type { JobContext } from '#queue';
import type { Store } from '#store';
import { z } from 'zod';
import { askShard } from '../../apps/worker/src/ask-shard.ts';
import { collectLate } from '../../apps/worker/src/collect-late.ts';
import { openJournalWriter } from '../../apps/worker/src/journal-writer.ts';
import type { HostedChannel, WorkerParts } from '../../apps/worker/src/worker-parts.ts';
import {
  after,
  agencyOf,
  ask,
  type Asked,
  channelId,
  instant,
  quietLog,
  sampleManifest,
  saysNothing,
  start,
  startStorePlace,
  type StorePlace,
} from './store-place.ts';

/** What the register says to the next exchange: text that the sample adapter below understands. */
type Word = 'wait' | 'nothing' | 'found' | 'part' | 'down' | 'refuse';

/** An account register (账户登记) over HTTP: a question gives a ticket, the ticket is collected. */
const registerAdapter: Adapter = {
  manifest: { ...sampleManifest, modes: ['ticket'] },
  settings: z.strictObject({}),
  open: () => {
    const exchange = async (path: string, http: HttpPort, signal: AbortSignal) => {
      const reply = await http.send(path, { body: 'q', signal });
      const word = Buffer.from(reply.body).toString('utf8') as Word;
      if (word === 'refuse') throw new NoAnswer('refused', 'no right');
      const pending = noAnswerSaid('pending', { stage: 'acknowledged' });
      const said = { wait: pending, nothing: saysNothing, found, part: { ...found, complete: false } }[word as 'wait'];
      return { said, ticket: word === 'wait' || word === 'part' ? 'T-1' : null };
    };
    return {
      submit: (_, { http }, signal) => exchange('/submit', http, signal),
      collect: (_, { http, ticket }, signal) => exchange(`/collect/${ticket}`, http, signal),
    };
  },
};

const fixture = new URL('../../libs/adapter-kit/conformance/sample/sample-hub/fixtures/found.json', import.meta.url);
const found = saidSchema.parse({ ...JSON.parse(readFileSync(fixture, 'utf8')).said, complete: true });

let place: StorePlace;
let store: Store;
let now = start;
let server: Server;
const says: Word[] = [];
const heard: string[] = [];
const merges: string[] = [];
const opened: HostedChannel[] = [];

beforeAll(async () => {
  place = await startStorePlace();
  store = await place.openWith(() => now);
  server = createServer((request, response) => {
    heard.push(request.url ?? '');
    const word = says.shift() ?? 'wait';
    if (word === 'down') response.socket?.destroy();
    else response.end(word);
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
  await place.stop();
});
beforeEach(async () => {
  await place.raw.query('DELETE FROM tickets');
  now = start;
  for (const list of [says, heard, merges]) list.splice(0);
});
afterEach(async () => {
  for (const { channel } of opened.splice(0)) await channel.close();
});

/** A worker of one channel over the real store; the queue is a list of what was asked of it. */
function worker(ticket: object = {}, keepReply?: () => Promise<void>): { parts: WorkerParts; hosted: HostedChannel } {
  const config = channelConfigSchema.parse({
    ...{ channelId, nameZh: '登记', nameEn: 'Register', adapter: 'bank-sample', mode: 'ticket' },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ticket: { minIntervalMs: 60_000, maxCollections: 5, ...ticket },
    lateAnswerDays: 2,
    retry: { firstDelayMs: 1_000 },
  });
  const agencies = new Map(
    [0, 1].map((no) => [agencyOf(no), conformanceAgency({ agencyId: agencyOf(no), code: `${no}`, category: 'bank' })]),
  );
  const channel = openChannel(registerAdapter, {
    ...{ config, agencies, log: quietLog, secret: () => '', now: () => now, toInstant: instant },
    ...{ newAnswerId: () => newId('ans'), contentHash, rawHash: (bytes) => `sha256:${sha256Hex(bytes)}` },
    ...{ random: () => 0, isPaused: () => false, onBreakerChange: () => undefined },
    keepReply: ({ request: { requestNumber }, position, reply }) =>
      keepReply?.() ?? store.tickets.keepReply({ channelId, requestNumber }, position, reply),
  });
  const hosted = { config, channel };
  opened.push(hosted);
  const queue = { requestMerge: async (inquiryId: string) => void merges.push(inquiryId) };
  const parts = {
    ...{ store, queue, contentHash, toInstant: instant, log: quietLog, workerId: 'w1', settleMs: 0 },
    journal: openJournalWriter(store, { flushMs: 0, maxBatch: 10, onFlush: () => undefined }),
    channels: new Map([[channelId, hosted]]),
    clock: { now: () => now, monotonicMs: () => 0 },
    newAnswerId: () => newId('ans'),
    metrics: createMetrics(createRegistry({ withProcess: false })),
  } as unknown as WorkerParts;
  return { parts, hosted };
}

const context: JobContext = { signal: new AbortController().signal, hasParent: true };
const look = ({ parts }: ReturnType<typeof worker>, { inquiryId }: Asked) =>
  askShard(parts, { inquiryId, channelId, shardNo: 0, generation: 1 }, context);

async function lineOf({ inquiryId }: Asked) {
  const material = await store.reports.material(inquiryId, null);
  const report = mergeReport(material!);
  return report.coverage.lines.find(({ agencyId }) => agencyId === agencyOf(0))!;
}
const rowsOf = async ({ inquiryId }: Asked): Promise<number> =>
  Number((await place.raw.query('SELECT count(*) FROM answers WHERE inquiry_id = $1', [inquiryId])).rows[0].count);

describe('an asking with a ticket', () => {
  it('is collected when the channel allows, also by another worker, and never asked twice', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    says.push('wait', 'wait', 'found');
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(60_000) });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'pending', stage: 'acknowledged' });
    now = after(30_000);
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(60_000) }); // too early: nothing is sent
    now = after(60_000);
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(120_000) });
    expect(await rowsOf(asked)).toBe(1); // waiting on is no news
    now = after(120_000);
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(heard).toEqual(['/submit', '/collect/T-1', '/collect/T-1']);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: true, attempts: 1 });
  });

  it('outlives a trouble of the agency', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    says.push('wait', 'down', 'nothing');
    await look(worker(), asked);
    now = after(60_000);
    await look(worker(), asked);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'unavailable' });
    now = after(120_000);
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'nothing' });
  });

  it('turns overdue at its due time, and the late answer makes a later version', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    await look(one, asked);
    now = after(3_600_000);
    says.push('wait', 'found');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'overdue', slaBreached: true });
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0);
    expect(merges).toEqual([]);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0); // not before its time
    now = after(3_660_000);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(1);
    expect(merges).toEqual([asked.inquiryId]);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', slaBreached: true });
    now = after(3_720_000);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0);
    expect(heard).toEqual(['/submit', '/collect/T-1', '/collect/T-1']);
  });

  it('is not collected for ever', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    const one = worker({ maxCollections: 2 });
    for (const ms of [0, 60_000]) {
      now = after(ms);
      await look(one, asked);
    }
    now = after(120_000);
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ reason: 'overdue', reasonCode: 'collections-exhausted' });
    now = after(4_000_000);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0);
    expect(heard).toHaveLength(3);
  });

  it('ends with the time in which a late answer is taken', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    await look(one, asked);
    now = after(3_600_000);
    await look(one, asked);
    now = after(3_600_000 + 3 * 86_400_000);
    says.push('found');
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0);
    expect(heard).toEqual(['/submit']);
  });

  it('brings its parts one after the other: the first answers, the last completes', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    says.push('part', 'found');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: false });
    now = after(60_000);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(1);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: true });
  });

  it('ends with a refusal, and with a withdrawal', async () => {
    const asked = await ask(store, { agencies: 2, mode: 'ticket' });
    const one = worker();
    says.push('wait', 'wait');
    await look(one, asked);
    await store.inquiries.cancelLines({
      inquiryId: asked.inquiryId,
      agencyIds: [agencyOf(1)],
      by: 'usr_zhao',
      at: now,
    });
    now = after(60_000);
    says.push('refuse');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ reason: 'refused' });
    now = after(4_000_000);
    expect(await collectLate(one.parts, one.hosted, context.signal)).toBe(0);
    expect(heard).toHaveLength(3);
  });

  it('reads a kept reply again when the worker died before its answer was journalled', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    await look(worker(), asked);
    now = after(60_000);
    says.push('found');
    const dying = worker();
    const journal = { write: () => Promise.reject(new Error('killed')), drain: async () => undefined };
    await expect(look({ ...dying, parts: { ...dying.parts, journal } as never }, asked)).rejects.toThrow('killed');
    says.push('nothing'); // the register has deleted what was fetched, and would say something else now
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found' });
    expect(heard).toEqual(['/submit', '/collect/T-1']);
    const { rows } = await place.raw.query('SELECT count(*) FROM kept_replies');
    expect(rows[0].count).toBe('0');
  });

  it('lies sealed in the database', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'ticket' });
    await look(worker(), asked);
    const { rows } = await place.raw.query('SELECT ticket FROM tickets WHERE inquiry_id = $1', [asked.inquiryId]);
    expect(rows[0].ticket.includes('T-1')).toBe(false);
  });
});
