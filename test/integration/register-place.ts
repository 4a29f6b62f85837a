import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openChannel } from '#adapter-kit';
import { agencyOf as conformanceAgency } from '#conformance';
import { type Adapter, channelConfigSchema, type HttpPort, NoAnswer, noAnswerSaid, saidSchema } from '#contracts';
import { contentHash, createMetrics, createRegistry, newId, sha256Hex } from '#platform';
import type { JobContext } from '#queue';
import type { Store } from '#store';
import { z } from 'zod';
import { askShard } from '../../apps/worker/src/ask-shard.ts';
import { openJournalWriter } from '../../apps/worker/src/journal-writer.ts';
import type { HostedChannel, WorkerParts } from '../../apps/worker/src/worker-parts.ts';
import {
  agencyOf,
  channelId,
  instant,
  quietLog,
  sampleManifest,
  saysNothing,
  start,
  startStorePlace,
  type StorePlace,
} from './store-place.ts';

/** What the register says to the next exchange with an agency: text that the sample adapter below understands. */
export type Word = 'wait' | 'nothing' | 'found' | 'part' | 'down' | 'refuse';

const fixture = new URL('../../libs/adapter-kit/conformance/sample/sample-hub/fixtures/found.json', import.meta.url);
const found = saidSchema.parse({ ...JSON.parse(readFileSync(fixture, 'utf8')).said, complete: true });

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
      submit: (_, { http, agency }, signal) => exchange(`/${agency.code}/submit`, http, signal),
      collect: (_, { http, agency, ticket }, signal) => exchange(`/${agency.code}/collect/${ticket}`, http, signal),
    };
  },
};

export const context: JobContext = { signal: new AbortController().signal, hasParent: true };

export interface RegisterWorker {
  readonly parts: WorkerParts;
  readonly hosted: HostedChannel;
  look(inquiryId: string, generation?: number): ReturnType<typeof askShard>;
}

/** A store with a clock that is set by hand, a register that says what it is told to, and workers that ask it. */
export interface RegisterPlace {
  readonly place: StorePlace;
  readonly store: Store;
  readonly heard: string[]; // paths, in their order
  readonly merges: string[]; // inquiries whose merge was asked for
  now: Date;
  /** What is said to an exchange; without it everybody waits. */
  answer: (path: string) => Word;
  worker(ticket?: object): RegisterWorker;
  /** Closes the channels of the workers, forgets tickets and what was heard, sets the clock back. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRegisterPlace(agencies: number): Promise<RegisterPlace> {
  const place = await startStorePlace();
  const opened: HostedChannel[] = [];
  const register: RegisterPlace = {
    place,
    store: await place.openWith(() => register.now),
    heard: [],
    merges: [],
    now: start,
    answer: () => 'wait',
    worker: (ticket = {}) => worker(ticket),
    async clear() {
      for (const { channel } of opened.splice(0)) await channel.close();
      await place.raw.query('DELETE FROM tickets');
      for (const list of [register.heard, register.merges]) list.splice(0);
      register.now = start;
    },
    async stop() {
      await register.clear();
      server.closeAllConnections();
      server.close();
      await register.store.close();
      await place.stop();
    },
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    register.heard.push(path);
    const word = register.answer(path);
    if (word === 'down') response.socket?.destroy();
    else response.end(word);
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const numbers = Array.from({ length: agencies }, (_, no) => no);
  const directory = new Map(
    numbers.map((no) => [agencyOf(no), conformanceAgency({ agencyId: agencyOf(no), code: `${no}`, category: 'bank' })]),
  );

  function worker(ticket: object): RegisterWorker {
    const { store } = register;
    const config = channelConfigSchema.parse({
      ...{ channelId, nameZh: '登记', nameEn: 'Register', adapter: 'bank-sample', mode: 'ticket' },
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      allowedNetworks: ['127.0.0.0/8'],
      ticket: { minIntervalMs: 60_000, maxCollections: 5, ...ticket },
      lateAnswerDays: 2,
      retry: { firstDelayMs: 1_000 },
    });
    const channel = openChannel(registerAdapter, {
      ...{ config, agencies: directory, log: quietLog, secret: () => '', now: () => register.now },
      ...{ toInstant: instant, newAnswerId: () => newId('ans'), contentHash },
      rawHash: (bytes) => `sha256:${sha256Hex(bytes)}`,
      ...{ random: () => 0, isPaused: () => false, onBreakerChange: () => undefined },
      keepReply: ({ request: { requestNumber }, position, reply }) =>
        store.tickets.keepReply({ channelId, requestNumber }, position, reply),
    });
    const hosted = { config, channel };
    opened.push(hosted);
    const queue = { requestMerge: async (inquiryId: string) => void register.merges.push(inquiryId) };
    const parts = {
      ...{ store, queue, contentHash, toInstant: instant, log: quietLog, workerId: newId('tok'), settleMs: 0 },
      journal: openJournalWriter(store, {
        flushMs: 0,
        maxBatch: 10,
        onFlush: () => undefined,
        onRefused: () => undefined,
      }),
      channels: new Map([[channelId, hosted]]),
      clock: { now: () => register.now, monotonicMs: () => 0 },
      newAnswerId: () => newId('ans'),
      metrics: createMetrics(createRegistry({ withProcess: false })),
    } as unknown as WorkerParts;
    return {
      ...{ parts, hosted },
      look(inquiryId, generation = 1) {
        return askShard(this.parts, { inquiryId, channelId, shardNo: 0, generation }, context);
      },
    };
  }
  return register;
}
