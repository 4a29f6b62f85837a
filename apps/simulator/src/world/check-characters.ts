/**
 * Check characters of the numbers the world makes up. Written here and not taken from the product, so that a mistake in
 * either shows (GB 11714, ISO 3779 and Luhn; the other two are public and short).
 */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const vinLetters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const vinValues = '12345678123457923456789';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const total = (text: string, weights: readonly number[], valueOf: (character: string) => number): number =>
  Array.from(text).reduce((sum, character, place) => sum + valueOf(character) * (weights[place] ?? 0), 0);

/** Whether a text is a citizen ID of 18 digits that satisfies its check digit. */
export function isCitizenId(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && citizenCheck(text.slice(0, 17)) === text.charAt(17);
}

/** Check digit of the first 17 digits of a citizen ID (GB 11643). */
export function citizenCheck(first17: string): string {
  return '10X98765432'.charAt(total(first17, citizenWeights, Number) % 11);
}

/** Check character of the first 8 characters of an organisation code (GB 11714). */
export function organisationCheck(first8: string): string {
  const rest = total(first8, organisationWeights, (character) => Number.parseInt(character, 36)) % 11;
  return '0X987654321'.charAt(rest);
}

/** Check character of the first 17 characters of a unified social credit code (GB 32100). */
export function creditCheck(first17: string): string {
  const rest = total(first17, creditWeights, (character) => creditAlphabet.indexOf(character)) % 31;
  return creditAlphabet.charAt((31 - rest) % 31);
}

/** A VIN whose ninth place is set to its check character (ISO 3779). */
export function withVinCheck(vin: string): string {
  const valueOf = (character: string): number =>
    /\d/.test(character) ? Number(character) : Number(vinValues.charAt(vinLetters.indexOf(character)));
  const check = '0123456789X'.charAt(total(vin, vinWeights, valueOf) % 11);
  return vin.slice(0, 8) + check + vin.slice(9);
}

/** The digits with their Luhn digit behind them. */
export function withLuhn(digits: string): string {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((all, digit, place) => all + (place % 2 === 0 ? digit * 2 - (digit > 4 ? 9 : 0) : digit), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
