import { setImmediate as settled } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ChannelConfig } from '#contracts';
import { accessOf, type HoldParts } from './access-holds.ts';

function given(holdWhenUnauthorized = true) {
  const held: (string | null)[] = [];
  const paused: unknown[] = [];
  const told: unknown[] = [];
  const parts = {
    store: {
      controls: {
        pause: async ({ agencyId, by, reason }: Record<string, string>) => void paused.push([agencyId, by, reason]),
      },
      operationsEvents: {
        tell: async (event: Record<string, unknown>) => void told.push([event['kind'], event['agencyId']]),
      },
    },
    pauses: { hold: (_: string, agencyId: string | null) => void held.push(agencyId) },
    clock: { now: () => new Date(0) },
    log: { warn: () => {}, error: () => {} },
  } as unknown as HoldParts;
  const config = { channelId: 'bank-national', holdWhenUnauthorized } as ChannelConfig;
  return { held, paused, told, access: accessOf(config, parts) };
}

describe('a refused access', () => {
  it('holds the agency at once, and the channel when nobody lets us in', async () => {
    const { access, held, paused, told } = given();
    access.refused('bank.a');
    access.refused('bank.a');
    access.refused('bank.b');
    expect(held).toEqual(['bank.a', 'bank.a', 'bank.b']);
    access.refused('bank.c');
    expect(held.at(-1)).toBeNull();
    await settled();
    expect(paused).toContainEqual(['bank.a', 'system', 'unauthorized']);
    expect(paused.at(-1)).toEqual([null, 'system', 'unauthorized']);
    expect(told.at(-1)).toEqual(['channel-unauthorized', null]);
  });

  it('is one agency’s own when others let us in', () => {
    const { access, held } = given();
    for (const agencyId of ['bank.a', 'bank.b', 'bank.c', 'bank.d']) {
      access.refused(agencyId);
      access.accepted('bank.z');
    }
    expect(held).toEqual(['bank.a', 'bank.b', 'bank.c', 'bank.d']);
  });

  it('is told and holds nothing where a channel is not to be held', async () => {
    const { access, held, paused, told } = given(false);
    access.refused('bank.a');
    await settled();
    expect([held, paused, told]).toEqual([[], [], [['channel-unauthorized', 'bank.a']]]);
  });
});

describe('an endpoint in a network that may not be called', () => {
  it('is told to operators, and holds nobody', async () => {
    const { access, held, paused, told } = given();
    access.denied?.('bank.a');
    await settled();
    expect([held, paused, told]).toEqual([[], [], [['channel-address-denied', 'bank.a']]]);
  });
});
