import { XMLParser } from 'fast-xml-parser';

/** An element without its namespace prefix. `text` is the text directly inside it, trimmed. */
export interface XmlTree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlTree[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  processEntities: false, // the parser leaves numeric references alone: see resolved
});

/** Reads a document; null when it is none. */
export function readXml(text: string): XmlTree | null {
  try {
    const nodes: unknown = parser.parse(text);
    const [root = null] = Array.isArray(nodes) ? nodes.flatMap(treeOf) : [];
    return root;
  } catch (error) {
    if (error instanceof Error) return unreadable;
    throw error;
  }
}

/** What stands for a text that is no document: the parser throws, callers ask. */
const unreadable: XmlTree | null = null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function treeOf(node: unknown): readonly XmlTree[] {
  if (!isRecord(node)) return [];
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
  if (name === undefined) return [];
  const inside = node[name];
  const parts: readonly unknown[] = Array.isArray(inside) ? inside : [];
  const texts = parts.flatMap((part) => (isRecord(part) && '#text' in part ? [String(part['#text'])] : []));
  const attributes = isRecord(node[':@']) ? node[':@'] : {};
  return [
    {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, resolved(String(value))])),
      children: parts.flatMap(treeOf),
      text: resolved(texts.join('')).trim(),
    },
  ];
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** References to characters, by name or number, as any XML reader resolves them; none is resolved twice. */
const resolved = (text: string): string => text.replace(/&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|\w+);/g, characterOf);

function characterOf(reference: string): string {
  const inside = reference.slice(1, -1);
  if (!inside.startsWith('#')) return named[inside] ?? reference;
  const point = inside.startsWith('#x') ? Number.parseInt(inside.slice(2), 16) : Number(inside.slice(1));
  return point <= 0x10ffff ? String.fromCodePoint(point) : reference;
}

/** The first element with this name, at any depth. */
export function findElement(tree: XmlTree, name: string): XmlTree | null {
  if (tree.name === name) return tree;
  for (const child of tree.children) {
    const found = findElement(child, name);
    if (found !== null) return found;
  }
  return null;
}

/** All elements with this name, at any depth, in the order of the document. */
export function findElements(tree: XmlTree, name: string): readonly XmlTree[] {
  const inside = tree.children.flatMap((child) => findElements(child, name));
  return tree.name === name ? [tree, ...inside] : inside;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');

/** An element that holds nothing but text. */
export const xmlText = (name: string, text: string): string =>
  text === '' ? `<${name}/>` : `<${name}>${escapeXml(text)}</${name}>`;
