import writeExcelFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import type { DocumentCell, DocumentModel, DocumentTable } from '#inquiry';

/** The model as a workbook: coverage first with the sentence in A1, one sheet per list, the notes last (ux.md X-01). */
export function writeXlsx(model: DocumentModel): Promise<Buffer> {
  const { words } = model;
  const sheets = [
    coverageSheet(model),
    ...model.tables.map((table) => sheetOf(table, { remark: words.remark, lead: [] })),
    notesSheet(model),
  ];
  return writeExcelFile(sheets).toBuffer();
}

function coverageSheet(model: DocumentModel) {
  const { coverage, words, sentence, mark } = model;
  const lead = [textCell(mark === null ? sentence : `${sentence}（${mark}）`)];
  if (coverage) return sheetOf(coverage, { remark: null, lead });
  return { sheet: words.coverage, data: [lead], columns: [{ width: 80 }] };
}

function notesSheet({ words, head, version, code, qr, totals, notes, watermark, title }: DocumentModel) {
  const data: SheetData = [
    [textCell(title), textCell(version)],
    ...head.map(([label, value]) => [textCell(label), textCell(value)]),
    ...totals.map((total) => [textCell(words.totals), textCell(total)]),
    [textCell(code), textCell(qr)],
    ...notes.map((note) => [textCell(words.notes), textCell(note)]),
    [textCell(''), textCell(watermark)],
  ];
  return { sheet: words.notes, data, columns: [{ width: 20 }, { width: 100 }] };
}

interface SheetExtras {
  readonly remark: string | null; // title of the column that says which values were not provided
  readonly lead: readonly CellObject[]; // a row above the header
}

function sheetOf(table: DocumentTable, { remark, lead }: SheetExtras) {
  const titles = [...table.columns.map(({ title }) => title), ...(remark === null ? [] : [remark])];
  const header = titles.map((title): CellObject => ({ ...textCell(title), fontWeight: 'bold' }));
  const rows = table.rows.map((row) => [
    ...row.map(cellOf),
    ...(remark === null ? [] : [textCell(remarkOf(row, table))]),
  ]);
  const above = lead.length > 0 ? [[...lead]] : [];
  return {
    sheet: sheetName(table.title),
    data: [...above, header, ...rows],
    columns: [...table.columns.map(({ width }) => ({ width: width + 6 })), ...(remark === null ? [] : [{ width: 30 }])],
    stickyRowsCount: above.length + 1,
  };
}

/** A plain list: every cell is text, the first row the headers. */
export const writeList = (rows: readonly (readonly string[])[]): Promise<Buffer> =>
  writeExcelFile(
    rows.map((row, at) =>
      row.map((value): CellObject => ({ ...textCell(value), ...(at === 0 ? { fontWeight: 'bold' } : {}) })),
    ),
    { columns: (rows[0] ?? []).map(() => ({ width: 24 })), stickyRowsCount: 1 },
  ).toBuffer();

/** Names of sheets hold at most 31 characters, and none of `[]:*?/\`. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

const remarkOf = (row: readonly DocumentCell[], { columns }: DocumentTable): string =>
  row.flatMap((cell, at) => (cell.is === 'missing' ? [`${columns[at]?.title ?? ''}：${cell.text}`] : [])).join('；');

/** Never a formula: every cell says that it is text or a number. */
function cellOf(cell: DocumentCell): CellObject | null {
  if (cell.is === 'missing') return null;
  return cell.is === 'amount' ? amountCell(cell.amount) : textCell(cell.text);
}

const textCell = (value: string): CellObject => ({ type: String, value, format: '@' });

/** A number where a sheet can hold every digit of it, else text. */
export function amountCell(amount: string): CellObject {
  const digits = amount.replace(/[-.]/g, '').replace(/^0+/, '');
  const decimals = amount.split('.')[1]?.length ?? 0;
  if (digits.length > 15 || decimals > 2) return textCell(amount);
  return { type: Number, value: Number(amount), format: '#,##0.00' };
}
