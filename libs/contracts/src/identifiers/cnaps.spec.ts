import { describe, expect, it } from '@jest/globals';
import { hasCnapsForm } from './cnaps.ts';

describe('a CNAPS code', () => {
  it.each([
    ['999999000001', true],
    ['9999 9900 0001', true],
    ['99999900000', false],
    ['C9999900000001', false],
    ['', false],
  ])('in %p: %p', (text, expected) => {
    expect(hasCnapsForm(text)).toBe(expected);
  });
});
