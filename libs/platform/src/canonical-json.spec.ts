import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, canonicalSha256 } from './canonical-json.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON values with keys and texts that need care: quotes, controls, accents, other planes. */
const character = fc.constantFrom('a', 'é', '"', '\\', '\n', '\u0001', '张', '𠮷', '\u2028', '\u00ff', '😀');
const text = fc.array(character, { maxLength: 80 }).map((characters) => characters.join(''));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie('any')),
    fc.dictionary(text, tie('any')),
  ),
})).any;

describe('canonical JSON', () => {
  it('is what the reference implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(value, (any) => expect(canonicalJson(any)).toBe(canonicalize(any))),
      { numRuns: 500 },
    );
  });

  it('gives the same hash in pieces and whole', () => {
    fc.assert(
      fc.property(value, (any) => expect(canonicalSha256(any)).toBe(sha256(canonicalJson(any)))),
      { numRuns: 300 },
    );
    const large = {
      b: { c: Array.from({ length: 3_000 }, (_, n) => ({ z: n, a: `第${n}家`, m: { y: null, x: [] } })) },
      a: {},
    };
    expect(canonicalSha256(large)).toBe(sha256(canonicalize(large) ?? ''));
  });

  it('leaves out what is undefined, as JSON does, and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: 1, c: undefined })).toBe('{"a":1}');
    expect(canonicalSha256({ b: undefined, a: 1 })).toBe(sha256('{"a":1}'));
    for (const wrong of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])
      expect(() => canonicalJson(wrong)).toThrow(TypeError);
    expect(() => canonicalSha256(undefined)).toThrow(TypeError);
  });

  it('does not mistake one shape for another', () => {
    expect(canonicalJson([{ b: 1, a: 2 }, { a: 1, b: 2 }, { 'b,a': 1 }, { ab: 1 }])).toBe(
      '[{"a":2,"b":1},{"a":1,"b":2},{"b,a":1},{"ab":1}]',
    );
  });
});
