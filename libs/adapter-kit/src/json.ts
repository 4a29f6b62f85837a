import { jsonShape, NoAnswer } from '#contracts';
import { parse } from 'lossless-json';
import { decodeText } from './text-encoding.ts';

const escapedSurrogate = /\\u[dD][89a-fA-F]/;
/** The depth is that of XML; a reply of the longest allowed kind holds fewer values. */
const limits = { maxDepth: 64, maxValues: 5_000_000 } as const;
const halfSurrogate = /\p{Surrogate}/u;

/**
 * JSON in UTF-8 with every number as the exact text that was sent: `0000` and 19 digits survive, and an amount is never
 * a float (WIRE-22).
 *
 * @throws NoAnswer unintelligible
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeText(bytes, 'utf-8');
  if (jsonShape(text, limits) !== 'fine')
    throw new NoAnswer('unintelligible', 'JSON that nests too deep or is too long');
  try {
    return parse(text, escapedSurrogate.test(text) ? refuseHalves : null, (number) => number);
  } catch {
    throw new NoAnswer('unintelligible', 'a body that is not JSON');
  }
}

/** Half a surrogate pair can be written as an escape, and is a text that no database and no hash can keep. */
function refuseHalves(key: string, value: unknown): unknown {
  if (halfSurrogate.test(key) || (typeof value === 'string' && halfSurrogate.test(value)))
    throw new RangeError('half a surrogate pair');
  return value;
}
