import { NoAnswer } from '#contracts';
import { decodeUrlText, encodeUrlText } from './url-text.ts';

/**
 * Fields as application/x-www-form-urlencoded in UTF-8.
 *
 * @throws NoAnswer identity-mismatch / lossy-encoding on half a surrogate pair
 */
export function encodeForm(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map((pair) => pair.map((text) => encodeUrlText(text, 'utf-8')).join('='))
    .join('&');
}

/**
 * The fields of an application/x-www-form-urlencoded body in UTF-8; a field without `=` is the empty text.
 *
 * @throws NoAnswer unintelligible on a broken percent sequence and on a field named twice
 */
export function readForm(text: string): Record<string, string> {
  const fields = new Map<string, string>();
  for (const pair of text.split('&').filter((each) => each !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const key = decodeUrlText(name, 'utf-8');
    if (fields.has(key)) throw new NoAnswer('unintelligible', 'a form that names a field twice');
    fields.set(key, decodeUrlText(rest.join('='), 'utf-8'));
  }
  return Object.fromEntries(fields);
}
