import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { answerSchema, channelConfigSchema, NoAnswer, noAnswerSaid } from '#contracts';
import type { Adapter, AdapterSession, Agency, BreakerReport, Said } from '#contracts';
import { agencyOf, inquiryAbout } from '#conformance';
import { z } from 'zod';
import { openChannel, type ChannelParts } from './channel.ts';
import { nothing } from './said.ts';
import { section } from './sections.ts';
import type { Answered, AskingRequest } from './stamp.ts';

const never = new AbortController().signal;
const inquiry = inquiryAbout('person');
const emptyAnswer = nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')] });
const agencies = ['a', 'b', 'c'].map((name) => agencyOf({ agencyId: `bank.${name}`, code: name, category: 'bank' }));
const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

type Ask = NonNullable<AdapterSession['ask']>;

/** What an adapter that calls does: sends, and says what it read. */
const nothingSaid: Ask = async (_, { agency, http }, signal) => {
  await http.send(`/${agency.code}`, { body: 'question', signal });
  return emptyAnswer;
};
const failing = (reason: NoAnswer['reason']): Promise<never> => Promise.reject(new NoAnswer(reason, 'as told'));

const adapterOf = (session: AdapterSession, modes: Adapter['manifest']['modes'] = ['call']): Adapter => ({
  manifest: {
    id: 'any-bank',
    version: '1.2.3',
    modes,
    categories: ['bank'],
    debtorKinds: ['natural'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['deposit-account'],
    sections: ['accounts'],
    delivers: ['deposit-account.balance'],
    legalPrerequisites: [],
  },
  settings: z.strictObject({}),
  open: () => session,
});

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

async function server(serve: Serve = (_, response) => void response.end('reply')): Promise<string> {
  const listening = createServer((request, response) => {
    request.resume();
    request.on('end', () => serve(request, response));
  });
  await new Promise<void>((ready) => void listening.listen(0, '127.0.0.1', ready));
  toClose.push(async () => {
    listening.closeAllConnections();
    await new Promise((done) => void listening.close(done));
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

interface Given {
  readonly serve?: Serve;
  readonly config?: object;
  readonly parts?: Partial<ChannelParts>;
}

async function channelOver(ask: Ask, { serve, config = {}, parts = {} }: Given = {}) {
  const logged: unknown[] = [];
  const reports: BreakerReport[] = [];
  let answers = 0;
  const hash = (text: string | Uint8Array): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const base = {
    channelId: 'bank.any',
    nameZh: '通道',
    nameEn: 'Channel',
    adapter: 'any-bank',
    mode: 'call',
    baseUrl: await server(serve),
    allowedNetworks: ['127.0.0.0/8'],
    breaker: { resetTimeoutMs: 60_000 },
  };
  const channel = openChannel(adapterOf({ ask }), {
    config: channelConfigSchema.parse({ ...base, ...config }),
    agencies: new Map(agencies.map((agency) => [agency.agencyId, agency])),
    log: { warn: (...line) => void logged.push(line) },
    secret: () => '',
    now: () => new Date('2026-11-01T01:00:00.000Z'),
    toInstant: (date) => date.toISOString(),
    newAnswerId: () => `ans_${(answers += 1)}`,
    contentHash: (value) => hash(JSON.stringify(value)),
    rawHash: hash,
    random: () => 0,
    isPaused: () => false,
    onBreakerChange: (report) => void reports.push(report),
    ...parts,
  });
  toClose.push(() => channel.close());
  return { channel, logged, reports };
}

const askingOf = (agency: Agency, more: Partial<AskingRequest> = {}): AskingRequest => ({
  agency,
  requestNumber: `no-${agency.code}`,
  attempt: 0,
  incompleteAttempts: 0,
  firstSentAt: null,
  dueAt: '2026-11-01T18:00:00+08:00',
  matchRule: 'name-and-id',
  matchKeysSent: ['name', 'id18'],
  maxAttempts: 4,
  ...more,
});
const everyone = agencies.map((agency) => askingOf(agency));
const first = everyone.slice(0, 1);

async function read(answers: AsyncIterable<Answered>): Promise<Answered[]> {
  const heard: Answered[] = [];
  for await (const each of answers) heard.push(each);
  return heard;
}

const heardOf = ({ answer }: Answered): string =>
  `${answer.agencyId} ${answer.verdict === 'no-answer' ? answer.reason : answer.verdict}`;

describe('a channel', () => {
  it('gives one answer per agency, stamped with who, when, how often and what came', async () => {
    const { channel } = await channelOver(nothingSaid);
    const [answered] = await read(
      channel.ask(inquiry, [askingOf(agencies[0]!, { attempt: 1, firstSentAt: '2026-11-01T08:00:00+08:00' })], never),
    );
    const hash = createHash('sha256').update('reply').digest('hex');
    expect(answered?.answer).toMatchObject({
      ...emptyAnswer,
      answerId: 'ans_1',
      agencyId: 'bank.a',
      adapterVersion: '1.2.3',
      requestNumber: 'no-a',
      attempt: 2,
      firstSentAt: '2026-11-01T08:00:00+08:00',
      sentAt: '2026-11-01T01:00:00.000Z',
      nextAttemptAt: null,
      breakerState: 'closed',
      breakerOpenSince: null,
      simulated: false,
      rawHash: `sha256:${hash}`,
    });
    expect(answered?.raw.map((each) => Buffer.from(each).toString())).toEqual(['reply']);
    expect(answerSchema.parse(answered?.answer)).toEqual(answered?.answer);
  });

  it('gives an answer as soon as it is there and waits for no slower agency', async () => {
    const serve: Serve = ({ url }, response) =>
      void (url === '/a' ? setTimeout(() => response.end('late'), 50) : response.end('soon'));
    const { channel } = await channelOver(nothingSaid, { serve });
    const heard = (await read(channel.ask(inquiry, everyone, never))).map(heardOf);
    expect([heard.length, heard.at(-1)]).toEqual([3, 'bank.a nothing']);
  });

  it('keeps the other answers when one agency fails', async () => {
    const serve: Serve = ({ url }, response) =>
      void (url === '/b' ? response.writeHead(429, { 'retry-after': '60' }).end('wait') : response.end('reply'));
    const { channel } = await channelOver(nothingSaid, { serve });
    const answered = await read(channel.ask(inquiry, everyone, never));
    expect(answered.map(heardOf).sort()).toEqual(['bank.a nothing', 'bank.b throttled', 'bank.c nothing']);
    expect(answered.find(({ answer }) => answer.agencyId === 'bank.b')?.answer).toMatchObject({
      attempt: 1,
      nextAttemptAt: '2026-11-01T01:01:00.000Z',
    });
  });

  it('keeps to its concurrency over all inquiries', async () => {
    let [now, most] = [0, 0];
    const serve: Serve = (_, response) => {
      most = Math.max(most, (now += 1));
      setTimeout(() => {
        now -= 1;
        response.end('reply');
      }, 5);
    };
    const { channel } = await channelOver(nothingSaid, { serve, config: { limits: { concurrency: 2 } } });
    await Promise.all([read(channel.ask(inquiry, everyone, never)), read(channel.ask(inquiry, everyone, never))]);
    expect(most).toBe(2);
  });

  it.each<[string, () => Promise<Said>, object]>([
    ['throws', () => Promise.reject(new TypeError('张三 is not iterable')), { error: 'TypeError' }],
    ['throws no error', () => Promise.reject('张三' as unknown as Error), { error: 'string' }],
    [
      'throws before it promises',
      () => {
        throw new RangeError('张三');
      },
      { error: 'RangeError' },
    ],
    ['says what cannot be kept', async () => ({ ...emptyAnswer, signal: '' }), { error: 'InvalidSaid', at: 'signal' }],
    ['says nothing without a message', async () => emptyAnswer, { error: 'InvalidSaid', at: 'no message' }],
  ])('takes a defect for no answer, and logs its name alone: the adapter %s', async (_, ask, fields) => {
    const { channel, logged } = await channelOver(ask);
    const [answered] = await read(channel.ask(inquiry, first, never));
    expect(answered?.answer).toMatchObject({
      verdict: 'no-answer',
      reason: 'unintelligible',
      reasonCode: 'adapter-defect',
      nextAttemptAt: null,
    });
    expect(logged).toEqual([['adapter.failed', { agencyId: 'bank.a', ...fields }]]);
  });

  it('bounds an exchange that takes no notice of its signal', async () => {
    const { channel } = await channelOver(() => new Promise<Said>(() => undefined), {
      config: { limits: { deadlineMs: 20 } },
    });
    const [answered] = await read(channel.ask(inquiry, first, never));
    expect(answered?.answer).toMatchObject({
      reason: 'timed-out',
      attempt: 1,
      nextAttemptAt: '2026-11-01T01:00:00.500Z',
    });
  });

  it('ends when it is aborted, without the agencies that have not answered', async () => {
    const stop = new AbortController();
    const serve: Serve = ({ url }, response) => void (url === '/a' && response.end('reply'));
    const { channel } = await channelOver(nothingSaid, { serve });
    const heard: string[] = [];
    for await (const answered of channel.ask(inquiry, everyone, stop.signal)) {
      heard.push(heardOf(answered));
      stop.abort();
    }
    expect(heard).toEqual(['bank.a nothing']);
  });

  it('asks no paused agency, and looks again after half a minute', async () => {
    const { channel } = await channelOver(nothingSaid, { parts: { isPaused: (agencyId) => agencyId === 'bank.b' } });
    const answered = await read(channel.ask(inquiry, everyone, never));
    expect(answered.find(({ answer }) => answer.agencyId === 'bank.b')?.answer).toMatchObject({
      reason: 'pending',
      stage: 'held',
      attempt: 0,
      sentAt: null,
      rawHash: null,
      nextAttemptAt: '2026-11-01T01:00:30.000Z',
    });
  });

  it('sends nothing to an agency whose breaker is open, and tells since when', async () => {
    const { channel, reports } = await channelOver(nothingSaid, {
      serve: (_, response) => void response.writeHead(503).end('down'),
    });
    for (let time = 0; time < 5; time += 1) await read(channel.ask(inquiry, first, never));
    const [answered] = await read(channel.ask(inquiry, [askingOf(agencies[0]!, { attempt: 3 })], never));
    expect(answered?.answer).toMatchObject({
      reason: 'breaker-open',
      attempt: 3,
      sentAt: null,
      breakerState: 'open',
      breakerOpenSince: '2026-11-01T01:00:00.000Z',
      nextAttemptAt: '2026-11-01T01:01:00.000Z',
    });
    const report = { channelId: 'bank.any', agencyId: 'bank.a', state: 'open', since: '2026-11-01T01:00:00.000Z' };
    expect([reports, channel.breakerStates()]).toEqual([[report], [report]]);
    await channel.resetBreakers('bank.a');
    expect(channel.breakerStates()).toEqual([]);
  });

  it('does not count an attempt for a name that was not sent', async () => {
    const { channel } = await channelOver(() =>
      Promise.reject(new NoAnswer('identity-mismatch', 'not in GBK', { reasonCode: 'lossy-encoding' })),
    );
    const [answered] = await read(channel.ask(inquiry, first, never));
    expect(answered?.answer).toMatchObject({
      reason: 'identity-mismatch',
      reasonCode: 'lossy-encoding',
      attempt: 0,
      sentAt: null,
      nextAttemptAt: null,
    });
  });

  it('marks what a simulator said', async () => {
    const serve: Serve = (_, response) => void response.writeHead(200, { 'x-chakong-simulated': '1' }).end('reply');
    const { channel } = await channelOver(nothingSaid, { serve });
    const [answered] = await read(channel.ask(inquiry, first, never));
    expect(answered?.answer.simulated).toBe(true);
  });

  it('keeps every message behind an answer, and hashes them together', async () => {
    const twice: Ask = async (about, asking, signal) => {
      await nothingSaid(about, asking, signal);
      return nothingSaid(about, asking, signal);
    };
    const { channel } = await channelOver(twice);
    const [answered] = await read(channel.ask(inquiry, first, never));
    expect(answered?.raw).toHaveLength(2);
    expect(answered?.answer.rawHash).toBe(`sha256:${createHash('sha256').update('replyreply').digest('hex')}`);
  });

  it('has one content hash for the same answer, whenever it comes', async () => {
    let waits = 0;
    const ask: Ask = async () => noAnswerSaid('throttled', { retryAfterMs: (waits += 1) });
    const { channel } = await channelOver(ask);
    const answered = [
      ...(await read(channel.ask(inquiry, first, never))),
      ...(await read(channel.ask(inquiry, first, never))),
    ];
    expect(new Set(answered.map(({ answer }) => answer.contentHash)).size).toBe(1);
  });

  it('asks again for an incomplete answer twice at most', async () => {
    const { channel } = await channelOver(async () => noAnswerSaid('incomplete'));
    const again = async (incompleteAttempts: number) => {
      const [answered] = await read(channel.ask(inquiry, [askingOf(agencies[0]!, { incompleteAttempts })], never));
      return answered?.answer.nextAttemptAt !== null;
    };
    expect([await again(0), await again(1), await again(2)]).toEqual([true, true, false]);
  });

  it('keeps to the pace of an agency without slowing the others down', async () => {
    const { channel } = await channelOver(nothingSaid, { config: { limits: { maxPerSecondPerAgency: 0.01 } } });
    const answered = await read(channel.ask(inquiry, [...everyone, askingOf(agencies[0]!)], never));
    expect(answered.map(heardOf).sort()).toEqual([
      'bank.a nothing',
      'bank.a throttled',
      'bank.b nothing',
      'bank.c nothing',
    ]);
    expect(answered.find((each) => heardOf(each).endsWith('throttled'))?.answer).toMatchObject({
      attempt: 0,
      nextAttemptAt: '2026-11-01T01:01:40.000Z',
    });
  });

  it('measures waiting and asking apart', async () => {
    const phases: string[] = [];
    const { channel } = await channelOver(() => failing('refused'), {
      parts: { onExchange: ({ agencyId, phase }) => void phases.push(`${agencyId} ${phase}`) },
    });
    await read(channel.ask(inquiry, first, never));
    expect(phases).toEqual(['bank.a pace', 'bank.a call']);
  });

  it('passes on a fault of the gateway', async () => {
    const { channel } = await channelOver(nothingSaid, {
      parts: {
        contentHash: () => {
          throw new Error('no hash today');
        },
      },
    });
    await expect(read(channel.ask(inquiry, everyone, never))).rejects.toThrow('no hash today');
  });

  it('logs at once what only people can mend', async () => {
    const { channel, logged } = await channelOver(() => failing('unauthorized'));
    await read(channel.ask(inquiry, first, never));
    expect(logged).toEqual([['agency.failed', { agencyId: 'bank.a', reason: 'unauthorized', message: 'as told' }]]);
  });
});

describe('a mailbox channel', () => {
  const session: AdapterSession = {
    receive: async () => ({ status: 200, headers: {}, body: new Uint8Array(0) }),
    doorPaths: ['/doors/any'],
  };
  const open = (given: AdapterSession, config: object = {}) => {
    const parts: Partial<ChannelParts> = {
      config: channelConfigSchema.parse({
        channelId: 'bank.box',
        nameZh: '信箱',
        nameEn: 'Mailbox',
        adapter: 'any-bank',
        mode: 'mailbox',
        ...config,
      }),
      agencies: new Map(),
      now: () => new Date('2026-11-01T01:00:00.000Z'),
      toInstant: (date) => date.toISOString(),
      newAnswerId: () => 'ans_1',
      contentHash: () => `sha256:${'0'.repeat(64)}`,
      rawHash: () => `sha256:${'1'.repeat(64)}`,
    };
    return openChannel(adapterOf(given, ['mailbox']), parts as ChannelParts);
  };

  it('stamps what was fed back', () => {
    const { answer, raw } = open(session).stampFeedback(
      inquiry,
      askingOf(agencies[0]!, { firstSentAt: '2026-11-01T08:00:00+08:00' }),
      {
        said: emptyAnswer,
        raw: Buffer.from('feedback'),
        simulated: true,
      },
    );
    expect(answer).toMatchObject({
      verdict: 'nothing',
      attempt: 1,
      sentAt: '2026-11-01T00:00:00.000Z',
      nextAttemptAt: null,
      breakerState: null,
      simulated: true,
      rawHash: `sha256:${'1'.repeat(64)}`,
    });
    expect(raw).toHaveLength(1);
    expect(answerSchema.parse(answer)).toEqual(answer);
  });

  it('stamps what could not be sent', () => {
    const said = noAnswerSaid('identity-mismatch', { reasonCode: 'lossy-encoding' });
    expect(open(session).stampUnsent(inquiry, askingOf(agencies[0]!), said).answer).toMatchObject({
      reason: 'identity-mismatch',
      attempt: 0,
      sentAt: null,
      rawHash: null,
      nextAttemptAt: null,
    });
  });

  it('is not asked', () => {
    expect(() => open(session).ask(inquiry, everyone, never)).toThrow('they are not asked');
  });

  it('opens only with an adapter that can work as it is configured', () => {
    expect(() => open({ ask: nothingSaid })).toThrow('cannot work in mode mailbox');
    expect(() => open({ ask: nothingSaid }, { mode: 'call', baseUrl: 'http://127.0.0.1:1' })).toThrow(
      'cannot work in mode call',
    );
    expect(() => open(session, { settings: { surprise: 1 } })).toThrow(z.ZodError);
  });
});
