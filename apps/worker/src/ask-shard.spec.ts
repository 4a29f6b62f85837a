import { describe, expect, it } from '@jest/globals';
import type { Answered, AskingRequest, Channel } from '#adapter-kit';
import { agencyOf, inquiryAbout } from '#conformance';
import { type Answer, channelConfigSchema, type PlannedLine } from '#contracts';
import type { AskedSoFar, ShardWork, Store } from '#store';
import { askShard } from './ask-shard.ts';
import { ShardLost } from './journal-writer.ts';
import type { WorkerParts } from './worker-parts.ts';

const now = new Date('2026-03-01T10:00:00.000Z');
const later = '2026-03-01T10:05:00.000Z';
const job = { inquiryId: 'inq_1', channelId: 'registry-city', shardNo: 0, generation: 0 };
const context = { signal: new AbortController().signal, hasParent: true };

const line = (agencyId: string): PlannedLine =>
  ({
    ...{ agencyId, requestNumber: `R-${agencyId}`, matchRule: 'id-only', dueAt: later },
    ...{ matchKeysSent: ['id18'], maxAttempts: 3 },
  }) as unknown as PlannedLine;

const work = (changes: Partial<ShardWork> = {}): ShardWork => ({
  ...{ fence: 5, generation: 0, mode: 'call', inquiry: inquiryAbout('person'), latest: new Map() },
  ...{ lines: [line('registry.a'), line('registry.b')], dueAt: later, closedAt: null, cancelled: false, paused: false },
  ...changes,
});

const tried = (nextAttemptAt: string | null): AskedSoFar => ({
  ...{ attempts: 1, incompleteAttempts: 0, firstSentAt: now.toISOString(), nextAttemptAt, settled: false, said: null },
});

interface Given {
  readonly begun?: ShardWork | null;
  readonly kept?: boolean; // settle and wait find the claim still ours
  readonly says?: (agencyId: string) => Partial<Answer>;
  readonly write?: (agencyId: string) => Promise<void>;
  readonly mode?: 'call' | 'mailbox';
  readonly othersSettled?: boolean;
}

/** The worker's parts as plain objects that write down what they are told. */
function given({
  begun = work(),
  kept = true,
  says = nothing,
  write = stored,
  mode = 'call',
  othersSettled = true,
}: Given) {
  const told: string[] = [];
  const asked: AskingRequest[] = [];
  const unsent: string[] = [];
  const agencies = new Map(
    ['registry.a', 'registry.b'].map((agencyId) => [
      agencyId,
      agencyOf({ agencyId, code: agencyId, category: 'real-estate' }),
    ]),
  );
  const channel = {
    agencies,
    session: {},
    stampUnsent: (_: unknown, { requestNumber, agency }: AskingRequest, said: { reason: string }) => {
      unsent.push(`${requestNumber} ${said.reason}`);
      return { answer: { agencyId: agency.agencyId, ...said }, raw: [] };
    },
    async *ask(_: unknown, askings: readonly AskingRequest[], signal: AbortSignal) {
      for (const asking of askings) {
        await new Promise((next) => setImmediate(next));
        if (signal.aborted) return;
        asked.push(asking);
        const { agencyId, category } = asking.agency;
        yield { answer: { agencyId, category, ...says(agencyId) }, raw: [] } as unknown as Answered;
      }
    },
  } as unknown as Channel;
  const config = channelConfigSchema.parse({
    ...{ channelId: job.channelId, nameZh: '登记', nameEn: 'Registries', adapter: 'real-estate', mode },
  });
  const shards = {
    begin: () => Promise.resolve(begun),
    settle: ({ fence }: { fence: number }) => Promise.resolve(told.push(`settle ${fence}`) > 0 && kept),
    wait: ({ until }: { until: Date }) => Promise.resolve(told.push(`wait ${until.toISOString()}`) > 0 && kept),
    state: () => Promise.resolve([{ settled: true }, { settled: othersSettled }]),
  };
  const parts = {
    ...{
      workerId: 'w1',
      store: { shards } as unknown as Store,
      channels: new Map([[job.channelId, { config, channel }]]),
    },
    queue: { requestMerge: (id: string) => Promise.resolve(void told.push(`merge ${id}`)) },
    journal: { write: (_: unknown, { answer }: Answered) => write(answer.agencyId), drain: stored },
    clock: { now: () => now, monotonicMs: () => 0 },
    log: { info: (event: string) => void told.push(event) },
    metrics: { answered: () => {} },
  } as unknown as WorkerParts;
  return { parts, told, asked, unsent };
}
const stored = () => Promise.resolve();
const nothing = (): Partial<Answer> => ({ verdict: 'nothing' });
const noAnswer = (nextAttemptAt: string | null) => (): Partial<Answer> => ({
  ...{ verdict: 'no-answer', reason: 'timed-out', nextAttemptAt },
});

