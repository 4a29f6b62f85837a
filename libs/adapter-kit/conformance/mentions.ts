import iconv from 'iconv-lite';

const deepest = 3;
const base64Run = /[A-Za-z0-9+/]{8,}={0,2}/g;
const characterReference = /&#(?:x([0-9A-Fa-f]+)|(\d+));/g;

/**
 * Whether a message says a text in any of the forms that wires use: UTF-8, GBK or GB 18030, percent sequences, character
 * references, JSON escapes, and base64 up to three times over.
 */
export function mentions(message: Uint8Array, text: string): boolean {
  return readings(message, deepest).some((reading) => reading.includes(text));
}

/** Everything a message could be read as. */
export function readings(message: Uint8Array, depth = deepest): readonly string[] {
  const bytes = Buffer.from(message);
  const plain = [bytes.toString('utf8'), iconv.decode(bytes, 'gbk'), iconv.decode(bytes, 'gb18030')];
  const unfolded = plain.flatMap((text) => [text, unescaped(text), ...unquoted(text)]);
  if (depth === 0) return unfolded;
  const inner = (bytes.toString('latin1').match(base64Run) ?? []).map((run) => Buffer.from(run, 'base64'));
  return [...unfolded, ...inner.flatMap((each) => readings(each, depth - 1))];
}

function unescaped(text: string): string {
  return text
    .replace(characterReference, (_, hexadecimal?: string, decimal?: string) =>
      String.fromCodePoint(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)),
    )
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, hexadecimal: string) => String.fromCharCode(Number.parseInt(hexadecimal, 16)));
}

function unquoted(text: string): readonly string[] {
  if (!text.includes('%')) return [];
  const bytes = Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16))),
    'latin1',
  );
  return [bytes.toString('utf8'), iconv.decode(bytes, 'gbk')];
}
