import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  calendarSchema,
  channelConfigSchema,
  plannedLineSchema,
  serviceHoursSchema,
  workingClock,
  type Agency,
  type Manifest,
} from '#contracts';
import { minute } from './made-up-answers.spec.ts';
import { planInquiry, type PlanInput } from './plan.ts';

const agency = (agencyId: string, changes: Partial<Agency> = {}): Agency => ({
  ...{ agencyId, code: 'C1', nameZh: '示例银行', nameEn: 'Sample Bank', category: 'bank', region: null },
  ...{ channelId: 'bank-national', typicalMs: 60_000, promisedMs: null },
  ...changes,
});
const channel = (channelId: string, changes: object = {}) =>
  channelConfigSchema.parse({
    ...{
      channelId,
      nameZh: '通道',
      nameEn: 'Channel',
      adapter: 'bank-zdz',
      mode: 'mailbox',
      requestNumber: 'A1{region}{date}{serial:4}',
    },
    ...changes,
  });
const manifest: Manifest = {
  ...{ id: 'bank-zdz', version: '1.2.3', modes: ['mailbox'], categories: ['bank'], debtorKinds: ['natural'] },
  matchRule: { natural: 'name-and-id', organisation: 'name-or-id' },
  keysSent: { natural: ['name', 'id18'], organisation: ['uscc'] },
  ...{
    assetKinds: ['deposit-account'],
    sections: ['accounts', 'transactions'],
    delivers: ['x'],
    legalPrerequisites: [],
  },
};
const input = (changes: Partial<PlanInput> = {}): PlanInput => ({
  inquiry: { requestedAt: minute(0), dueAt: minute(600), debtorKind: 'natural' },
  scope: { categories: 'all', agencies: 'all-entitled', except: [] },
  agencies: [agency('bank.a')],
  channels: new Map([['bank-national', channel('bank-national')]]),
  manifests: new Map([['bank-national', manifest]]),
  ...{ firstSerial: 7, shardSize: 2, date: '20260301' },
  ...changes,
});
const causes = (changes: Partial<PlanInput>) =>
  planInquiry(input(changes)).lines.map(({ notAskedCause }) => notAskedCause);

