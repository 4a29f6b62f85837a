import { isUtf8 } from 'node:buffer';
import { mostImportRows, normaliseCaseNumber, parseCaseNumber } from '#contracts';
import type { ImportContent } from '#store';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { importFault } from './import-fault.ts';
import type { RawTable } from './raw-table.ts';
import { readWorkbook } from './read-workbook.ts';

const mostColumns = 100;

/** A list of people as a spreadsheet or a program saved it, or as it was pasted. @throws ProblemError */
export async function readTable(bytes: Buffer): Promise<ImportContent> {
  const isWorkbook = bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304;
  const { format, encoding, rows, formulas } = isWorkbook ? await readWorkbook(bytes) : readText(bytes);
  const [headers = [], ...below] = rows;
  if (headers.length > mostColumns) throw importFault('too-many-columns');
  if (headers.some((header) => isOfAPerson(tidy(header)))) throw importFault('no-headers');
  const filled = below
    .map((cells, index) => ({ row: index + 2, cells: cells.map(tidy) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length === 0) throw importFault('no-rows');
  if (filled.length > mostImportRows) throw importFault('too-many-rows');
  const calculated = (row: number) => headers.flatMap((_, at) => (formulas.has(`${columnName(at)}${row}`) ? [at] : []));
  return {
    ...{ format, encoding },
    headers: headers.map(tidy),
    rows: filled.map(({ row, cells }) => ({ row, cells, formulas: calculated(row) })),
  };
}

/** A list without headers would lose its first person to them. */
const isOfAPerson = (header: string): boolean =>
  /^(\d{15}|\d{17}[\dXx])$/.test(header) || parseCaseNumber(normaliseCaseNumber(header)).outcome === 'matched';

/** A spreadsheet marks text with an apostrophe; our own files do so before what would be a formula. */
const tidy = (cell: string): string =>
  cell
    .normalize('NFC')
    .trim()
    .replace(/^'(?=[=+\-@\d])/, '');

const columnName = (at: number): string =>
  at < 26
    ? String.fromCharCode(65 + at)
    : `${String.fromCharCode(64 + Math.floor(at / 26))}${String.fromCharCode(65 + (at % 26))}`;

const rowsSchema = z.array(z.array(z.string()));

function readText(bytes: Buffer): RawTable {
  const { text, encoding } = decoded(bytes);
  if (/[^\P{Cc}\t\r\n]/u.test(text.slice(0, 4_096))) throw importFault('file-type');
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: false,
      skip_empty_lines: false,
      max_record_size: 65_536,
    });
    return { format: 'csv', encoding, rows: rowsSchema.parse(rows), formulas: new Set() };
  } catch {
    throw importFault('csv-form');
  }
}

/** What a spreadsheet pastes is separated by tabs. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counts = ['\t', ',', ';'].map((each) => ({ each, count: first.split(each).length }));
  return counts.reduce((best, other) => (other.count > best.count ? other : best)).each;
}

/** By its mark, then as UTF-8, then as GB 18030. Bytes that are none of it are refused: guessing would lose characters. */
function decoded(bytes: Buffer): { readonly text: string; readonly encoding: ImportContent['encoding'] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isUtf8(bytes)) return { ...decodeAs(bytes, 'utf-8'), encoding: hasMark ? 'utf-8-bom' : 'utf-8' };
  return decodeAs(bytes, 'gb18030');
}

function decodeAs<Encoding extends 'utf-8' | 'utf-16le' | 'gb18030'>(
  bytes: Buffer,
  encoding: Encoding,
): { readonly text: string; readonly encoding: Encoding } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    throw importFault('encoding');
  }
}
