import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldCode, foldText } from './fold-code.ts';

describe('a folded code', () => {
  it('is half-width, in capitals and without white space, hyphens and invisible marks', () => {
    expect(foldCode(' ｍａ００-xy－01–8\u200b\u202d\u3000')).toBe('MA00XY018');
  });

  it('keeps the length of letters that have no single capital', () => {
    expect(foldCode('ß')).toBe('ß');
  });

  it('is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldCode(foldCode(text))).toBe(foldCode(text));
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { seed: 37346, numRuns: 500 },
    );
  });
});
