import { describe, expect, it } from '@jest/globals';
import { plainSecretPaths } from './plain-secrets.ts';

describe('plain secrets', () => {
  it('are found by the name of their key, however deep', () => {
    const value = { a: { password: 'x' }, list: [{ apiKey: 1 }, { token: 'x' }], secret: 'x', other: 1 };
    expect(plainSecretPaths(value)).toEqual([
      ['a', 'password'],
      ['list', 0, 'apiKey'],
      ['list', 1, 'token'],
      ['secret'],
    ]);
  });

  it('are not references, nor keys that only speak of secrets', () => {
    expect(
      plainSecretPaths({
        password: { secret: 'bank-key' },
        tokenUrl: 'https://a.example',
        secretsDir: 'x',
        token: null,
      }),
    ).toEqual([]);
  });
});
