import { writeList } from '#documents';
import { importFields } from '#contracts';
import { problemHeader, templateHeaders } from './columns.ts';
import type { LoadedImport } from './load-import.ts';

export type ListFormat = 'xlsx' | 'csv';

export const listMedia: Readonly<Record<ListFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** An empty list with the headers that are always understood. */
export const templateFile = (format: ListFormat): Promise<Buffer> =>
  listFile(format, [importFields.map((field) => templateHeaders[field])]);

/**
 * The rows that could not be sent, as they came, with what is wrong and what to do in a last column. It can be brought
 * again once it is mended: that column is not read.
 */
export function errorFile(format: ListFormat, { stored, rows }: LoadedImport): Promise<Buffer> {
  const { headers } = stored.content;
  const kept = headers.flatMap((header, at) => (header === problemHeader ? [] : [at]));
  const bad = badRows(rows);
  return listFile(format, [
    [...kept.map((at) => headers[at] ?? ''), problemHeader],
    ...bad.map(({ cells, problems }) => [
      ...kept.map((at) => cells[at] ?? ''),
      problems
        .map(({ field, words, fix }) => `${field === null ? '' : `${templateHeaders[field]}：`}${words.zh}；${fix.zh}`)
        .join('\n'),
      ...cells.slice(headers.length), // what stands under no header stays so
    ]),
  ]);
}

/** Those that are in the file. */
export const badRows = (rows: LoadedImport['rows']): LoadedImport['rows'] =>
  rows.filter(({ state }) => state === 'fixable' || state === 'blocked');

const listFile = (format: ListFormat, rows: readonly (readonly string[])[]): Promise<Buffer> =>
  format === 'xlsx' ? writeList(rows) : Promise.resolve(csvOf(rows));

const csvOf = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(`\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`);

/** A spreadsheet would calculate what begins like a formula, and round long numbers: both are marked as text. */
const csvCell = (text: string): string => {
  const marked = /^[=+\-@\t\r]|^\d{12,}$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
};
