import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';
import { placeIn, weightedSum } from './weighted-sum.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';
const digitValue = placeIn('0123456789');
const eighteen = /^\d{17}[\dX]$/;
const fifteen = /^\d{15}$/;

/**
 * Check of a citizen ID (公民身份号码, GB 11643) of 18 or 15 digits.
 *
 * A number of 15 digits has no check digit: its checksum is `not-applicable`, or `failed` if its date (taken as 19xx)
 * is not in the calendar. Where both the date and the check digit are wrong, the date is named.
 */
export function checkCitizenId(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (fifteen.test(normalised)) {
    return isInCalendar(`19${normalised.slice(6, 12)}`)
      ? accept(normalised, 'not-applicable')
      : accept(normalised, 'failed', 'date');
  }
  if (!eighteen.test(normalised)) {
    return reject(normalised.length === 15 || normalised.length === 18 ? 'characters' : 'length');
  }
  if (!isInCalendar(normalised.slice(6, 14))) return accept(normalised, 'failed', 'date');
  const agrees = citizenIdCheckDigit(normalised.slice(0, 17)) === normalised.charAt(17);
  return agrees ? accept(normalised, 'ok') : accept(normalised, 'failed', 'check-digit');
}

/** Check digit (`0`–`9` or `X`) of the first 17 digits. @throws RangeError on anything but 17 digits */
export function citizenIdCheckDigit(first17: string): string {
  return checkDigits.charAt(weightedSum(first17, weights, digitValue) % 11);
}

/**
 * The 15-digit form of older registers: without the century and the check digit. Persons of different centuries share
 * one, so it proves an identity only together with the name (domain.md §7.4 M6).
 *
 * @throws RangeError if the number does not have the form of 18 digits
 */
export function to15(normalised18: string): string {
  if (!eighteen.test(normalised18)) throw new RangeError('expected a normalised citizen ID of 18 digits');
  return normalised18.slice(0, 6) + normalised18.slice(8, 17);
}

/**
 * The 18-digit form a 15-digit number would have for a birth in 19xx. A hint for the officer only: never sent, never
 * matched, never stored as the debtor's number.
 *
 * @throws RangeError if the number does not have the form of 15 digits
 */
export function hint18(normalised15: string): string {
  if (!fifteen.test(normalised15)) throw new RangeError('expected a normalised citizen ID of 15 digits');
  const first17 = `${normalised15.slice(0, 6)}19${normalised15.slice(6)}`;
  return first17 + citizenIdCheckDigit(first17);
}

/**
 * Birth date (`YYYY-MM-DD`) written in an 18-digit number; null if it is not in the calendar, and for 15 digits, which
 * do not say the century.
 */
export function citizenIdBirthDate(normalised: string): string | null {
  if (!eighteen.test(normalised)) return null;
  const date = normalised.slice(6, 14);
  return isInCalendar(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : null;
}

/** `Date` would move 30 February to March and take the years 0–99 for 19xx. */
function isInCalendar(yyyymmdd: string): boolean {
  const year = Number(yyyymmdd.slice(0, 4));
  const month = Number(yyyymmdd.slice(4, 6));
  const day = Number(yyyymmdd.slice(6, 8));
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lastDay = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year >= 1 && lastDay !== undefined && day >= 1 && day <= lastDay;
}
