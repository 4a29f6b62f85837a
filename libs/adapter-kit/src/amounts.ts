import type { Money } from '#contracts';
import { currencyOf, minorUnit } from './currencies.ts';
import { readAs, saidText, unread, type Read } from './reading.ts';

const longestDecimal = 60;
const plainNumber = /^([+-]?)(\d*)(?:\.(\d+))?$/;
const groupedNumber = /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/; // with a fraction: alone, the comma could be the fraction's

/** A number written out, normalised to the pattern of decimals (`00123.40` → `123.40`). Empty and `-` are unknown. */
export function readDecimal(text: string | null | undefined, path: string): Read<string> {
  const said = saidText(text);
  if (said === null) return readAs<string>(null);
  const decimal = decimalOf(groupedNumber.test(said) ? said.replaceAll(',', '') : said);
  return decimal === null ? unread('number-unparseable', path, text ?? null) : readAs(decimal);
}

/**
 * An ISO 4217 code from letters, digits or the Chinese name (WIRE-6). Without any the channel's declared currency
 * stands; without that it is unknown, and the amount is in no sum.
 */
export function readCurrency(text: string | null | undefined, path: string, fallback: string | null): Read<string> {
  const said = saidText(text);
  if (said === null) return fallback === null ? unread('currency-missing', path, null) : readAs(fallback);
  const currency = currencyOf(said);
  return currency === null ? unread('currency-unknown', path, text ?? null) : readAs(currency);
}

/**
 * An amount of money, null if either part is unknown. Written with the minor unit of the currency where that loses
 * nothing (`88.1600` → `88.16`), else with all digits that are not zero (report.md §1).
 */
export function money(amount: string | null, currency: string | null): Money | null {
  if (amount === null || currency === null) return null;
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.replace(/0+$/, '').padEnd(minorUnit(currency), '0');
  return { amount: digits === '' ? whole : `${whole}.${digits}`, currency };
}

function decimalOf(text: string): string | null {
  const [, sign = '', whole = '', fraction] = plainNumber.exec(text) ?? [];
  if ((whole === '' && fraction === undefined) || text.length > longestDecimal) return null;
  const digits = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}