describe('the asking of a shard', () => {
  it('is done when every agency has its answer in the journal', async () => {
    const { parts, told, asked } = given({});
    expect(await askShard(parts, job, context)).toEqual({ state: 'done' });
    expect(asked.map(({ requestNumber, attempt }) => [requestNumber, attempt])).toEqual([
      ['R-registry.a', 0],
      ['R-registry.b', 0],
    ]);
    expect(told).toEqual(['settle 5', 'shard.settled']);
  });

  it('comes again at the earliest next attempt', async () => {
    const soon = '2026-03-01T10:01:00.000Z';
    const says = (agencyId: string) => noAnswer(agencyId === 'registry.a' ? later : soon)();
    const { parts, told } = given({ says });
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at: new Date(soon) });
    expect(told).toEqual([`wait ${soon}`]);
  });

  it('is done also without an answer when nobody is to be asked again', async () => {
    const { parts } = given({ says: noAnswer(null) });
    expect(await askShard(parts, job, context)).toEqual({ state: 'done' });
  });

  it('asks only those whose time has come', async () => {
    const latest = new Map([
      ['registry.a', tried(later)],
      ['registry.b', tried('2026-03-01T09:59:00.000Z')],
    ]);
    const { parts, asked } = given({ begun: work({ latest }) });
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at: new Date(later) });
    expect(asked.map(({ agency, attempt }) => [agency.agencyId, attempt])).toEqual([['registry.b', 1]]);
  });

  it('asks nobody when the shard is settled or belongs to a newer generation', async () => {
    const { parts, asked, told } = given({ begun: null });
    expect(await askShard(parts, job, context)).toEqual({ state: 'done' });
    expect([asked, told]).toEqual([[], []]);
  });

  it('looks again soon when somebody came in between', async () => {
    const { parts, told } = given({ kept: false });
    const outcome = await askShard(parts, job, context);
    expect(outcome).toEqual({ state: 'later', at: new Date(now.getTime() + 250) });
    expect(told).toEqual(['settle 5']);
  });

  it('stops asking when it has lost its claim, and says so', async () => {
    const lost = new ShardLost('taken over');
    const { parts, asked, told } = given({ write: () => Promise.reject(lost) });
    await expect(askShard(parts, job, context)).rejects.toBe(lost);
    expect(asked).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('settles nothing when it is stopped halfway', async () => {
    const stopping = new AbortController();
    const says = () => {
      stopping.abort(new Error('stopping'));
      return nothing();
    };
    const { parts, asked, told } = given({ says });
    await expect(askShard(parts, job, { ...context, signal: stopping.signal })).rejects.toThrow('stopping');
    expect([asked.length, told]).toEqual([1, []]);
  });

  it('fails visibly when the channel is not hosted here, or an agency has left it', async () => {
    const { parts } = given({});
    await expect(askShard(parts, { ...job, channelId: 'other' }, context)).rejects.toMatchObject({
      code: 'channel-not-hosted',
    });
    const gone = given({ begun: work({ lines: [line('registry.gone')] }) });
    await expect(askShard(gone.parts, job, context)).rejects.toMatchObject({ code: 'line-without-agency' });
    expect(gone.told).toEqual([]);
  });

  it('asks for the merge itself when it has no parent, and only when nothing else is open', async () => {
    const alone = given({});
    await askShard(alone.parts, job, { ...context, hasParent: false });
    expect(alone.told).toEqual(['settle 5', 'shard.settled', 'merge inq_1']);
    const others = given({ othersSettled: false });
    await askShard(others.parts, job, { ...context, hasParent: false });
    expect(others.told).not.toContain('merge inq_1');
  });

  it.each(['call', 'mailbox'] as const)('sends nothing in mode %s while the inquiry is held', async (mode) => {
    const { parts, told, asked } = given({ mode, begun: work({ mode, paused: true }) });
    const at = new Date(now.getTime() + 60_000);
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at });
    expect([told, asked]).toEqual([[`wait ${at.toISOString()}`], []]);
  });

  it('lets time run out while the inquiry is held', async () => {
    const written: string[] = [];
    const lines = ['registry.a', 'registry.b'].map((agencyId) => ({ ...line(agencyId), dueAt: now.toISOString() }));
    const begun = work({ paused: true, lines });
    const write = (agencyId: string) => Promise.resolve(void written.push(agencyId));
    const { parts, told, asked } = given({ begun, write });
    expect(await askShard(parts, job, context)).toEqual({ state: 'done' });
    expect([written, told, asked]).toEqual([['registry.a', 'registry.b'], ['settle 5', 'shard.settled'], []]);
  });

  it('waits in mode mailbox until the due time', async () => {
    const { parts, told, asked } = given({ mode: 'mailbox', begun: work({ mode: 'mailbox' }) });
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at: new Date(later) });
    expect([told, asked]).toEqual([[`wait ${later}`], []]);
  });

  it('lets each line of a mailbox be overdue at its own time, and waits on for the others', async () => {
    const lines = [{ ...line('registry.a'), dueAt: now.toISOString() }, line('registry.b')];
    const { parts, told, unsent } = given({ mode: 'mailbox', begun: work({ mode: 'mailbox', lines }) });
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at: new Date(later) });
    expect(unsent).toEqual(['R-registry.a overdue']);
    expect(told).toEqual([`wait ${later}`]);
  });

  it('gives a line that is asked anew the time of the re-query', async () => {
    const lines = [{ ...line('registry.a'), dueAt: now.toISOString() }];
    const begun = work({ mode: 'mailbox', lines, generation: 2 });
    const { parts, unsent } = given({ mode: 'mailbox', begun });
    expect(await askShard(parts, job, context)).toEqual({ state: 'later', at: new Date(later) });
    expect(unsent).toEqual([]);
  });
});
