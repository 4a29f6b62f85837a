import iconv from 'iconv-lite';
import { escapeXml, findElement, readXml, type XmlTree } from '../xml-tree.ts';

/**
 * Transport W as a bank reads and writes it (bank-zdz.md §1): every attribute value is GBK and base64, then the whole
 * document, which declares UTF-8 and is GBK, is base64.
 */
export type Charset = 'gbk' | 'utf8';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** One attribute value. An empty one stays empty. `utf8` is the mistake of a bank that believes the declaration. */
export const wireValue = (text: string, charset: Charset = 'gbk'): string =>
  iconv.encode(text, charset).toString('base64');

/** A record as an element: attribute values wrapped, children as they are. */
export function wireElement(
  name: string,
  fields: Readonly<Record<string, string>>,
  parts: { readonly children?: readonly string[]; readonly charset?: Charset } = {},
): string {
  const head = Object.entries(fields).map(([key, value]) => ` ${key}="${escapeXml(wireValue(value, parts.charset))}"`);
  const inside = (parts.children ?? []).join('');
  return `<${name}${head.join('')}${inside === '' ? '/>' : `>${inside}</${name}>`}`;
}

/** The whole document as it travels. */
export const wireDocument = (root: string, charset: Charset = 'gbk'): string =>
  iconv.encode(declaration + root, charset).toString('base64');

/** Reads what travelled; null when it is not this wire. Values stay wrapped: see valueAt. */
export function readWire(text: string): XmlTree | null {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  return readXml(iconv.decode(Buffer.from(compact, 'base64'), 'gbk'));
}

/** Bytes behind an attribute; null when it is missing or empty. */
export function bytesAt(element: XmlTree, name: string): Buffer | null {
  const value = element.attributes[name];
  return value === undefined || value === '' ? null : Buffer.from(value, 'base64');
}

/** Text behind an attribute; `""` when it is missing or empty, as banks treat both alike. */
export function valueAt(element: XmlTree, name: string): string {
  const bytes = bytesAt(element, name);
  return bytes === null ? '' : iconv.decode(bytes, 'gbk');
}

/** A document's bytes: base64 inside the wrapped value (WIRE-2). Null when there are none. */
export function documentAt(element: XmlTree, name: string): Buffer | null {
  const inner = valueAt(element, name);
  const bytes = Buffer.from(inner, 'base64');
  return bytes.length === 0 ? null : bytes;
}

/** What the bank says it is: `arg0` of every operation. */
export const wireLogin = (username: string, password: string): string => {
  const condition = `<condition username="${wireValue(username)}" password="${wireValue(password)}"/>`;
  return iconv.encode(`<usermarker>${condition}</usermarker>`, 'gbk').toString('base64');
};

/** A SOAP 1.1 call with its arguments in order. */
export function soapCall(namespace: string, operation: string, args: readonly string[]): string {
  const inside = args.map((text, place) => `<arg${place}>${escapeXml(text)}</arg${place}>`).join('');
  const head = `xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:syyh="${escapeXml(namespace)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${head}><soapenv:Header/><soapenv:Body><syyh:${operation}>${inside}</syyh:${operation}></soapenv:Body></soapenv:Envelope>`;
}

/** The text of the reply; null for a fault or anything else. */
export function soapReturn(envelope: string): string | null {
  const tree = readXml(envelope);
  const body = tree === null ? null : findElement(tree, 'Body');
  return body === null ? null : (findElement(body, 'return')?.text ?? null);
}
