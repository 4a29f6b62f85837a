import { foldCode } from './fold-code.ts';

/**
 * Whether a number of digits satisfies Luhn. A hint that it may be a bank card, nothing more: account numbers are often
 * not cards, so `false` is never a warning.
 */
export function passesLuhn(text: string): boolean {
  const digits = foldCode(text);
  if (!/^\d{2,}$/.test(digits)) return false;
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0;
}
