import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { understand, understandEach } from './understand.ts';

const account = z.object({ number: z.string(), balance: z.string().nullable() });

describe('what an agency sent', () => {
  it('is understood by its schema, and more does no harm', () => {
    expect(understand(account, { number: '1', balance: null, more: true })).toEqual({ number: '1', balance: null });
  });

  it('is unintelligible by its paths, never by its values', () => {
    const payload = { accounts: [{ number: 110100199003074112, balance: '张三' }, { number: '1' }] };
    expect(() => understand(z.object({ accounts: z.array(account) }), payload)).toThrow(
      expect.objectContaining({
        reason: 'unintelligible',
        message: 'unexpected payload at: accounts.0.number, accounts.1.balance',
      }),
    );
  });

  it('repeats no key that may be a value', () => {
    const byName = z.record(z.string(), z.string());
    expect(() => understand(byName, { 张三: 1, '110100199003074112': 2 })).toThrow(
      expect.objectContaining({ message: 'unexpected payload at: *' }),
    );
  });

  it('names twenty paths at most', () => {
    const wrong = Array.from({ length: 1_000 }, () => 0);
    expect(() => understand(z.array(z.string()), wrong)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('20') }),
    );
  });
});

describe('rows', () => {
  it('are read one by one, and the unreadable ones are counted', () => {
    expect(understandEach(account, [{ number: '1', balance: '2' }, {}, null])).toEqual({
      read: [{ number: '1', balance: '2' }],
      unreadable: 2,
    });
    expect(understandEach(account, [])).toEqual({ read: [], unreadable: 0 });
  });
});
