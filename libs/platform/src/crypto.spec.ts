import { describe, expect, it } from '@jest/globals';
import { contentHash, equalsConstantTime, hashToken, sha256Hex } from './crypto.ts';

describe('a content hash', () => {
  it('does not depend on the order of keys', () => {
    expect(contentHash({ b: [1, 'x'], a: null })).toBe(contentHash({ a: null, b: [1, 'x'] }));
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
    expect(contentHash({})).toBe(`sha256:${sha256Hex('{}')}`);
  });

  it('exists for JSON only', () => {
    expect(() => contentHash(undefined)).toThrow('JSON');
  });
});

describe('a token', () => {
  it('is stored as a hash and compared as a whole', () => {
    expect(hashToken('ckt_abc')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(equalsConstantTime(hashToken('ckt_abc'), hashToken('ckt_abc'))).toBe(true);
    expect(equalsConstantTime('a', 'ab')).toBe(false);
  });
});
