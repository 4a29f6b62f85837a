import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ScopeName } from '#contracts';
import type { Caller } from '../access/caller.ts';
import { openOpsSessions } from './ops-session.ts';

const callerWith = (...scopes: ScopeName[]) => ({ via: 'tok_1', scopes: new Set(scopes) }) as unknown as Caller;
let now = new Date('2026-11-22T00:00:00Z');
let known = callerWith('operations:read');
const sessions = openOpsSessions({
  signature: (text) => createHmac('sha256', 'key').update(text).digest('hex'),
  isSame: (one, other) => one === other,
  register: {
    byId: async (tokenId) =>
      tokenId === 'tok_1' ? { caller: known } : { refused: 'not-signed-in', cause: 'unknown-token' },
  },
  now: () => now,
  secure: true,
});
const cookie = sessions.cookieFor(known).split(';')[0] ?? '';

describe('the session of an operator', () => {
  it('is a cookie for one place that no script reads', async () => {
    expect(sessions.cookieFor(known)).toMatch(/; Max-Age=900; Path=\/ops; HttpOnly; SameSite=Strict; Secure$/);
    expect(await sessions.callerOf(`other=1; ${cookie}; more=2`)).toBe(known);
  });

  it('is refused when changed, too old, or without the right any more', async () => {
    for (const wrong of [
      undefined,
      '',
      cookie.replace('tok_1', 'tok_2'),
      `${cookie.slice(0, -1)}${cookie.endsWith('0') ? '1' : '0'}`,
      cookie.replace(/\.(\d+)\./, (_, ms: string) => `.${Number(ms) + 1}.`),
    ]) {
      expect(await sessions.callerOf(wrong)).toBeNull();
    }
    known = callerWith('cases:read');
    expect(await sessions.callerOf(cookie)).toBeNull();
    known = callerWith('operations:read');
    now = new Date(now.getTime() + 900_000);
    expect(await sessions.callerOf(cookie)).toBeNull();
  });
});
