import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldCode } from './fold-code.ts';

/** Check of an IBAN (ISO 13616): mod 97 is 1. The length of each country is not checked. */
export function checkIban(text: string): IdentifierCheck {
  const normalised = foldCode(text);
  if (normalised === '') return reject('empty');
  if (normalised.length < 15 || normalised.length > 34) return reject('length');
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(normalised)) return reject('characters');
  const turned = normalised.slice(4) + normalised.slice(0, 4);
  const remainder = Array.from(turned, (character) => Number.parseInt(character, 36)).reduce(
    (rest, value) => (rest * (value > 9 ? 100 : 10) + value) % 97,
    0,
  );
  return remainder === 1 ? accept(normalised, 'ok') : accept(normalised, 'failed', 'check-digit');
}
