import { NoAnswer } from '#contracts';
import iconv from 'iconv-lite';

/** Character sets of the wire, chosen by profile and never by what a message declares (WIRE-1). */
export type Charset = 'utf-8' | 'gbk' | 'gb18030';

const replacement = '\uFFFD';
const halfSurrogate = /\p{Surrogate}/u;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text as bytes of the wire, unmangled or not at all: encoders write `?` for what they cannot carry, without an error.
 *
 * @throws NoAnswer identity-mismatch / lossy-encoding
 */
export function encodeText(text: string, charset: Charset): Uint8Array {
  const bytes = encodeLoosely(text, charset);
  if (!carries(text, bytes, charset)) throw lossy(charset);
  return bytes;
}

/** The first character (code point) of the text that the charset cannot carry; null if it carries all of them. */
export function unencodable(text: string, charset: Charset): string | null {
  if (carries(text, encodeLoosely(text, charset), charset)) return null;
  for (const character of text) {
    if (!carries(character, encodeLoosely(character, charset), charset)) return character;
  }
  return null;
}

/**
 * Bytes of the wire as text, a byte order mark at the start removed.
 *
 * @throws NoAnswer unintelligible if some bytes are not of this charset
 */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  const text = charset === 'utf-8' ? decodeUtf8(bytes) : iconv.decode(bytes, charset);
  if (charset !== 'utf-8' && text.includes(replacement)) throw undecodable(charset);
  return text;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw undecodable('utf-8');
  }
}

function encodeLoosely(text: string, charset: Charset): Uint8Array {
  const bytes = charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, charset);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function carries(text: string, bytes: Uint8Array, charset: Charset): boolean {
  return charset === 'utf-8' ? !halfSurrogate.test(text) : iconv.decode(bytes, charset, { stripBOM: false }) === text;
}

function lossy(charset: Charset): NoAnswer {
  return new NoAnswer('identity-mismatch', `a character that ${charset} cannot carry`, {
    reasonCode: 'lossy-encoding',
  });
}

function undecodable(charset: Charset): NoAnswer {
  return new NoAnswer('unintelligible', `bytes that are not ${charset}`, { reasonCode: 'charset' });
}
