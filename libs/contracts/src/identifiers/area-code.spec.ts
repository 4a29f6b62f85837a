import { describe, expect, it } from '@jest/globals';
import { describeArea, provinces } from './area-code.ts';

describe('the province table', () => {
  it('has the 34 units of GB/T 2260, each code and name once', () => {
    expect(provinces).toHaveLength(34);
    expect(new Set(provinces.map((each) => each.code)).size).toBe(34);
    expect(new Set(provinces.map((each) => each.zh)).size).toBe(34);
    expect(new Set(provinces.map((each) => each.en)).size).toBe(34);
  });

  it('has the characters of case numbers and of plates, which differ in two units', () => {
    const text = (field: 'caseCharacter' | 'plateCharacter') => provinces.map((each) => each[field] ?? '').join('');
    expect(text('caseCharacter')).toBe('京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新');
    expect(text('plateCharacter')).toBe('京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新');
  });
});

describe('an area code', () => {
  it.each([
    ['110100', '北京'],
    ['11', '北京'],
    ['1501', '内蒙古'],
    ['８２００００', '澳门'],
  ])('knows the province of %s', (code, zh) => {
    expect(describeArea(code)).toMatchObject({ known: true, province: { zh } });
  });

  it.each(['990100', '110', '11010', '', '北京'])('keeps %p as unknown', (code) => {
    expect(describeArea(code)).toEqual({ code, known: false, province: null });
  });
});
