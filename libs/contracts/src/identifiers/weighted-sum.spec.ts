import { describe, expect, it } from '@jest/globals';
import { placeIn, weightedSum } from './weighted-sum.ts';

describe('a weighted sum', () => {
  it('adds weight times place in the alphabet', () => {
    expect(weightedSum('0BA', [7, 3, 2], placeIn('0AB'))).toBe(2 * 3 + 1 * 2);
  });

  it.each(['0B', '0BAA', '0BZ', ''])('refuses %p, which does not fit weights and alphabet', (text) => {
    expect(() => weightedSum(text, [7, 3, 2], placeIn('0AB'))).toThrow(RangeError);
  });

  it('does not quote the characters in its error', () => {
    expect(() => weightedSum('0ZA', [7, 3, 2], placeIn('0AB'))).toThrow('character 2 is outside the alphabet');
  });
});
