import { describe, expect, it } from '@jest/globals';
import { amountText, exact, printedAmount } from './amounts.ts';

describe('amounts', () => {
  it('have the scale of their currency where that loses nothing', () => {
    expect(amountText(exact('88.1600'), 'CNY')).toBe('88.16');
    expect(amountText(exact('88.1601'), 'CNY')).toBe('88.1601');
    expect(amountText(exact('88'), 'JPY')).toBe('88');
  });

  it('are never rounded, however long', () => {
    const long = `${'9'.repeat(40)}.${'1'.repeat(19)}`;
    expect(amountText(exact(long).plus('0.00'), 'CNY')).toBe(long);
    expect(amountText(exact('0.1').plus('0.2'), 'CNY')).toBe('0.30');
  });

  it('are printed in groups of three', () => {
    expect(printedAmount('1234567.89', 'CNY')).toBe('¥1,234,567.89');
    expect(printedAmount('-1234', 'USD')).toBe('USD -1,234');
    expect(printedAmount('999.1234', 'CNY')).toBe('¥999.1234');
  });
});
