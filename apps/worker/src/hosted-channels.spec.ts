import { describe, expect, it } from '@jest/globals';
import { channelConfigSchema, type ChannelConfig } from '#contracts';
import { agencyOf } from '#conformance';
import { openChannels, type OpenChannelsOptions, secretNames } from './hosted-channels.ts';

const bank = channelConfigSchema.parse({
  ...{ channelId: 'bank-national', nameZh: '银行', nameEn: 'Banks', adapter: 'bank-zdz', mode: 'mailbox' },
  settings: {
    door: {
      path: '/doors/bank-national',
      loginPattern: { usernamePrefix: 'YH', passwordRef: { secret: 'bank-passwords' }, passwords: 'derived' },
    },
  },
});
const registry = channelConfigSchema.parse({
  ...{ channelId: 'registry-city', nameZh: '登记', nameEn: 'Registries', adapter: 'real-estate', mode: 'call' },
  baseUrl: 'http://127.0.0.1:1/{code}',
  settings: {
    ...{ wire: 'city-rest', orgId: '990100' },
    credentials: { username: 'court-990100', passwordRef: { secret: 'registry-password' } },
  },
});

const options = (configs: readonly ChannelConfig[], changes: Partial<OpenChannelsOptions> = {}) => ({
  configs,
  secretOf: () => null,
  agencies: [
    { ...agencyOf({ agencyId: 'bank.a', code: 'C1', category: 'bank' }), channelId: 'bank-national' },
    { ...agencyOf({ agencyId: 'bank.b', code: 'C2', category: 'bank' }), channelId: null },
    { ...agencyOf({ agencyId: 'registry.a', code: '110100', category: 'real-estate' }), channelId: 'registry-city' },
  ],
  production: false,
  clocks: new Map(),
  keepReply: async () => undefined,
  isPaused: () => false,
  accessOf: () => ({ refused: () => {}, accepted: () => {} }),
  secretProblem: () => null,
  parts: {
    ...{ log: { warn: () => {} }, now: () => new Date(0), toInstant: () => '', newAnswerId: () => 'ans_1' },
    ...{ contentHash: () => '', rawHash: () => '', random: () => 0.5 },
    ...{ secret: () => 'a long enough secret', onBreakerChange: () => {} },
  },
  ...changes,
});
function problemsOf(given: OpenChannelsOptions): string[] {
  const opened = openChannels(given);
  if (!('problems' in opened)) throw new Error('it should not open');
  return opened.problems.map(({ channelId, path, expected }) => `${channelId} ${path}: ${expected}`);
}

describe('the channels of a worker', () => {
  it('are opened with the agencies that belong to each', async () => {
    const opened = openChannels(options([bank, registry]));
    if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
    const agencies = [...opened.channels].map(([id, { channel }]) => [id, ...channel.agencies.keys()]);
    expect(agencies).toEqual([
      ['bank-national', 'bank.a'],
      ['registry-city', 'registry.a'],
    ]);
    for (const { channel } of opened.channels.values()) await channel.close();
  });

  it('may have a clerk on the other side, who needs no session', async () => {
    const desk = channelConfigSchema.parse({
      ...{ channelId: 'manual-desk', nameZh: '窗口', nameEn: 'Desk', adapter: 'manual', mode: 'manual' },
    });
    const opened = openChannels(options([desk]));
    if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
    const channel = opened.channels.get('manual-desk')?.channel;
    expect(channel?.mode).toBe('manual');
    await channel?.close();
  });

  it('are refused with all problems of all of them at once, also a simulator in production', () => {
    const problems = problemsOf(
      options(
        [
          { ...bank, mode: 'call', simulated: true },
          { ...registry, baseUrl: null, settings: { ...registry.settings, orgIdd: 'x' } },
          { ...registry, channelId: 'other', adapter: 'no-such-adapter' },
        ],
        { production: true, secretProblem: (name) => `a secret ${name}` },
      ),
    );
    expect(problems).toEqual([
      'bank-national simulated: false: the production profile loads no simulator',
      'bank-national mode: one of: mailbox, batch',
      'bank-national baseUrl: the address of the endpoint',
      'bank-national settings: a secret bank-passwords',
      'registry-city baseUrl: the address of the endpoint',
      expect.stringMatching(/^registry-city settings.*orgIdd/),
      'registry-city settings: a secret registry-password',
      'other adapter: one of: bank-zdz, iso20022-auth, manual, real-estate, vehicle',
    ]);
  });

  it('may be simulated outside production only', () => {
    const simulated = { ...bank, simulated: true };
    expect(problemsOf(options([simulated], { production: true }))).toHaveLength(1);
    expect('channels' in openChannels(options([simulated]))).toBe(true);
  });

  it('never repeat a value of the settings', () => {
    const settings = { ...registry.settings, orgId: 42, wire: 'hunter2', credentials: 'hunter2' };
    expect(problemsOf(options([{ ...registry, settings }])).join('\n')).not.toContain('hunter2');
  });
});

describe('the secrets of a channel', () => {
  it('are found however deep they lie', () => {
    const settings = {
      a: { secret: 'one' },
      b: [{ c: { secret: 'two' } }, 'secret', null],
      secret: { secret: 'three' },
    };
    expect(secretNames(settings)).toEqual(['one', 'two', 'three']);
    expect(secretNames({ secret: 'one', and: 'more' })).toEqual([]);
    expect(secretNames(null)).toEqual([]);
  });
});
