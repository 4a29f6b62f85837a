import { provinces } from './area-code.ts';
import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldText } from './fold-code.ts';

/** Form of a civil number plate (号牌, GA 36). `marked`: ends in 挂 学 警 港 澳. */
export type PlateForm = 'ordinary' | 'marked' | 'new-energy-small' | 'new-energy-large';

const head = `^[${provinces.map((province) => province.plateCharacter ?? '').join('')}][A-Z]`;
const forms: readonly (readonly [PlateForm, RegExp])[] = [
  ['ordinary', new RegExp(`${head}[A-HJ-NP-Z0-9]{5}$`)],
  ['marked', new RegExp(`${head}[A-HJ-NP-Z0-9]{4}[挂学警港澳]$`)],
  ['new-energy-small', new RegExp(`${head}[A-HJK][A-HJ-NP-Z0-9]\\d{4}$`)],
  ['new-energy-large', new RegExp(`${head}\\d{5}[A-HJK]$`)],
];
const dots = /[.·•・‧⋅∙。]/gu;

/**
 * Check of a plate number (号牌号码). Military, embassy and old plates look different: an unusual one is accepted with
 * the problem `shape`; only an empty text is rejected.
 */
export function checkPlate(text: string): IdentifierCheck {
  const normalised = foldText(foldText(text).replace(dots, ''));
  if (normalised === '') return reject('empty');
  return accept(normalised, 'not-applicable', plateForm(normalised) ? null : 'shape');
}

/** Form of a normalised plate number; null for any other than the civil forms in use. */
export function plateForm(normalised: string): PlateForm | null {
  return forms.find(([, pattern]) => pattern.test(normalised))?.[0] ?? null;
}
