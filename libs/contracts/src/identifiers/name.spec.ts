import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseName, rareCharacters, sameName } from './name.ts';

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

describe('the rare characters of a name', () => {
  it('are named by their code points, each once, in order', () => {
    expect(rareCharacters('王㼆𠮷䶮𠮷')).toEqual([
      { character: '㼆', label: 'U+3F06' },
      { character: '𠮷', label: 'U+20BB7' },
      { character: '䶮', label: 'U+4DAE' },
    ]);
  });

  it('are shown as typed, a variation selector among them', () => {
    expect(rareCharacters('葛\u{E0100}').map((each) => each.label)).toEqual(['U+E0100']);
  });

  it.each(['张三', '买买提·艾合买提', '示例（北京）商贸有限公司', ''])('are none in %p', (name) => {
    expect(rareCharacters(name)).toEqual([]);
  });
});
