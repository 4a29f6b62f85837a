import { valueAt } from '../bank/wire-w.ts';
import { escapeXml, readXml, type XmlTree } from '../xml-tree.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** The same document on transport F: plain UTF-8 where W wraps every value (bank-zdz.md §1). */
export const plainDocument = (wrapped: XmlTree): Buffer => Buffer.from(declaration + plainElement(wrapped));

function plainElement(tree: XmlTree): string {
  const head = Object.keys(tree.attributes).map((name) => ` ${name}="${escapeXml(valueAt(tree, name))}"`);
  return `<${tree.name}${head.join('')}>${tree.children.map(plainElement).join('')}</${tree.name}>`;
}

/** Rows of transport W as one feedback of transport F. */
export function plainRows(rows: readonly string[]): Buffer {
  const tree = readXml(`<zhxxList>${rows.join('')}</zhxxList>`);
  return tree === null ? Buffer.from(rows.join('')) : plainDocument(tree);
}
