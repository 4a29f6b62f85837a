import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseCaseNumber, parseCaseNumber } from './case-number.ts';

const matched = (text: string, parts: readonly [year: number, court: string, type: string, number: string]) => ({
  outcome: 'matched',
  normalised: text,
  year: parts[0],
  court: parts[1],
  type: parts[2],
  number: parts[3],
  suffix: null,
});

describe('a case number', () => {
  it.each([
    '（2024）京0105执123号',
    '(2024)京0105执123号',
    ' （ 2024 ）京0105执 123 号 ',
    '（２０２４）京0105执123号',
    '(２０２４）京０１０５执１２３号',
    '（2024）京0105\u3000执123\u200b号',
  ])('is read from %p', (text) => {
    expect(parseCaseNumber(text)).toEqual(matched('（2024）京0105执123号', [2024, '京0105', '执', '123']));
  });

  it.each([
    ['（2024）最高法执监5号', { court: '最高法', type: '执监', number: '5' }],
    ['（2024）新执复3号', { court: '新', type: '执复', number: '3' }],
    ['（2024）京01执恢7号', { court: '京01', type: '执恢', number: '7' }],
    ['（2024）兵0801执保9号', { court: '兵0801', type: '执保', number: '9' }],
    ['（2024）内0102执异8号', { court: '内0102', type: '执异', number: '8' }],
    ['（2024）军01执协1号', { court: '军01', type: '执协', number: '1' }],
    ['（2024）京9901执他007号', { court: '京9901', type: '执他', number: '007' }],
  ])('names court, type and number of %s', (text, { court, type, number }) => {
    expect(parseCaseNumber(text)).toEqual(matched(text, [2024, court, type, number]));
  });

  it.each([
    ['（2024）京0105执123号之一', '之一'],
    ['（2026）京9901执1号之十二', '之十二'],
  ])('keeps the suffix of %s', (text, suffix) => {
    expect(parseCaseNumber(text)).toMatchObject({ outcome: 'matched', normalised: text, suffix });
  });

  it.each([
    '（2024）京0105民初123号',
    '（24）京0105执123号',
    '2024京0105执123号',
    '（2024）京0105执号',
    '（2024）京0105执123',
    '（2024）京0105执123号之1',
    '（2024）京0105执123号之上',
    '（2024）京0105执123号之',
    '（2024）京01057执1号',
    '（2024）蒙0102执8号',
    '（2026）京9901执1号协助查询存款通知书',
    '',
  ])('does not match in %p, and the text is kept', (text) => {
    expect(parseCaseNumber(text)).toEqual({ outcome: 'not-matched', normalised: text });
  });

  it('has further types by setting', () => {
    const text = '（2024）京0105财保12号';
    expect(parseCaseNumber(text).outcome).toBe('not-matched');
    expect(parseCaseNumber(text, ['财保'])).toEqual(matched(text, [2024, '京0105', '财保', '12']));
  });

  it('takes numerals for its suffix and no other character that lies between them', () => {
    const numerals = new Set('一二三四五六七八九十');
    const accepted: string[] = [];
    for (let code = 0x4e00; code <= 0x9fff; code += 1) {
      const character = String.fromCharCode(code);
      if (parseCaseNumber(`（2024）京01执1号之${character}`).outcome === 'matched') accepted.push(character);
    }
    expect(new Set(accepted)).toEqual(numerals);
  });

  it('is normalised already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normaliseCaseNumber(normaliseCaseNumber(text))).toBe(normaliseCaseNumber(text));
      }),
      { seed: 2016, numRuns: 500 },
    );
  });
});
