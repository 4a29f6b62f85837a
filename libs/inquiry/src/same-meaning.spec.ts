import { describe, expect, it } from '@jest/globals';
import { sameMeaning, type Json } from './same-meaning.ts';

const code = (value: string, rawLabel: string): Json => ({
  code: value,
  label: { zh: '', en: '' },
  rawCode: null,
  rawLabel,
});

describe('sameness by meaning', () => {
  it.each<[string, Json, Json, string]>([
    ['decimals', '88.16', '88.1600', 'buildingArea'],
    ['money', { amount: '1.00', currency: 'CNY' }, { amount: '1', currency: 'CNY' }, 'balance'],
    ['plates', '京A·00000', '京a00000', 'plateNumber'],
    ['brackets and width', '示例（北京）支行', '示例(北京)支行', 'branchName'],
    ['moments', '2026-03-01T02:00:00Z', '2026-03-01T10:00:00+08:00', 'registeredAt'],
    ['codes with other raw labels', code('savings', '活期'), code('savings', '活期储蓄'), 'accountClass'],
    ['lists', ['1.0'], ['1'], 'any'],
  ])('holds for %s', (...[, a, b, path]) => {
    expect(sameMeaning(a, b, path)).toBe(true);
  });

  it.each<[string, Json, Json, string]>([
    ['numbers with leading zeros', '0012', '12', 'accountNumber'],
    ['amounts', '88.16', '88.17', 'balance'],
    ['a decimal point and none', '1.5', '15', 'rightArea'],
    ['currencies', { amount: '1', currency: 'CNY' }, { amount: '1', currency: 'USD' }, 'balance'],
    ['raw labels without a code of ours', code('other', '甲'), code('other', '乙'), 'accountClass'],
    ['lists of other length', ['1'], ['1', '2'], 'any'],
    ['null and a value', null, '0', 'any'],
  ])('does not hold for %s', (...[, a, b, path]) => {
    expect(sameMeaning(a, b, path)).toBe(false);
  });
});
