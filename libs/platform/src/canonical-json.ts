import { createHash } from 'node:crypto';

/**
 * Canonical JSON (RFC 8785) for hashes. Written here because a nationwide report is 7 MB of a few shapes, and hashing it is
 * on the way of every answer to the officer: docs/decisions/0007-canonical-json-is-written-here.md.
 * `canonicalize` is the oracle of the spec.
 */

/** One shape of object: its keys as they come, and with their texts `"key":` in canonical order. */
interface Shape {
  readonly keys: readonly string[];
  readonly entries: readonly (readonly [key: string, text: string])[];
}

const shapes = new Map<string, Shape>();
const mostShapes = 10_000;

/** Canonical order is that of UTF-16 code units, as JavaScript sorts by itself. */
function entriesOf(keys: readonly string[]): Shape['entries'] {
  const name = keys.join('\u0000');
  const known = shapes.get(name);
  if (known && known.keys.length === keys.length && known.keys.every((key, index) => key === keys[index]))
    return known.entries;
  if (shapes.size >= mostShapes) shapes.clear(); // objects that are maps have as many shapes as contents
  const entries = keys.toSorted().map((key) => [key, `${JSON.stringify(key)}:`] as const);
  shapes.set(name, { keys, entries });
  return entries;
}

/** Text without quotes, backslashes, controls or surrogates needs no escape. */
const isPlain = /^[\u0020\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]*$/;
const longestPlain = 64;

function textOf(text: string): string {
  return text.length <= longestPlain && isPlain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** @throws TypeError for what JSON cannot say */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) throw new TypeError('Only JSON values have a canonical form.');
  let text = '';
  for (const [key, written] of entriesOf(Object.keys(value))) {
    const part = value[key];
    if (part !== undefined) text += `${text === '' ? '' : ','}${written}${canonicalJson(part)}`;
  }
  return `{${text}}`;
}

const streamedDepth = 3; // a report's coverage lines and assets are three steps down
const chunkCharacters = 65_536;

/** SHA-256 over the canonical form, hexadecimal; a large value is hashed piece by piece and never stands in memory whole. */
export function canonicalSha256(value: unknown): string {
  const hash = createHash('sha256');
  let chunk = '';
  const emit = (text: string): void => {
    chunk += text;
    if (chunk.length < chunkCharacters) return;
    hash.update(chunk);
    chunk = '';
  };
  stream(value, streamedDepth, emit);
  return hash.update(chunk).digest('hex');
}

function stream(value: unknown, depth: number, emit: (text: string) => void): void {
  if (depth === 0 || !isObject(value)) return emit(canonicalJson(value));
  if (Array.isArray(value)) {
    emit('[');
    for (const [index, item] of value.entries()) {
      if (index > 0) emit(',');
      stream(item, depth - 1, emit);
    }
    return emit(']');
  }
  let separator = '{';
  for (const [key, written] of entriesOf(Object.keys(value))) {
    const part = value[key];
    if (part === undefined) continue;
    emit(separator + written);
    stream(part, depth - 1, emit);
    separator = ',';
  }
  return emit(separator === '{' ? '{}' : '}');
}
