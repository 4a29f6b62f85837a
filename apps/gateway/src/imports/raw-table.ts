import type { ImportContent } from '#store';

/** A file as rows of text, before anything is known of its columns. */
export interface RawTable {
  readonly format: ImportContent['format'];
  readonly encoding: ImportContent['encoding'];
  /** The first one holds the headers; empty rows stay, so that a row keeps its number. */
  readonly rows: readonly (readonly string[])[];
  readonly formulas: ReadonlySet<string>; // as a spreadsheet names cells: B7
}
