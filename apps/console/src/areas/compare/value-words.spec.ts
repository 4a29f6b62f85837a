import { expect, it } from '@jest/globals';
import { differenceWords, fieldOf, valueWords } from './value-words.ts';

it('tells what is not known from what is zero, and from what has no short form', () => {
  expect(valueWords(null)).toBeNull();
  expect(valueWords({ amount: '0.00', currency: 'CNY' })).toBe('¥0.00');
  expect(valueWords({ code: 'normal', label: { zh: '正常', en: 'normal' }, rawCode: null })).toBe('正常');
  expect(valueWords([{ a: 1 }])).toBeUndefined();
  expect(valueWords(['1', '2'])).toBe('1、2');
});

it('names a field by its path, and an entry of a list by the list', () => {
  expect(fieldOf('balance')).toBe('balance');
  expect(fieldOf('encumbrances[freeze|示例法院||2026-01-01].endsOn')).toBe('endsOn');
  expect(fieldOf('coRights[a.b]')).toBe('coRights');
});

it('gives every difference its sign', () => {
  const money = { amount: '1.00', currency: 'CNY' };
  expect(differenceWords({ before: money, difference: '1234.5' })).toBe('+1,234.50');
  expect(differenceWords({ before: money, difference: '-3' })).toBe('-3.00');
  expect(differenceWords({ before: '7', difference: '3' })).toBe('+3');
  expect(differenceWords({ before: '7', difference: null })).toBeNull();
});
