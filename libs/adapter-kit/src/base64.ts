import { NoAnswer } from '#contracts';

/** Bytes as base64 (RFC 4648 §4, padded, one line). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * The bytes behind base64. White space between characters is tolerated, because senders fold lines; another alphabet,
 * missing padding and stray bits are not: a decoder that skips what it does not know turns garbage into a value.
 *
 * @throws NoAnswer unintelligible
 */
export function fromBase64(text: string): Uint8Array {
  const oneLine = text.replace(/[\t\n\r ]+/g, '');
  const bytes = Buffer.from(oneLine, 'base64');
  if (bytes.toString('base64') !== oneLine) throw new NoAnswer('unintelligible', 'text that is not base64');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
