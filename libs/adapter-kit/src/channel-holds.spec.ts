import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Adapter, channelConfigSchema, NoAnswer } from '#contracts';
import { agencyOf, inquiryAbout } from '#conformance';
import { z } from 'zod';
import { openChannel } from './channel.ts';
import { nothing } from './said.ts';
import { section } from './sections.ts';
import type { Answered, AskingRequest } from './stamp.ts';

const { signal } = new AbortController();
const agency = agencyOf({ agencyId: 'bank.a', code: 'a', category: 'bank' });
const request: AskingRequest = {
  ...{ agency, requestNumber: 'no-1', attempt: 0, incompleteAttempts: 0, firstSentAt: null, maxAttempts: 4 },
  ...{ dueAt: '2026-11-01T18:00:00+08:00', matchRule: 'name-and-id', matchKeysSent: ['name', 'id18'] },
};
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

/** A channel to an agency that replies with this status; suspected from the start if so given. */
async function given(status: number, { hold = true, suspected = false } = {}) {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(status).end('reply');
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const adapter: Adapter = {
    manifest: {
      ...{ id: 'any-bank', version: '1.2.3', modes: ['call'], categories: ['bank'], debtorKinds: ['natural'] },
      matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
      keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
      ...{ assetKinds: ['deposit-account'], sections: ['accounts'], delivers: [], legalPrerequisites: [] },
    },
    settings: z.strictObject({}),
    open: () => ({
      async ask(_, { http }, own) {
        const { body } = await http.send('/query', { signal: own });
        if (body.length === 0) throw new NoAnswer('unintelligible', 'no body');
        return nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')] });
      },
    }),
  };
  const heard: string[] = [];
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = {
    channelId: 'bank.any',
    nameZh: '通道',
    nameEn: 'Channel',
    adapter: 'any-bank',
    mode: 'call',
    baseUrl,
    allowedNetworks: ['127.0.0.0/8'],
  };
  const channel = openChannel(adapter, {
    config: channelConfigSchema.parse({ ...names, holdWhenUnauthorized: hold }),
    agencies: new Map([[agency.agencyId, agency]]),
    ...{ log: { warn: () => {} }, secret: () => '', isPaused: () => false, onBreakerChange: () => {}, random: () => 0 },
    now: () => new Date('2026-11-01T01:00:00.000Z'),
    toInstant: (date) => date.toISOString(),
    newAnswerId: () => 'ans_1',
    contentHash: () => `sha256:${'0'.repeat(64)}`,
    rawHash: () => `sha256:${'1'.repeat(64)}`,
    access: { refused: () => void heard.push('refused'), accepted: () => void heard.push('accepted') },
    isSuspected: () => suspected,
  });
  toClose.push(async () => {
    await channel.close();
    server.closeAllConnections();
    await new Promise((done) => void server.close(done));
  });
  const answers: Answered[] = [];
  for await (const each of channel.ask(inquiryAbout('person'), [request], signal)) answers.push(each);
  return { answer: answers[0]?.answer, heard };
}

describe('a channel whose access is refused', () => {
  it('keeps the line open, held, without counting an attempt', async () => {
    const { answer, heard } = await given(401);
    expect(answer).toMatchObject({
      ...{ verdict: 'no-answer', reason: 'pending', stage: 'held', reasonCode: 'unauthorized', attempt: 0 },
      nextAttemptAt: '2026-11-01T01:00:30.000Z',
    });
    expect(heard).toEqual(['refused']);
  });

  it('settles the line where it is not to be held', async () => {
    const { answer, heard } = await given(403, { hold: false });
    expect(answer).toMatchObject({ verdict: 'no-answer', reason: 'unauthorized', attempt: 1, nextAttemptAt: null });
    expect(heard).toEqual(['refused']);
  });

  it('hears of an answer that the access is accepted, and of a fault nothing', async () => {
    expect((await given(200)).heard).toEqual(['accepted']);
    expect((await given(500)).heard).toEqual([]);
  });
});

describe('a suspected agency', () => {
  it('has its nothing marked with the suspicion, and no other answer', async () => {
    expect((await given(200, { suspected: true })).answer).toMatchObject({
      verdict: 'nothing',
      suspicion: 'all-nothing',
    });
    expect((await given(200)).answer).not.toHaveProperty('suspicion');
    expect((await given(500, { suspected: true })).answer).not.toHaveProperty('suspicion');
  });
});
