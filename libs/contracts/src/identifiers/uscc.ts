import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';
import { orgCodeCheckCharacter } from './org-code.ts';
import { placeIn, weightedSum } from './weighted-sum.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]; // 3^i mod 31
const valueOf = placeIn(alphabet);
const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/**
 * Check of a unified social credit code (统一社会信用代码, GB 32100).
 *
 * Codes in real use fail the check character, so it is a warning. A code that agrees outside and whose organisation
 * code does not agree inside is `ok` with the problem `organisation-code`.
 */
export function checkUscc(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (normalised.length !== 18) return reject('length');
  if (!shape.test(normalised)) return reject(/^[0-9A-Z]{18}$/.test(normalised) ? 'forbidden-letter' : 'characters');
  if (usccCheckCharacter(normalised.slice(0, 17)) !== normalised.charAt(17)) {
    return accept(normalised, 'failed', 'check-character');
  }
  const orgCode = orgCodeOfUscc(normalised);
  const agreesInside = orgCodeCheckCharacter(orgCode.slice(0, 8)) === orgCode.charAt(8);
  return accept(normalised, 'ok', agreesInside ? null : 'organisation-code');
}

/** Characters 9–17, the organisation code of older registers. @throws RangeError if the code has not the USCC form */
export function orgCodeOfUscc(normalised: string): string {
  if (!shape.test(normalised)) throw new RangeError('expected a normalised USCC of 18 characters');
  return normalised.slice(8, 17);
}

/** Check character of the first 17. @throws RangeError on anything but 17 characters of the USCC alphabet */
export function usccCheckCharacter(first17: string): string {
  const remainder = weightedSum(first17, weights, valueOf) % 31;
  return alphabet.charAt((31 - remainder) % 31);
}
