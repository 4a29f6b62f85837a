import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';
import { placeIn, weightedSum } from './weighted-sum.ts';

const weights = [3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '0X987654321'; // by sum mod 11: 11 − 0 is written 0, 11 − 1 is written X
const valueOf = placeIn('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Check of an organisation code (组织机构代码, GB 11714): 8 + 1 characters, with or without the hyphen. */
export function checkOrgCode(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (normalised.length !== 9) return reject('length');
  if (!/^[0-9A-Z]{9}$/.test(normalised)) return reject('characters');
  const agrees = orgCodeCheckCharacter(normalised.slice(0, 8)) === normalised.charAt(8);
  return agrees ? accept(normalised, 'ok') : accept(normalised, 'failed', 'check-character');
}

/** Check character (`0`–`9` or `X`). @throws RangeError on anything but 8 digits or capital letters */
export function orgCodeCheckCharacter(first8: string): string {
  return checkCharacters.charAt(weightedSum(first8, weights, valueOf) % 11);
}
