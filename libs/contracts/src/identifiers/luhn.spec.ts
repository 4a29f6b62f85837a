import { describe, expect, it } from '@jest/globals';
import { passesLuhn } from './luhn.ts';

describe('the card hint', () => {
  it.each(['6299990000000000012', '6299990000000000020', '6299 9900 0000 0000 012'])('is given for %p', (text) => {
    expect(passesLuhn(text)).toBe(true);
  });

  it.each(['6299990000000000013', '629999000000000001X', '0', ''])('is not given for %p', (text) => {
    expect(passesLuhn(text)).toBe(false);
  });
});
