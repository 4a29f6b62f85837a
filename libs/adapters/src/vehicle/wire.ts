import {
  childNamed,
  childrenNamed,
  decodeUrlText,
  element,
  encodeUrlText,
  parseXml,
  writeXml,
  type XmlElement,
} from '#adapter-kit';
import { NoAnswer } from '#contracts';
import type { VehicleSettings } from './settings.ts';

/**
 * What travels inside a call and its reply (vehicle.md §1, §2). The declaration says GBK and the content is URL-encoded
 * UTF-8: it is read by profile, never by declaration (WIRE-1).
 */
type Encoding = Pick<VehicleSettings, 'contentEncoding' | 'declaredEncoding'>;

const longestText = 2_000;

/** One `veh` row: texts by tag in lower case, decoded; nothing is null here, a tag without text is not there. */
export type Row = Readonly<Record<string, string>>;

export interface Reply {
  readonly code: string;
  readonly message: string | null;
  readonly rowCount: number | null; // rownum: how many rows there are; null: not said
  readonly hasBody: boolean;
  readonly rows: readonly Row[];
  readonly unreadable: number; // rows that do not decode
}

/** `<root><QueryCondition>…`: a condition without a value is sent empty. */
export function writeCondition(condition: Readonly<Record<string, string>>, encoding: Encoding): string {
  const children = Object.entries(condition).map(([name, text]) => element(name, { text: encode(text, encoding) }));
  const root = element('root', { children: [element('QueryCondition', { children })] });
  return writeXml(root, `<?xml version="1.0" encoding="${encoding.declaredEncoding}"?>`);
}

/** @throws NoAnswer unintelligible if the head cannot be read; a row that cannot is counted instead */
export function readReply(text: string, encoding: Encoding): Reply {
  const root = parseXml(text.trim());
  const head = childNamed(root, 'head', { ignoreCase: true });
  const body = childNamed(root, 'body', { ignoreCase: true });
  if (!head) throw unexpected('head');
  const said = (name: string): string | null => {
    const tag = childNamed(head, name, { ignoreCase: true });
    return (tag && decode(tag.text, encoding).trim()) || null;
  };
  const code = said('code');
  if (code === null) throw unexpected('head.code');
  const rows = body ? childrenNamed(body, 'veh', { ignoreCase: true }).map((row) => readRow(row, encoding)) : [];
  const read = rows.filter((row) => row !== 'unreadable');
  return {
    code,
    message: said('message')?.slice(0, longestText) ?? null,
    rowCount: readCount(said('rownum')),
    hasBody: body !== null,
    rows: read,
    // Whatever else stands in the body was meant to say something.
    unreadable: (body?.children.length ?? 0) - read.length + (body?.text.trim() ? 1 : 0),
  };
}

function readRow({ children }: XmlElement, encoding: Encoding): Row | 'unreadable' {
  const row = new Map<string, string>();
  for (const { name, text, children: inside } of children) {
    const tag = name.toLowerCase();
    const value = decodeOrNot(text, encoding);
    if (value === 'unreadable' || inside.length > 0 || row.has(tag)) return 'unreadable';
    if (value.text !== '') row.set(tag, value.text);
  }
  return Object.fromEntries(row);
}

function decodeOrNot(text: string, encoding: Encoding): { readonly text: string } | 'unreadable' {
  try {
    const decoded = decode(text, encoding).normalize('NFC').trim();
    return decoded.length > longestText ? 'unreadable' : { text: decoded };
  } catch (error) {
    if (error instanceof NoAnswer) return 'unreadable';
    throw error;
  }
}

function decode(text: string, { contentEncoding }: Encoding): string {
  if (contentEncoding === 'plain') return text;
  return decodeUrlText(text, contentEncoding === 'url-gbk' ? 'gbk' : 'utf-8');
}

function encode(text: string, { contentEncoding }: Encoding): string {
  if (contentEncoding === 'plain') return text;
  return encodeUrlText(text, contentEncoding === 'url-gbk' ? 'gbk' : 'utf-8');
}

function readCount(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) throw unexpected('head.rownum');
  return Number(text);
}

function unexpected(path: string): NoAnswer {
  return new NoAnswer('unintelligible', `unexpected payload at: ${path}`);
}
