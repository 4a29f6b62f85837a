import { NoAnswer } from '#contracts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|([A-Za-z]+));|&/g;
/** Characters of XML 1.0: no control characters but tab and line ends, no half surrogate pairs. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const xmlName = /^[\p{L}_][\p{L}\p{M}\p{N}_.:·-]*$/u;

export function isXmlText(text: string): boolean {
  return !notXml.test(text);
}

export function isXmlName(name: string): boolean {
  return xmlName.test(name);
}

/**
 * Text with its references resolved: the five entities of XML and character references.
 *
 * @throws NoAnswer unintelligible on any other entity, a bare ampersand, and characters that XML does not allow
 */
export function readXmlText(text: string): string {
  const read = text.includes('&') ? text.replace(reference, resolved) : text;
  if (!isXmlText(read)) throw new NoAnswer('unintelligible', 'XML with a character that it does not allow');
  return read;
}

function resolved(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [hexadecimal, decimal, name] = groups;
  if (name !== undefined && Object.hasOwn(entities, name)) return entities[name] ?? whole;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (Number.isInteger(code) && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new NoAnswer('unintelligible', 'XML with a reference that it does not allow');
}
