import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskAccount, maskIdentifier, maskThirdPartyName } from './mask.ts';

const runs = { seed: 13, numRuns: 500 };
const numbers = fc
  .array(fc.constantFrom(...Array.from('0123456789ABCXYZ')), { maxLength: 40 })
  .map((characters) => characters.join(''));
const shown = (masked: string) => masked.replaceAll('*', '').length;

describe('a masked identity number', () => {
  it.each([
    ['110100199003074112', '1101**********4112'],
    ['110100900307411', '1101*******7411'],
    ['91110000MA00XY018L', '9111**********018L'],
    ['MA00XY018', 'MA00*Y018'],
    ['E0000001', '******01'],
    ['123', '*23'],
    ['12', '**'],
    ['1', '*'],
    ['', ''],
  ])('of %p is %p', (number, masked) => {
    expect(maskIdentifier(number)).toBe(masked);
  });

  it('shows at most eight characters, never all of them, and keeps its length', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const masked = maskIdentifier(number);
        expect(shown(masked)).toBeLessThanOrEqual(8);
        expect(shown(masked)).toBeLessThanOrEqual(Math.max(0, number.length - 1));
        expect(masked).toHaveLength(number.length);
      }),
      runs,
    );
  });
});

describe('a masked account', () => {
  it.each([
    ['6299990000000000012', '6299****0012'],
    ['00000001', '****01'],
    ['12', '****'],
  ])('of %p is %p', (account, masked) => {
    expect(maskAccount(account)).toBe(masked);
  });

  it('shows at most eight characters and never all of them', () => {
    fc.assert(
      fc.property(numbers, (account) => {
        expect(shown(maskAccount(account))).toBeLessThanOrEqual(8);
        expect(shown(maskAccount(account))).toBeLessThanOrEqual(Math.max(0, account.length - 1));
      }),
      runs,
    );
  });
});

describe('a masked name of a third party', () => {
  it.each([
    ['张三', '张*'],
    ['王小五', '王*'],
    ['欧阳某某', '欧阳*'],
    ['欧阳', '欧*'],
    ['𠮷田某', '𠮷*'],
    ['葛\u{E0100}某', '葛\u{E0100}*'],
    ['买买提·艾合买提', '买*'],
    ['张', '*'],
    [' ', '*'],
  ])('of %p is %p', (name, masked) => {
    expect(maskThirdPartyName(name)).toBe(masked);
  });
});
