import { Decimal } from 'decimal.js';

/** Decimal numbers with room for every amount the contracts allow, so that no sum is ever rounded. */
export const Exact = Decimal.clone({ precision: 160, rounding: Decimal.ROUND_DOWN, toExpNeg: -200, toExpPos: 200 });
export type Exact = Decimal;

const zero = new Exact(0);
const minorUnits: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, BHD: 3, JOD: 3, KWD: 3, OMR: 3, TND: 3 };

export const exact = (decimal: string): Exact => new Exact(decimal);
export const nought = (): Exact => zero;

/** An amount in the scale of its currency where that loses nothing, else with all its digits (report.md §1). */
export function amountText(amount: Exact, currency: string): string {
  const scale = minorUnits[currency] ?? 2;
  return amount.decimalPlaces() <= scale ? amount.toFixed(scale) : amount.toFixed();
}

/** An amount for people: `¥1,234,567.89`, `USD 100.00`. */
export function printedAmount(amount: string, currency: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${currency === 'CNY' ? '¥' : `${currency} `}${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
}
