import stringWidth from 'string-width';
import { cut, pad } from './output.ts';

export interface Column<Row> {
  readonly title: string;
  readonly side?: 'left' | 'right';
  readonly most?: number; // columns; longer text is cut
  readonly cell: (row: Row) => string;
}

/** A plain table that lines up with Chinese characters: title row, rule, rows. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map((column) => cut(column.cell(row), column.most ?? 60)));
  const widths = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  const line = (texts: readonly string[]) =>
    `  ${texts.map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.side ?? 'left')).join('  ')}`.trimEnd();
  return [line(columns.map(({ title }) => title)), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)];
}
