import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ciphers, keyedHash } from './ciphers.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** Published vectors: what the ciphers must give for given keys and nonces. */
const vectors = [
  {
    source: 'RFC 8998 A.1 (SM4-GCM)',
    algorithm: 'sm4-gcm',
    key: '0123456789ABCDEFFEDCBA9876543210',
    nonce: '00001234567800000000ABCD',
    aad: 'FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2',
    plain: `AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
      EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA`,
    sealed: `17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735
      D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D`,
    tag: '83DE3541E4C2B58177E065A9BF7B62EC',
  },
  {
    source: 'NIST, The Galois/Counter Mode of Operation (2005), test case 15 (AES-256)',
    algorithm: 'aes-256-gcm',
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    aad: '',
    plain: `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
      1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255`,
    sealed: `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
      8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad`,
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    source: 'the same, test case 16 (AES-256, additional data)',
    algorithm: 'aes-256-gcm',
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plain: `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
      1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39`,
    sealed: `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
      8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662`,
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
] as const;

describe('a cipher', () => {
  it.each(vectors)('gives what is published: $source', ({ algorithm, key, nonce, aad, plain, sealed, tag }) => {
    const made = ciphers[algorithm].seal(hex(key), { nonce: hex(nonce), aad: hex(aad), bytes: hex(plain) });
    expect(Buffer.from(made.sealed)).toEqual(hex(sealed));
    expect(Buffer.from(made.tag)).toEqual(hex(tag));
    expect(ciphers[algorithm].open(hex(key), made)).toEqual(hex(plain));
  });

  it.each(['aes-256-gcm', 'sm4-gcm'] as const)('%s opens what it sealed, of every length, and nothing else', (name) => {
    const cipher = ciphers[name];
    const chance = fc.record({
      key: fc.uint8Array({ minLength: cipher.keyBytes, maxLength: cipher.keyBytes }),
      nonce: fc.uint8Array({ minLength: 12, maxLength: 12 }),
      aad: fc.uint8Array({ maxLength: 60 }),
      bytes: fc.uint8Array({ maxLength: 300 }),
      flip: fc.nat(),
    });
    fc.assert(
      fc.property(chance, ({ key, nonce, aad, bytes, flip }) => {
        const parts = cipher.seal(key, { nonce, aad, bytes });
        expect(cipher.open(key, parts)).toEqual(Buffer.from(bytes));
        for (const part of ['nonce', 'aad', 'tag', 'sealed'] as const) {
          const changed = Buffer.from(parts[part]);
          if (changed.length === 0) continue;
          const at = flip % changed.length;
          changed[at] = changed[at]! ^ (1 << (flip % 8));
          expect(() => cipher.open(key, { ...parts, [part]: changed })).toThrow();
        }
        expect(() => cipher.open(key, { ...parts, tag: parts.tag.subarray(0, 12) })).toThrow();
      }),
    );
  });
});

describe('a keyed hash', () => {
  it('gives what is published: RFC 4231 test case 2 (HMAC-SHA-256)', () => {
    expect(keyedHash('hmac-sha256', Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('is HMAC over SM3 where it says so: RFC 2104 put together from SM3, whose value of "abc" is that of GB/T 32905 A.1', async () => {
    const { createHash } = await import('node:crypto');
    const sm3 = (...parts: Uint8Array[]) => createHash('sm3').update(Buffer.concat(parts)).digest();
    expect(sm3(Buffer.from('abc')).toString('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    const key = Buffer.alloc(64);
    Buffer.from('Jefe').copy(key);
    const pad = (byte: number) => key.map((each) => each ^ byte);
    const expected = sm3(pad(0x5c), sm3(pad(0x36), Buffer.from('text'))).toString('hex');
    expect(keyedHash('hmac-sm3', Buffer.from('Jefe'), 'text')).toBe(expected);
  });
});
