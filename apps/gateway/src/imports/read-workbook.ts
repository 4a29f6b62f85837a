import { inflateRawSync } from 'node:zlib';
import { zipDirectory, type ZipEntry } from '#contracts';
import { readSheet } from 'read-excel-file/node';
import { importFault } from './import-fault.ts';
import type { RawTable } from './raw-table.ts';

const most = { entries: 500, bytes: 20_971_520, ratio: 300, smallBytes: 1_048_576 } as const;

/** The first sheet of a workbook as text. Numbers stay as they are written in it, so that no digit is lost by reading. */
export async function readWorkbook(bytes: Buffer): Promise<RawTable> {
  const formulas = formulasOf(unpackedParts(bytes));
  try {
    const rows = await readSheet(bytes, 1, { parseNumber: (text) => text, trim: true });
    return { format: 'xlsx', encoding: null, rows: rows.map((row) => row.map(textOf)), formulas };
  } catch {
    throw importFault('file-type');
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return value instanceof Date ? value.toISOString().slice(0, 10) : '';
}

/**
 * Every part is unpacked once under the size it declares before the reader of workbooks sees the file, so that a part
 * that unpacks to more than it says (a zip bomb) never gets there.
 */
function unpackedParts(bytes: Buffer): ReadonlyMap<string, string> {
  const entries = zipDirectory(bytes);
  if (entries === null) throw importFault('archive-limits');
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (entries.length > most.entries || total > most.bytes || entries.some(isBeyond))
    throw importFault('archive-limits');
  return new Map(entries.map((entry) => [entry.name, unpack(bytes, entry)]));
}

const isBeyond = ({ isEncrypted, isLink, name, packedBytes, unpackedBytes }: ZipEntry): boolean =>
  isEncrypted ||
  isLink ||
  name.split(/[/\\]/).includes('..') ||
  unpackedBytes > Math.max(most.smallBytes, packedBytes * most.ratio);

function unpack(bytes: Buffer, { dataStart, packedBytes, unpackedBytes, method, name }: ZipEntry): string {
  const packed = bytes.subarray(dataStart, dataStart + packedBytes);
  try {
    const whole = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(unpackedBytes, 1) });
    if (whole.length !== unpackedBytes) throw importFault('archive-limits');
    return /^xl\/(workbook|worksheets\/|_rels\/)/.test(name) ? whole.toString('utf8') : '';
  } catch {
    throw importFault('archive-limits');
  }
}

/** Cells of the first sheet that hold a formula: what they show was calculated somewhere, and nobody typed it. */
function formulasOf(parts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const relation = /<sheet\b[^>]*\br:id="([^"]+)"/.exec(parts.get('xl/workbook.xml') ?? '')?.[1];
  const tags = (parts.get('xl/_rels/workbook.xml.rels') ?? '').match(/<Relationship\b[^>]*>/g) ?? [];
  const tag = tags.find((each) => relation !== undefined && each.includes(`Id="${relation}"`));
  const target = /Target="\/?(?:xl\/)?([^"]+)"/.exec(tag ?? '')?.[1] ?? 'worksheets/sheet1.xml';
  const found = (parts.get(`xl/${target}`) ?? '').matchAll(/<c\b[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f[\s/>]/g);
  return new Set([...found].flatMap(([, cell]) => (cell === undefined ? [] : [cell])));
}
