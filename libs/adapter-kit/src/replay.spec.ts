import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Adapter, channelConfigSchema, type Inquiry, type Said } from '#contracts';
import { agencyOf, inquiryAbout } from '#conformance';
import { z } from 'zod';
import { type Channel, type ChannelParts, openChannel } from './channel.ts';
import { parseJson } from './json.ts';
import { recordedReplies } from './replay-port.ts';
import { nothing } from './said.ts';
import { section } from './sections.ts';
import type { Answered, AskingRequest } from './stamp.ts';
import { understand } from './understand.ts';

const { signal } = new AbortController();
const inquiry: Inquiry = inquiryAbout('person');
const agency = agencyOf({ agencyId: 'bank.a', code: 'a', category: 'bank' });
const request: AskingRequest = {
  ...{ agency, requestNumber: 'no-1', attempt: 0, incompleteAttempts: 0, firstSentAt: null, maxAttempts: 4 },
  ...{ dueAt: '2026-11-01T18:00:00+08:00', matchRule: 'name-and-id', matchKeysSent: ['name', 'id18'] },
};
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

/** An agency that counts its calls. It gives a token, and an answer in which `total` has become a text. */
async function agencyServer() {
  const calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    calls.push(incoming.url ?? '');
    incoming.resume();
    incoming.on('end', () => outgoing.end(incoming.url === '/token' ? '{"token":"t"}' : '{"total":"0"}'));
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  toClose.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => void server.close(done));
  });
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Logs in once, and then asks; `total` is what its wire schema says. */
const adapterReading = (total: z.ZodType): Adapter => ({
  manifest: {
    ...{ id: 'any-bank', version: '1.2.3', modes: ['call'], categories: ['bank'], debtorKinds: ['natural'] },
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    ...{ assetKinds: ['deposit-account'], sections: ['accounts'], delivers: [], legalPrerequisites: [] },
  },
  settings: z.strictObject({}),
  open() {
    let token: string | null = null;
    return {
      async ask(_, { http }, own): Promise<Said> {
        const read = async (path: string, schema: z.ZodType) =>
          understand(schema, parseJson((await http.send(path, { signal: own })).body));
        if (token === null) {
          await read('/token', z.object({ token: z.string() }));
          token = 'known';
        }
        await read('/query', z.object({ total }));
        return nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')] });
      },
    };
  },
});

let minutes = 0;
let ids = 0;
const hash = (value: string | Uint8Array): string => `sha256:${createHash('sha256').update(value).digest('hex')}`;
function channelOf(adapter: Adapter, baseUrl: string): Channel {
  const parts: ChannelParts = {
    config: channelConfigSchema.parse({
      ...{ channelId: 'bank.any', nameZh: '通道', nameEn: 'Channel', adapter: 'any-bank', mode: 'call', baseUrl },
      allowedNetworks: ['127.0.0.0/8'],
    }),
    agencies: new Map([[agency.agencyId, agency]]),
    ...{ log: { warn: () => {} }, secret: () => '', isPaused: () => false, onBreakerChange: () => {}, random: () => 0 },
    now: () => new Date(Date.UTC(2026, 10, 1, 1, (minutes += 1))),
    toInstant: (date) => date.toISOString(),
    newAnswerId: () => `ans_${(ids += 1)}`,
    contentHash: (value) => hash(JSON.stringify(value)),
    rawHash: hash,
  };
  const channel = openChannel(adapter, parts);
  toClose.push(() => channel.close());
  return channel;
}

async function askedOnce(channel: Channel): Promise<Answered> {
  for await (const answered of channel.ask(inquiry, [request], signal)) return answered;
  throw new Error('nobody answered');
}

const again = (channel: Channel, { answer, raw, unread }: Answered) =>
  channel.replay(
    inquiry,
    { ...request, attempt: answer.attempt, firstSentAt: answer.firstSentAt },
    {
      signal,
      recorded: {
        replies: recordedReplies(unread?.exchanges ?? [], raw),
        receivedAt: new Date(answer.receivedAt),
        sentAt: new Date(answer.sentAt ?? 0),
        simulated: answer.simulated,
      },
    },
  );

describe('a replay', () => {
  it('reads by the repaired adapter what came, and asks nobody', async () => {
    const { calls, url } = await agencyServer();
    const first = await askedOnce(channelOf(adapterReading(z.int()), url));
    expect(first.answer).toMatchObject({ verdict: 'no-answer', reason: 'unintelligible' });
    expect(first.unread).toMatchObject({
      paths: ['unexpected payload at: total'],
      exchanges: [{ path: '/token' }, { path: '/query', status: 200 }],
    });
    expect(calls).toEqual(['/token', '/query']);

    const still = await again(channelOf(adapterReading(z.int()), url), first);
    expect(still.answer).toMatchObject({ verdict: 'no-answer', reason: 'unintelligible' });
    const read = await again(channelOf(adapterReading(z.string()), url), first);
    const { receivedAt, sentAt, rawHash, attempt } = first.answer;
    expect(read.answer).toMatchObject({
      verdict: 'nothing',
      receivedAt,
      sentAt,
      rawHash,
      attempt,
      requestNumber: 'no-1',
    });
    expect(read.raw).toEqual(first.raw);
    expect(calls).toEqual(['/token', '/query']);
  });

  it('uses the login of the asking session where the recording has none, and never a new one', async () => {
    const { calls, url } = await agencyServer();
    const asking = channelOf(adapterReading(z.string()), url);
    await askedOnce(asking); // logs in
    const { unread, ...second } = await askedOnce(channelOf(adapterReading(z.int()), url));
    const exchanges = unread?.exchanges.slice(1) ?? [];
    const withoutLogin = { ...second, raw: second.raw.slice(1), unread: { paths: [], exchanges } };
    expect((await again(asking, withoutLogin)).answer.verdict).toBe('nothing');
    const unknown = channelOf(adapterReading(z.string()), url);
    expect((await again(unknown, withoutLogin)).answer).toMatchObject({
      ...{ verdict: 'no-answer', reason: 'unintelligible', reasonCode: 'not-recorded' },
    });
    expect(calls).toHaveLength(4);
  });
});
