import { expect, it } from '@jest/globals';
import { amountOf, moneyOf } from './money.ts';

it.each([
  ['0', '0.00'],
  ['1234567.8', '1,234,567.80'],
  ['-1000', '-1,000.00'],
  ['999999999999999999.995', '999,999,999,999,999,999.995'],
])('%s is written %s', (amount, written) => expect(amountOf(amount)).toBe(written));

it('names the currency', () => {
  expect(moneyOf({ amount: '88.16', currency: 'CNY' })).toBe('¥88.16');
  expect(moneyOf({ amount: '88', currency: 'CHF' })).toBe('CHF 88.00');
});
