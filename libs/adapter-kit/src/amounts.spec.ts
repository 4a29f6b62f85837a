import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalSchema, moneySchema } from '#contracts';
import { money, readCurrency, readDecimal } from './amounts.ts';
import { readFraction } from './fractions.ts';

describe('a number of the wire', () => {
  it.each([
    ['00123.40', '123.40'],
    ['0.00', '0.00'],
    ['-0.00', '0.00'],
    ['-3.10', '-3.10'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['88.1600', '88.1600'],
    ['１２３．４', '123.4'],
    ['1,234,567.89', '1234567.89'],
    ['000', '0'],
  ])('%s is %s', (text, expected) => {
    expect(readDecimal(text, 'YE')).toEqual({ value: expected, warnings: [] });
  });

  it.each([null, undefined, '', '-', ' '])('%p is unknown, and not zero', (text) => {
    expect(readDecimal(text, 'YE')).toEqual({ value: null, warnings: [] });
  });

  it.each(['可用资产数额', '1e5', '1.2.3', '12,34.5', '1,234', '5.', '.', '0x10', '1 000', 'Infinity', '9'.repeat(61)])(
    '%s is unknown with a warning',
    (text) => {
      expect(readDecimal(text, 'YE')).toEqual({
        value: null,
        warnings: [{ code: 'number-unparseable', path: 'YE', raw: text }],
      });
    },
  );

  it('is a decimal of the report or unknown, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0019.,-+ e万')) }), (text) => {
        const { value } = readDecimal(text, 'x');
        expect(value === null || decimalSchema.safeParse(value).success).toBe(true);
      }),
      { seed: 754, numRuns: 1_000 },
    );
  });
});

describe('a currency of the wire', () => {
  it.each([
    ['156', 'CNY'],
    ['人民币', 'CNY'],
    ['CNY', 'CNY'],
    ['RMB', 'CNY'],
    ['cny', 'CNY'],
    ['840', 'USD'],
    ['美元', 'USD'],
    ['EUR', 'EUR'],
  ])('%s is %s', (text, expected) => {
    expect(readCurrency(text, 'BZ', null)).toEqual({ value: expected, warnings: [] });
  });

  it('is the declared one where it is missing, and unknown with a warning where none is declared', () => {
    expect(readCurrency('', 'BZ', 'CNY')).toEqual({ value: 'CNY', warnings: [] });
    expect(readCurrency(null, 'BZ', null)).toEqual({
      value: null,
      warnings: [{ code: 'currency-missing', path: 'BZ', raw: null }],
    });
  });

  it.each(['01', 'XXX', 'ABC', '元', 'toString'])('%s is unknown, also where one is declared', (text) => {
    expect(readCurrency(text, 'BZ', 'CNY')).toEqual({
      value: null,
      warnings: [{ code: 'currency-unknown', path: 'BZ', raw: text }],
    });
  });
});

describe('money', () => {
  it.each([
    ['88.1600', 'CNY', '88.16'],
    ['88.1650', 'CNY', '88.165'],
    ['88', 'CNY', '88.00'],
    ['0.00', 'CNY', '0.00'],
    ['-3.1', 'USD', '-3.10'],
    ['100.00', 'JPY', '100'],
    ['100.50', 'JPY', '100.5'],
    ['1.5', 'KWD', '1.500'],
  ])('of %s %s is written %s', (amount, currency, expected) => {
    expect(money(amount, currency)).toEqual({ amount: expected, currency });
  });

  it('is unknown if a part of it is', () => {
    expect([money(null, 'CNY'), money('1', null)]).toEqual([null, null]);
  });

  it('keeps its value to the last digit', () => {
    const digits = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.stringMatching(/^\d{0,6}$/));
    fc.assert(
      fc.property(digits, fc.constantFrom('CNY', 'JPY', 'KWD'), ([whole, fraction], currency) => {
        const amount = fraction === '' ? String(whole) : `${whole}.${fraction}`;
        const written = moneySchema.parse(money(amount, currency));
        expect(scaled(written.amount)).toBe(scaled(amount));
      }),
      { seed: 4217, numRuns: 500 },
    );
  });
});

function scaled(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(10, '0'));
}

describe('a share', () => {
  it.each([
    ['50%', '1/2'],
    ['0.5', '1/2'],
    ['1/2', '1/2'],
    ['二分之一', '1/2'],
    ['½', '1/2'],
    ['2/4', '1/2'],
    ['33.33%', '3333/10000'],
    ['100%', '1/1'],
    ['1', '1/1'],
    ['三分之二', '2/3'],
    ['百分之五十', '1/2'],
    ['一百二十分之十一', '11/120'],
    ['.25', '1/4'],
  ])('of %s is %s', (text, expected) => {
    expect(readFraction(text, 'QLBL')).toEqual({ value: expected, warnings: [] });
  });

  it.each(['0', '0%', '3/2', '150%', '1/0', '一半', '共同共有', '1/2/3', '-1/2', '.', `${'9'.repeat(40)}/1`])(
    'of %s is unknown with a warning',
    (text) => {
      expect(readFraction(text, 'QLBL')).toEqual({
        value: null,
        warnings: [{ code: 'fraction-unparseable', path: 'QLBL', raw: text }],
      });
    },
  );

  it('is unknown where nothing is said', () => {
    expect(readFraction('', 'QLBL')).toEqual({ value: null, warnings: [] });
  });

  it('comes back in lowest terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (a, b) => {
        const [part, whole] = a <= b ? [a, b] : [b, a];
        const [numerator = 0, denominator = 0] = (readFraction(`${part}/${whole}`, 'x').value ?? '')
          .split('/')
          .map(Number);
        expect(numerator * whole).toBe(denominator * part);
        for (const divisor of [2, 3, 5, 7])
          expect(numerator % divisor === 0 && denominator % divisor === 0).toBe(false);
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
