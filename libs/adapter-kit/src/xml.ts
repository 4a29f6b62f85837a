import { NoAnswer } from '#contracts';
import { XMLParser } from 'fast-xml-parser';
import { wellFormedDepth } from './xml-form.ts';
import { isXmlName, isXmlText, readXmlText } from './xml-text.ts';

/** One element, its values as the exact text that was sent: nothing is trimmed, guessed to be a number or reordered. */
export interface XmlElement {
  readonly name: string; // without namespace prefix
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string; // of the element itself; '' where only white space stands between children
}

interface Limits {
  readonly maxBytes?: number;
  readonly maxDepth?: number;
}

interface Spelling {
  readonly ignoreCase?: boolean; // senders drift between djxxList and djxxlist (WIRE-10)
}

type Content = Partial<Pick<XmlElement, 'attributes' | 'children' | 'text'>>;
type Node = Readonly<Record<string, unknown>>;

const attributesOf = ':@';
const textOf = '#text';
const cdataOf = '#cdata';

/**
 * The root element of a document. Declared character sets are ignored, document types refused, entities of a document
 * type with them.
 *
 * @param limits size in UTF-16 units (default 64 Mi) and depth (default 64) of what is read
 * @throws NoAnswer unintelligible if it is not well-formed, or over the limits
 */
export function parseXml(text: string, { maxBytes = 67_108_864, maxDepth = 64 }: Limits = {}): XmlElement {
  if (text.length > maxBytes) throw malformed('too large');
  const depth = wellFormedDepth(text);
  if (depth === null) throw malformed('not well-formed, or with a document type');
  if (depth > maxDepth) throw malformed('too deep');
  const [root] = parsed(text, maxDepth).flatMap((node) => elementOf(node) ?? []);
  if (root === undefined) throw malformed('without a root');
  return root;
}

/**
 * The document of an element, on one line.
 *
 * @param declaration written before it, such as `<?xml version="1.0" encoding="UTF-8"?>`
 * @throws NoAnswer identity-mismatch / lossy-encoding if a value holds a character that XML cannot carry
 */
export function writeXml(root: Pick<XmlElement, 'name'> & Content, declaration = ''): string {
  return declaration + written(root);
}

export function element(name: string, { attributes = {}, children = [], text = '' }: Content = {}): XmlElement {
  return { name, attributes, children, text };
}

export function childrenNamed(
  parent: XmlElement,
  name: string,
  { ignoreCase = false }: Spelling = {},
): readonly XmlElement[] {
  const isNamed = named(name, ignoreCase);
  return parent.children.filter((child) => isNamed(child.name));
}

/** The first child of this name, null without one. */
export function childNamed(parent: XmlElement, name: string, { ignoreCase = false }: Spelling = {}): XmlElement | null {
  const isNamed = named(name, ignoreCase);
  return parent.children.find((child) => isNamed(child.name)) ?? null;
}

/** The value of an attribute; null where it is missing, which is not the same as empty. */
export function attribute(
  { attributes }: XmlElement,
  name: string,
  { ignoreCase = false }: Spelling = {},
): string | null {
  if (Object.hasOwn(attributes, name)) return attributes[name] ?? null;
  const isNamed = named(name, ignoreCase);
  return ignoreCase ? (Object.entries(attributes).find(([key]) => isNamed(key))?.[1] ?? null) : null;
}

function named(name: string, ignoreCase: boolean): (other: string) => boolean {
  if (!ignoreCase) return (other) => other === name;
  const folded = name.toLowerCase();
  return (other) => other.toLowerCase() === folded;
}

function parsed(text: string, maxDepth: number): readonly Node[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    textNodeName: textOf,
    cdataPropName: cdataOf,
    maxNestedTags: maxDepth + 1,
  });
  try {
    return nodesOf(parser.parse(text));
  } catch {
    throw malformed('too deep, or with a reserved name');
  }
}

function elementOf(node: Node): XmlElement | null {
  const name = Object.keys(node).find((key) => key !== attributesOf);
  if (name === undefined || name === textOf || name === cdataOf) return null;
  const inside = nodesOf(node[name]);
  const children = inside.flatMap((each) => elementOf(each) ?? []);
  const text = inside.map(textIn).join('');
  const isIndent = children.length > 0 && text.trim() === '';
  return { name: withoutPrefix(name), attributes: attributesIn(node), children, text: isIndent ? '' : text };
}

function textIn(node: Node): string {
  if (textOf in node) return readXmlText(textAt(node, textOf));
  return nodesOf(node[cdataOf])
    .map((each) => textAt(each, textOf))
    .join('');
}

function textAt(node: Node, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

function attributesIn(node: Node): Record<string, string> {
  const attributes = new Map<string, string>();
  const given = node[attributesOf];
  for (const [name, value] of Object.entries(isNode(given) ? given : {})) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const local = withoutPrefix(name);
    if (attributes.has(local)) throw malformed('with an attribute of two namespaces');
    attributes.set(local, readXmlText(typeof value === 'string' ? value : ''));
  }
  return Object.fromEntries(attributes);
}

function written({ name, attributes = {}, children = [], text = '' }: Pick<XmlElement, 'name'> & Content): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${checkedName(key)}="${escaped(value, /[&<>"\t\n\r]/g)}"`,
  );
  const inside = escaped(text, /[&<>\r]/g) + children.map(written).join('');
  const tag = checkedName(name) + pairs.join('');
  return inside === '' ? `<${tag}/>` : `<${tag}>${inside}</${name}>`;
}

function escaped(text: string, special: RegExp): string {
  if (!isXmlText(text)) {
    throw new NoAnswer('identity-mismatch', 'a character that XML cannot carry', { reasonCode: 'lossy-encoding' });
  }
  return text.replace(special, (character) => `&#${character.charCodeAt(0)};`);
}

function checkedName(name: string): string {
  if (!isXmlName(name)) throw new RangeError('a name that XML does not allow');
  return name;
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function malformed(how: string): NoAnswer {
  return new NoAnswer('unintelligible', `XML ${how}`);
}
