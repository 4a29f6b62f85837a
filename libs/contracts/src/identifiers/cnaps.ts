import { foldCode } from './fold-code.ts';

/**
 * Whether a text has the form of a CNAPS bank code (联行号): 12 digits, 3 bank + 4 area + 4 branch + 1 check. The rule
 * of the check digit is not published, so only the form is tested.
 */
export function hasCnapsForm(text: string): boolean {
  return /^\d{12}$/.test(foldCode(text));
}
