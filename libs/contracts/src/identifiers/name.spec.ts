import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseName, sameName } from './name.ts';

describe('two names', () => {
  it.each([
    ['示例（北京）商贸有限公司', '示例(北京)商贸有限公司'],
    [' 张三 ', '张三'],
    ['\u3000张三', '张三'],
    ['ＡＢＣ１２３公司', 'ABC123公司'],
    ['Jose\u0301', 'Jos\u00e9'],
  ])('agree: %p and %p', (a, b) => {
    expect(sameName(a, b)).toBe(true);
  });

  it.each([
    ['张三', '张三丰'],
    ['張三', '张三'],
    ['㼆三', '?三'],
    ['𠮷三', '吉三'],
    ['买买提·艾合买提', '买买提•艾合买提'],
    ['', ''],
    [' ', '　'],
  ])('do not agree: %p and %p', (a, b) => {
    expect(sameName(a, b)).toBe(false);
  });

  it('are normalised already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
      { seed: 18030, numRuns: 500 },
    );
  });
});
