import { isUtf8 } from 'node:buffer';
import {
  decodeText,
  element,
  encodeText,
  fromBase64,
  parseXml,
  toBase64,
  writeXml,
  type XmlElement,
} from '#adapter-kit';
import { NoAnswer } from '#contracts';
import { contactTags, lists, tagsOf, type RecordName } from './dialect.ts';

/** One record of a message: values by tag in upper case, in the dialect's own spelling. */
export interface Row {
  readonly record: RecordName;
  readonly path: string; // where it stands, for people who mend; never a value
  readonly values: ReadonlyMap<string, string>; // trimmed; '' where the sender wrote nothing
  readonly undecodable: readonly string[]; // tags whose value is not base64 of GBK
  readonly lists: ReadonlyMap<RecordName, List>;
  readonly strays: number; // elements that do not belong into this record
}

/** A list of records. `strays` counts what stands in it besides records: such a list is not known to be empty. */
export interface List {
  readonly rows: readonly Row[];
  readonly strays: number;
}

/** A decoded message: its root, the root's own error text, and its records. */
export interface Message extends List {
  readonly root: string; // lower case
  readonly errorMessage: string | null;
}

/** Collects which encodings the values speak for; a message in true UTF-8 must not be read as GBK (WIRE-1). */
interface Seen {
  utf8At: string | null;
  gbk: boolean;
}

/** One value, or null when it is not in the encoding of the transport. */
type ReadValue = (raw: string, path: string) => string | null;

/**
 * Reads transport W: base64 around GBK text that declares UTF-8, each value base64 of GBK bytes again (bank-zdz.md §1).
 * Tags are found whatever their case (WIRE-10). Throws `unintelligible` when the whole cannot be read.
 */
export function openMessage(wire: string, record: RecordName, maxBytes: number): Message {
  const root = parseXml(decodeText(fromBase64(wire), 'gbk'), { maxBytes });
  const seen: Seen = { utf8At: null, gbk: false };
  const message = readMessage(root, record, (raw, path) => readWrapped(raw, path, seen));
  if (seen.utf8At !== null && !seen.gbk) throw new NoAnswer('unintelligible', `UTF-8 instead of GBK at ${seen.utf8At}`);
  return message;
}

/** Reads a file of transport F: plain UTF-8. Throws `unintelligible` when the whole cannot be read. */
export function openFile(bytes: Uint8Array, record: RecordName): Message {
  return readMessage(parseXml(decodeText(bytes, 'utf-8')), record, plain);
}

const plain: ReadValue = (raw) => raw.normalize('NFC').trim();

function readMessage(root: XmlElement, record: RecordName, readValue: ReadValue): Message {
  const { rows, strays } = readList(root, { record, path: `/${root.name}` }, readValue);
  return { root: root.name.toLowerCase(), errorMessage: readErrorMessage(root, readValue), rows, strays };
}

/** Writes transport W: the opposite of `openMessage`. A character that GBK cannot carry throws `lossy-encoding`. */
export function sealMessage(root: XmlElement): string {
  return toBase64(encodeText(writeXml(sealed(root), '<?xml version="1.0" encoding="UTF-8"?>'), 'gbk'));
}

/** Every value on its own: GBK bytes in base64. */
function sealed({ name, attributes, children }: XmlElement): XmlElement {
  const values = Object.entries(attributes).map(([tag, value]) => [tag, toBase64(encodeText(value, 'gbk'))] as const);
  return element(name, { attributes: Object.fromEntries(values), children: children.map(sealed) });
}

function readList(
  parent: XmlElement,
  { record, path }: { record: RecordName; path: string },
  readValue: ReadValue,
): List {
  const rows: Row[] = [];
  let strays = parent.text.trim() === '' ? 0 : 1;
  for (const [index, child] of parent.children.entries()) {
    const name = child.name.toLowerCase();
    const at = `${path}/${child.name}[${index}]`;
    if (name === record) rows.push(readRow(child, { record, path: at }, readValue));
    else if (name === parent.name.toLowerCase()) {
      const inner = readList(child, { record, path: at }, readValue); // one vendor opens a list twice
      rows.push(...inner.rows);
      strays += inner.strays;
    } else strays += 1;
  }
  return { rows, strays };
}

function readRow(
  parent: XmlElement,
  { record, path }: { record: RecordName; path: string },
  readValue: ReadValue,
): Row {
  const values = new Map<string, string>();
  const undecodable: string[] = [];
  for (const [name, raw] of Object.entries(parent.attributes)) {
    const tag = name.toUpperCase();
    if (!tagsOf(record).has(tag) || values.has(tag)) continue;
    const value = readValue(raw, `${path}/@${tag}`);
    if (value === null) undecodable.push(tag);
    else values.set(tag, value);
  }
  const found = new Map<RecordName, List>();
  let strays = parent.text.trim() === '' ? 0 : 1;
  for (const child of parent.children) {
    const inner = lists[child.name.toLowerCase()];
    if (inner === undefined) strays += 1;
    else
      found.set(
        inner,
        joined(found.get(inner), readList(child, { record: inner, path: `${path}/${child.name}` }, readValue)),
      );
  }
  return { record, path, values, undecodable, lists: found, strays };
}

const joined = (before: List | undefined, list: List): List =>
  before === undefined ? list : { rows: [...before.rows, ...list.rows], strays: before.strays + list.strays };

function readErrorMessage(root: XmlElement, readValue: ReadValue): string | null {
  const tags = ['ERRORMSG', 'ERRMSG'];
  const raw = Object.entries(root.attributes).find(([name]) => tags.includes(name.toUpperCase()))?.[1] ?? '';
  if (raw.trim() === '') return null;
  return readValue(raw, `/${root.name}/@errorMsg`) ?? raw.trim();
}

/** One value, or null when it is not base64 of GBK bytes. */
function readWrapped(raw: string, path: string, seen: Seen): string | null {
  const bytes = attempt(() => fromBase64(raw));
  if (!('value' in bytes)) return null;
  noteEncoding(bytes.value, path, seen);
  const text = attempt(() => decodeText(bytes.value, 'gbk'));
  return 'value' in text ? text.value.normalize('NFC').trim() : null;
}

/** For places where one unreadable value must not lose the rest (R12): what was read, or why it could not be. */
export function attempt<T>(read: () => T): { readonly value: T } | { readonly failure: NoAnswer } {
  try {
    return { value: read() };
  } catch (failure) {
    if (failure instanceof NoAnswer) return { failure };
    throw failure;
  }
}

/** Chinese text in UTF-8 has bytes from E0 up and is whole UTF-8; GBK text of any length hardly ever is. */
function noteEncoding(bytes: Uint8Array, path: string, seen: Seen): void {
  if (bytes.every((byte) => byte < 0x80)) return;
  if (!isUtf8(bytes)) seen.gbk = true;
  else if (bytes.some((byte) => byte >= 0xe0)) seen.utf8At ??= path;
}

/** Number of filled contact fields in a record and everything below it: they are dropped (bank-zdz.md, mapping). */
export function contactValues(row: Row): number {
  const own = [...contactTags].filter((tag) => (row.values.get(tag) ?? '') !== '').length;
  return [...row.lists.values()].flatMap(({ rows }) => rows).reduce((sum, below) => sum + contactValues(below), own);
}
