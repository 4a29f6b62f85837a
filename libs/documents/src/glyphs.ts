import { type Font, openSync } from 'fontkit';
import type { DocumentCell, DocumentModel, DocumentTable } from '#inquiry';
import { boldFont, regularFont } from './fonts.ts';

const opened = new Map<string, Font>();

function fontAt(path: string): Font {
  const known = opened.get(path);
  if (known) return known;
  const font = openSync(path);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('a collection of fonts where one font was expected');
  opened.set(path, font);
  return font;
}

/** Marks that shape their neighbour and have no picture of their own: variation selectors and joiners. */
const isShaping = (point: number): boolean =>
  (point >= 0xfe00 && point <= 0xfe0f) ||
  (point >= 0xe0100 && point <= 0xe01ef) ||
  point === 0x200b ||
  point === 0x200d;

/** Whether both weights have the character: a name stands in a heading as well as in a row. */
function isDrawable(point: number): boolean {
  return point < 0x20 || [regularFont, boldFont].every((path) => fontAt(path).hasGlyphForCodePoint(point));
}

/**
 * The model with every character that no font can draw written as 〔U+20BB7〕 and named in the notes (ux.md N-06): never
 * an empty box, never a question mark.
 */
export function withDrawableText(model: DocumentModel): DocumentModel {
  const missing = new Set<string>();
  const fit = (text: string): string =>
    Array.from(text, (character) => {
      const point = character.codePointAt(0) ?? 0;
      if (isDrawable(point)) return character;
      const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
      missing.add(code);
      return isShaping(point) ? '' : `〔${code}〕`;
    }).join('');
  const table = (each: DocumentTable): DocumentTable => ({
    title: fit(each.title),
    columns: each.columns.map((column) => ({ ...column, title: fit(column.title) })),
    rows: each.rows.map((row) => row.map((cell) => fitCell(cell, fit))),
  });
  const fitted = {
    ...model,
    sentence: fit(model.sentence),
    partial: model.partial && fit(model.partial),
    head: model.head.map(([label, value]): [string, string] => [fit(label), fit(value)]),
    totals: model.totals.map(fit),
    coverage: model.coverage && table(model.coverage),
    tables: model.tables.map(table),
    notes: model.notes.map(fit),
    caseNumber: fit(model.caseNumber),
    watermark: fit(model.watermark),
  };
  if (missing.size === 0) return fitted;
  return { ...fitted, notes: [...fitted.notes, `${model.words.glyphs}${[...missing].join('、')}`] };
}

const fitCell = (cell: DocumentCell, fit: (text: string) => string): DocumentCell =>
  cell.is === 'amount' ? cell : { ...cell, text: fit(cell.text) };
