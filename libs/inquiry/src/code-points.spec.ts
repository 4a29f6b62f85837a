import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareCodePoints, nullsLast } from './code-points.ts';

describe('code point order', () => {
  it('puts characters beyond the BMP behind all others', () => {
    expect(['𠮷', '\uff01', '张', 'b', 'a'].toSorted(compareCodePoints)).toEqual(['a', 'b', '张', '\uff01', '𠮷']);
  });

  it('agrees with the order of the code points themselves', () => {
    const points = (text: string): number[] => Array.from(text, (each) => each.codePointAt(0) ?? 0);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const [left, right] = [points(a), points(b)];
        const at = left.findIndex((point, index) => point !== right[index]);
        const expected = at < 0 ? left.length - right.length : left[at]! - (right[at] ?? -1);
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected));
      }),
      { seed: 1 },
    );
  });

  it('puts unknown values last', () => {
    expect([null, 'b', null, 'a'].toSorted((a, b) => nullsLast(a, b, compareCodePoints))).toEqual([
      'a',
      'b',
      null,
      null,
    ]);
  });
});
