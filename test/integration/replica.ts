import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type BreakerRegister, type Channel, nothing, openChannel, section, type SharedPace } from '#adapter-kit';
import { agencyOf, inquiryAbout } from '#conformance';
import { type Adapter, type Answer, type BreakerReport, channelConfigSchema, noAnswerSaid } from '#contracts';
import { z } from 'zod';

export const sharedChannelId = 'bank.shared';
export const agency = agencyOf({ agencyId: 'bank.a', code: 'a', category: 'bank' });
const agencies = new Map([[agency.agencyId, agency]]);
const inquiry = inquiryAbout('person');

/** A real agency over HTTP that can be told to fail, and to take its time. */
export async function startAgency() {
  let calls = 0;
  let isDown = false;
  let held: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    const status = isDown ? 503 : 200;
    void held.then(() => response.writeHead(status).end('reply'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    down: (is: boolean) => void (isDown = is),
    /** Replies wait until what is given back is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const adapter: Adapter = {
  manifest: {
    id: 'any-bank',
    version: '1.0.0',
    modes: ['call'],
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
  open: () => ({
    async ask(_, { http }, signal) {
      const { status } = await http.send('/', { body: 'question', signal });
      return status === 200
        ? nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')] })
        : noAnswerSaid('unavailable', { reasonCode: `http-${status}` });
    },
  }),
};

interface ReplicaParts {
  readonly url: string;
  readonly register?: BreakerRegister;
  readonly sharedPace?: SharedPace;
  readonly config?: object;
}

export interface Replica {
  readonly channel: Channel;
  readonly reports: readonly BreakerReport[];
  readonly closedFor: readonly string[];
  ask(times?: number): Promise<Answer[]>;
  /** The state of the only agency's breaker. */
  state(): BreakerReport['state'];
}

/** One channel as one worker has it. Opened twice, these are two replicas. */
export function openReplica({ url, register, sharedPace, config = {} }: ReplicaParts): Replica {
  const reports: BreakerReport[] = [];
  const closedFor: string[] = [];
  let ids = 0;
  const hash = (value: unknown) => `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
  const base = { channelId: sharedChannelId, nameZh: '通道', nameEn: 'Channel', adapter: 'any-bank', mode: 'call' };
  const channel = openChannel(adapter, {
    config: channelConfigSchema.parse({ ...base, baseUrl: url, allowedNetworks: ['127.0.0.0/8'], ...config }),
    agencies,
    log: { warn: () => undefined },
    secret: () => '',
    now: () => new Date(),
    toInstant: (date) => date.toISOString(),
    newAnswerId: () => `ans_${(ids += 1)}`,
    contentHash: hash,
    rawHash: hash,
    random: () => 0,
    isPaused: () => false,
    onBreakerChange: (report) => void reports.push(report),
    onBreakerClosed: (agencyId) => void closedFor.push(agencyId),
    ...(register && { register }),
    ...(sharedPace && { sharedPace }),
  });
  return {
    channel,
    reports,
    closedFor,
    ask: (times = 1) => askMany(channel, times),
    state: () => channel.breakerStates()[0]?.state ?? 'closed',
  };
}

async function askMany(channel: Channel, times: number): Promise<Answer[]> {
  const asking = {
    agency,
    requestNumber: '1',
    attempt: 0,
    incompleteAttempts: 0,
    firstSentAt: null,
    dueAt: '2999-11-01T18:00:00+08:00',
    matchRule: 'name-and-id' as const,
    matchKeysSent: ['name' as const, 'id18' as const],
    maxAttempts: 4,
  };
  const answers: Answer[] = [];
  const askings = Array.from({ length: times }, () => asking);
  for await (const { answer } of channel.ask(inquiry, askings, new AbortController().signal)) answers.push(answer);
  return answers;
}

export const reasonOf = (answer: Answer): string => (answer.verdict === 'no-answer' ? answer.reason : answer.verdict);

/** Looks again until it is so; says what was waited for when it never becomes so. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    if (await isSo()) return;
    await wait(25);
  }
  throw new Error(`it never happened: ${what}`);
}
