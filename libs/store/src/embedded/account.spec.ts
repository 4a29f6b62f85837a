import { describe, expect, it } from '@jest/globals';
import { chooseAccount, mayEnter, mayRead, parseAccounts } from './account.ts';

const passwd = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104::/var/lib/postgresql:/bin/bash',
  'broken',
  'odd:x:-2:-2::/:/bin/false',
].join('\n');
const accounts = parseAccounts(passwd);

describe('the account of the embedded server', () => {
  it('is never root, nor one whose number means nothing', () => {
    expect(accounts.map(({ name }) => name)).toEqual(['nobody', 'postgres']);
  });

  it('is the one for databases when there is one, else the one for nothing in particular', () => {
    expect(chooseAccount(accounts, null)?.name).toBe('postgres');
    expect(chooseAccount(accounts.slice(0, 1), null)?.name).toBe('nobody');
    expect(chooseAccount([], null)).toBeNull();
  });

  it('stays the one that owns the data', () => {
    expect(chooseAccount(accounts, { uid: 65534, gid: 65534, mode: 0o700 })?.name).toBe('nobody');
    expect(chooseAccount(accounts, { uid: 1000, gid: 1001, mode: 0o700 })).toEqual({
      name: 'uid 1000',
      uid: 1000,
      gid: 1001,
    });
    expect(chooseAccount(accounts, { uid: 0, gid: 0, mode: 0o700 })?.name).toBe('postgres');
  });

  it('enters and reads by the bits that apply to it', () => {
    const account = { name: 'postgres', uid: 101, gid: 104 };
    expect(mayEnter({ uid: 101, gid: 0, mode: 0o700 }, account)).toBe(true);
    expect(mayEnter({ uid: 101, gid: 0, mode: 0o077 }, account)).toBe(false);
    expect(mayEnter({ uid: 0, gid: 104, mode: 0o710 }, account)).toBe(true);
    expect(mayEnter({ uid: 0, gid: 0, mode: 0o710 }, account)).toBe(false);
    expect(mayRead({ uid: 0, gid: 0, mode: 0o744 }, account)).toBe(true);
    expect(mayRead({ uid: 0, gid: 0, mode: 0o700 }, account)).toBe(false);
  });
});
