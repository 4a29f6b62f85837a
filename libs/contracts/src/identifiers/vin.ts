import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';
import { weightedSum } from './weighted-sum.ts';

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const groups = ['0', '1AJ', '2BKS', '3CLT', '4DMU', '5ENV', '6FW', '7GPX', '8HY', '9RZ']; // by value 0–9
const values = new Map(groups.flatMap((group, value) => Array.from(group, (character) => [character, value] as const)));
const longestChassisNumber = 40;

/**
 * Check of a vehicle identification number (车辆识别代号, ISO 3779, GB 16735).
 *
 * European and older cars need not satisfy the check character: a warning. Another length is an old chassis number
 * (车架号) without a check; 4 to 8 characters are a tail that only helps a search.
 */
export function checkVin(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (normalised.length !== 17) return checkChassisNumber(normalised);
  if (!/^[0-9A-Z]{17}$/.test(normalised)) return reject('characters');
  if (/[IOQ]/.test(normalised)) return reject('forbidden-letter');
  const agrees = vinCheckCharacter(normalised) === normalised.charAt(8);
  return agrees ? accept(normalised, 'ok') : accept(normalised, 'failed', 'check-character');
}

/**
 * Check character (`0`–`9` or `X`) that belongs at position 9; what stands there now has the weight 0.
 *
 * @throws RangeError on anything but 17 characters of the VIN alphabet
 */
export function vinCheckCharacter(normalised: string): string {
  return '0123456789X'.charAt(weightedSum(normalised, weights, (character) => values.get(character)) % 11);
}

/** Old numbers follow no alphabet: letters and digits of any script, and what was stamped between them. */
function checkChassisNumber(normalised: string): IdentifierCheck {
  if (normalised.length < 4 || normalised.length > longestChassisNumber) return reject('length');
  if (!/^[\p{L}\p{N}*./]+$/u.test(normalised)) return reject('characters');
  return accept(normalised, 'not-applicable', normalised.length <= 8 ? 'partial' : 'length');
}
