import { describe, expect, it } from '@jest/globals';
import { courtTree } from '#contracts';
import { hashToken } from '#platform';
import { openTokenRegister } from './token-register.ts';

const officer = {
  userId: 'usr_a',
  name: '甲',
  courtCode: '1',
  courtName: '一',
  roles: ['officer' as const],
  agencyIds: [],
  phone: null,
  workCardNo: null,
  workCardFile: null,
  dutyCardNo: null,
  dutyCardFile: null,
  registrations: [],
};
const token = (name: string) => `ckt_${name}-000000000000000000`;
const entry = (name: string, more: object = {}) => ({
  tokenId: `tok_${name}`,
  userId: 'usr_a',
  tokenHash: hashToken(token(name)),
  scopes: null,
  expiresAt: null,
  ...more,
});
const now = new Date('2026-11-22T00:00:00Z');
const register = openTokenRegister({
  tokens: [
    entry('all'),
    entry('some', { scopes: ['cases:read', 'operations:write'] }),
    entry('late', { expiresAt: '2026-11-22T08:00:00+08:00' }),
    entry('nobody', { userId: 'usr_gone' }),
  ],
  people: { find: (userId) => (userId === officer.userId ? { ...officer, courts: courtTree([]) } : null) },
  stored: { use: async () => null, byId: async () => null },
  dayOf: () => '2026-11-22',
});
const scopesOf = async (authorization: string) => {
  const recognised = await register.recognise(authorization, now);
  return 'caller' in recognised ? [...recognised.caller.scopes] : recognised.refused;
};

describe('the register of tokens', () => {
  it('gives the scopes of the roles, or the part of them that the token has', async () => {
    expect(await scopesOf(`Bearer ${token('all')}`)).toContain('inquiries:write');
    expect(await scopesOf(`Bearer ${token('some')}`)).toEqual(['cases:read']);
  });

  it('refuses what is unknown, badly written or too old', async () => {
    expect(await scopesOf(`Bearer ${token('late')}`)).toBe('token-expired');
    for (const header of [
      '',
      'Bearer',
      `Basic ${token('all')}`,
      token('all'),
      `Bearer ${token('other')}`,
      `Bearer ${token('nobody')}`,
      `Bearer  ${token('all')}`,
      `Bearer ${token('all')} x`,
    ]) {
      expect([header, await scopesOf(header)]).toEqual([header, 'not-signed-in']);
    }
  });
});
