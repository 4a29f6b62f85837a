import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  blindIndex,
  blindIndexes,
  contentHash,
  equalsConstantTime,
  hashToken,
  open,
  seal,
  sealingKeyId,
  sha256Hex,
} from './crypto.ts';
import type { Keyring } from './keyring.ts';

const key = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });
const ring: Keyring = { keys: [key('new', 1), key('old', 2)] };
const oldRing: Keyring = { keys: [key('old', 2)] };
const text = Buffer.from('张三 110100199003074112', 'utf8');

describe('a sealed text', () => {
  it('opens with any key of the ring, in its own context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, context) => {
        expect(open(ring, seal(oldRing, bytes, context), context)).toEqual(Buffer.from(bytes));
        expect(open(ring, seal(ring, bytes, context), context)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('names the key that closed it and shows nothing else', () => {
    const envelope = seal(ring, text, 'debtors/1');
    expect(sealingKeyId(envelope)).toBe('new');
    expect(envelope.includes(Buffer.from('张三'))).toBe(false);
    expect(seal(ring, text, 'debtors/1').equals(envelope)).toBe(false);
  });

  it('opens nowhere else', () => {
    expect(() => open(ring, seal(ring, text, 'debtors/1'), 'debtors/2')).toThrow(
      expect.objectContaining({ code: 'not-authentic' }),
    );
    expect(() => open(oldRing, seal(ring, text, 'a'), 'a')).toThrow(expect.objectContaining({ code: 'key-unknown' }));
  });

  it('does not open when a byte was changed or lost', () => {
    const envelope = seal(ring, text, 'a');
    for (let at = 0; at < envelope.length; at += 1) {
      const changed = Buffer.from(envelope);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(ring, changed, 'a')).toThrow(expect.objectContaining({ name: 'SealBroken' }));
    }
    for (let length = 0; length < envelope.length; length += 1) {
      expect(() => open(ring, envelope.subarray(0, length), 'a')).toThrow(
        expect.objectContaining({ name: 'SealBroken' }),
      );
    }
  });
});

describe('a blind index', () => {
  it('is the same for the same value, and tells kinds and keys apart', () => {
    const index = blindIndex(ring, 'debtor.id-number', '110100199003074112');
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(blindIndex(ring, 'debtor.id-number', '110100199003074112')).toBe(index);
    expect(blindIndex(ring, 'debtor.phone', '110100199003074112')).not.toBe(index);
    expect(blindIndex(oldRing, 'debtor.id-number', '110100199003074112')).not.toBe(index);
  });

  it('is found again after the keys were rotated', () => {
    const before = blindIndex(oldRing, 'debtor.id-number', '110100199003074112');
    expect(blindIndexes(ring, 'debtor.id-number', '110100199003074112')).toContain(before);
  });
});

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