describe('a plan', () => {
  it('says of an asked agency how it is asked', () => {
    const plan = planInquiry(input());
    expect(plan.lines.map((each) => plannedLineSchema.parse(each))).toEqual([
      {
        ...{ agencyId: 'bank.a', agencyName: '示例银行', category: 'bank', region: null, notAskedCause: null },
        ...{ channelId: 'bank-national', mode: 'mailbox', adapterId: 'bank-zdz', adapterVersion: '1.2.3' },
        ...{ requestNumber: 'A1000000202603010007', matchRule: 'name-and-id', dueAt: minute(600), maxAttempts: 4 },
        ...{ shardNo: 0, channelPriority: 100, nothingIsReliable: true, matchKeysSent: ['name', 'id18'] },
        ...{ sections: ['accounts'], typicalMs: 60_000, promisedMs: null },
      },
    ]);
    expect(plan.shards).toEqual([{ channelId: 'bank-national', shardNo: 0, agencyIds: ['bank.a'] }]);
  });

  it('says of every other agency why it is not asked', () => {
    expect(causes({ scope: { categories: ['vehicle'], agencies: 'all-entitled', except: [] } })).toEqual([
      'out-of-scope',
    ]);
    expect(causes({ scope: { categories: 'all', agencies: ['bank.b'], except: [] } })).toEqual(['out-of-scope']);
    expect(causes({ scope: { categories: 'all', agencies: 'all-entitled', except: ['bank.a'] } })).toEqual([
      'out-of-scope',
    ]);
    expect(causes({ agencies: [agency('bank.a', { channelId: null })] })).toEqual(['not-connected']);
    expect(causes({ channels: new Map() })).toEqual(['not-connected']);
    expect(causes({ manifests: new Map() })).toEqual(['not-connected']);
    expect(causes({ channels: new Map([['bank-national', channel('bank-national', { enabled: false })]]) })).toEqual([
      'not-connected',
    ]);
    expect(causes({ agencies: [agency('wallet.a', { category: 'wallet' })] })).toEqual(['not-connected']);
    expect(causes({ inquiry: { requestedAt: minute(0), dueAt: minute(600), debtorKind: 'legal' } })).toEqual([
      'not-entitled',
    ]);
    const [line] = planInquiry(input({ manifests: new Map() })).lines;
    expect(plannedLineSchema.parse(line)).toMatchObject({
      channelId: null,
      requestNumber: null,
      dueAt: null,
      typicalMs: 60_000,
    });
  });

  it('numbers asked lines in order, without gaps', () => {
    const agencies = ['bank.c', 'bank.b', 'bank.a'].map((id) =>
      agency(id, { channelId: id === 'bank.b' ? null : 'bank-national' }),
    );
    const { lines } = planInquiry(input({ agencies: [agency('land.a', { category: 'real-estate' }), ...agencies] }));
    expect(lines.map(({ agencyId, requestNumber }) => [agencyId, requestNumber?.slice(-4)])).toEqual([
      ['bank.a', '0007'],
      ['bank.b', undefined],
      ['bank.c', '0008'],
      ['land.a', undefined],
    ]);
  });

  it('counts a promise in the working time of the channel', () => {
    const calendar = calendarSchema.parse({ calendarId: 'cn', timeZone: 'Asia/Shanghai', years: [] });
    const hours = serviceHoursSchema.parse({ calendar: 'cn', windows: [{ from: '08:00', to: '17:00' }] });
    const inquiry = { debtorKind: 'natural' as const, dueAt: '2026-12-20T00:00:00+08:00' };
    const plan = planInquiry(
      input({
        inquiry: { ...inquiry, requestedAt: '2026-11-20T16:00:00+08:00' }, // a Friday
        agencies: [
          agency('bank.a', { promisedMs: 7_200_000 }),
          agency('bank.b', { promisedWorkingDays: 1 }),
          agency('bank.c'),
        ],
        clocks: new Map([['bank-national', workingClock(hours, calendar)]]),
      }),
    );
    expect(plan.lines.map(({ dueAt }) => dueAt)).toEqual([
      '2026-11-23T09:00:00+08:00',
      '2026-11-23T17:00:00+08:00',
      '2026-12-20T00:00:00+08:00',
    ]);
  });

  it('is due when the agency promised, never after the inquiry', () => {
    const agencies = [agency('bank.a', { promisedMs: 3_600_000 }), agency('bank.b', { promisedMs: 86_400_000 })];
    expect(planInquiry(input({ agencies })).lines.map(({ dueAt }) => dueAt)).toEqual([minute(60), minute(600)]);
  });

  it('asks for transactions only when a period is given, and by the keys of the debtor’s kind', () => {
    const wide = { ...manifest, debtorKinds: ['natural', 'legal'] as Manifest['debtorKinds'] };
    const transactionPeriod = { from: '2026-01-01', to: '2026-02-01' };
    const inquiry = { requestedAt: minute(0), dueAt: minute(600), debtorKind: 'legal', transactionPeriod } as const;
    expect(planInquiry(input({ inquiry, manifests: new Map([['bank-national', wide]]) })).lines[0]).toMatchObject({
      ...{ sections: ['accounts', 'transactions'], matchKeysSent: ['uscc'], matchRule: 'name-or-id' },
    });
  });

  it('fills shards per channel up to their size', () => {
    const other = channel('bank-local');
    const agencies = ['a', 'b', 'c', 'd', 'e'].map((id, at) =>
      agency(`bank.${id}`, { channelId: at === 1 ? 'bank-local' : 'bank-national' }),
    );
    const { shards, lines } = planInquiry(
      input({
        agencies,
        channels: new Map([...input().channels, ['bank-local', other]]),
        manifests: new Map([...input().manifests, ['bank-local', manifest]]),
      }),
    );
    expect(shards).toEqual([
      { channelId: 'bank-local', shardNo: 0, agencyIds: ['bank.b'] },
      { channelId: 'bank-national', shardNo: 0, agencyIds: ['bank.a', 'bank.c'] },
      { channelId: 'bank-national', shardNo: 1, agencyIds: ['bank.d', 'bank.e'] },
    ]);
    expect(lines.map(({ shardNo }) => shardNo)).toEqual([0, 0, 0, 1, 1]);
  });

  it('does not depend on the order of the directory, and puts every asked agency into one shard', () => {
    const some = fc
      .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 })
      .chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length })));
    const plan = (ids: readonly number[]) =>
      planInquiry(
        input({
          agencies: ids.map((id) => agency(`bank.a${id}`, { channelId: id % 5 === 0 ? null : 'bank-national' })),
        }),
      );
    fc.assert(
      fc.property(some, ([ids, shuffled]) => {
        const { lines, shards } = plan(ids);
        expect(plan(shuffled)).toEqual({ lines, shards });
        expect(lines).toHaveLength(ids.length);
        const asked = lines.filter(({ notAskedCause }) => notAskedCause === null);
        expect(shards.flatMap(({ agencyIds }) => agencyIds)).toEqual(asked.map(({ agencyId }) => agencyId));
        expect(new Set(asked.map(({ requestNumber }) => requestNumber)).size).toBe(asked.length);
        expect(shards.every(({ agencyIds }) => agencyIds.length <= 2)).toBe(true);
      }),
      { seed: 7 },
    );
  });
});

describe('the keys of a line', () => {
  const keysOf = (identifiers: PlanInput['inquiry']['identifiers'], debtorKind: 'natural' | 'legal' = 'natural') => {
    const entitled = { ...manifest, debtorKinds: ['natural' as const, 'legal' as const] };
    const plan = planInquiry(
      input({
        inquiry: { requestedAt: minute(0), dueAt: minute(600), debtorKind, identifiers },
        manifests: new Map([['bank-national', entitled]]),
      }),
    );
    return plan.lines[0]?.matchKeysSent;
  };

  it('are those that the debtor has, never those that an adapter usually sends', () => {
    expect(keysOf([{ type: 'citizen-id', normalised: '110100199003074112' }])).toEqual(['name', 'id18']);
    expect(keysOf([{ type: 'citizen-id', normalised: '110100900307411' }])).toEqual(['name', 'id15']);
    expect(keysOf([{ type: 'passport', normalised: 'E00000000' }])).toEqual(['name']);
    expect(keysOf([{ type: 'uscc', normalised: '91110000MA00XY018L' }], 'legal')).toEqual(['uscc']);
    expect(keysOf([{ type: 'org-code', normalised: 'MA00XY018' }], 'legal')).toEqual(['org-code']);
  });
});
