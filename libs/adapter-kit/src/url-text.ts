import { NoAnswer } from '#contracts';
import { decodeText, encodeText, unencodable } from './text-encoding.ts';

/** Charsets that are seen under percent signs: vehicles UTF-8 (vehicle.md), share freezes GBK (equity.md). */
type UrlCharset = 'utf-8' | 'gbk';

const unreserved = /^[A-Za-z0-9\-_.~]$/;
const hexPair = /^[0-9A-Fa-f]{2}$/;
const ascii = /^[\0-\x7F]*$/;

/**
 * Text with percent sequences as plain text; `+` is a space, as form encoders write it.
 *
 * @throws NoAnswer unintelligible on a lone percent sign, or if the bytes behind the sequences are not of the charset
 */
export function decodeUrlText(text: string, charset: UrlCharset): string {
  const [first = '', ...sequences] = text.replaceAll('+', ' ').split('%');
  if (sequences.length === 0 && ascii.test(first)) return first;
  // Whole bytes first: some encoders leave the second byte of a GBK character as the ASCII letter that it is.
  const bytes: Uint8Array[] = [plainBytes(first, charset)];
  for (const sequence of sequences) {
    const pair = sequence.slice(0, 2);
    if (!hexPair.test(pair)) throw new NoAnswer('unintelligible', 'a percent sign without two hexadecimal digits');
    bytes.push(Uint8Array.of(Number.parseInt(pair, 16)), plainBytes(sequence.slice(2), charset));
  }
  return decodeText(Buffer.concat(bytes), charset);
}

/**
 * Text with every byte outside the unreserved characters of RFC 3986 as a percent sequence; a space becomes %20.
 *
 * @throws NoAnswer identity-mismatch / lossy-encoding
 */
export function encodeUrlText(text: string, charset: UrlCharset): string {
  let encoded = '';
  for (const character of text) {
    if (unreserved.test(character)) encoded += character;
    else for (const byte of encodeText(character, charset)) encoded += percent(byte);
  }
  return encoded;
}

function plainBytes(text: string, charset: UrlCharset): Uint8Array {
  if (ascii.test(text)) return Buffer.from(text, 'latin1');
  if (unencodable(text, charset) !== null) throw new NoAnswer('unintelligible', `plain text that is not ${charset}`);
  return encodeText(text, charset);
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
