import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Check of a Spanish NIF of a natural person: eight digits and a letter, number mod 23. Other forms are rejected. */
export function checkSpanishNif(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (normalised.length !== 9) return reject('length');
  if (!/^\d{8}[A-Z]$/.test(normalised)) return reject('characters');
  const agrees = letters.charAt(Number(normalised.slice(0, 8)) % 23) === normalised.charAt(8);
  return agrees ? accept(normalised, 'ok') : accept(normalised, 'failed', 'check-character');
}
