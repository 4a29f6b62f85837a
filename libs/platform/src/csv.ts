import { readFile } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type ConfigProblem, type Gathered, joinEntries, type Loaded, unreadable } from './config-problem.ts';
import { errorCode } from './error-code.ts';
import { faultsOf, type SchemaFault } from './schema-fault.ts';
import { filesOf } from './yaml.ts';

const rowsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));
type Row = z.infer<typeof rowsSchema>[number];
type Cell = string | number | boolean | null;
type Table = { readonly file: string; readonly header: readonly string[]; readonly headerLine: number };

/** Reads every `.csv` of a folder. The first row names the columns; `#` at the start of a line is a comment. */
export async function loadCsvFolder<T>(
  dir: string,
  schema: z.ZodType<T>,
  idOf: (value: T) => string,
): Promise<Loaded<readonly T[]>> {
  return joinEntries([await gatherCsvFolder(dir, schema)], idOf);
}

/** As `loadCsvFolder`, before duplicates are looked for. */
export async function gatherCsvFolder<T>(dir: string, schema: z.ZodType<T>): Promise<Gathered<T>> {
  const files = await filesOf(dir, /\.csv$/);
  if (!files.ok) return { entries: [], problems: files.problems };
  const parts = await Promise.all(files.values.map((file) => gatherCsvFile(file, schema)));
  return { entries: parts.flatMap(({ entries }) => entries), problems: parts.flatMap(({ problems }) => problems) };
}

async function gatherCsvFile<T>(file: string, schema: z.ZodType<T>): Promise<Gathered<T>> {
  const problems: ConfigProblem[] = [];
  const rows = await readRows(file, problems);
  const [first, ...rest] = rows;
  if (!first) return { entries: [], problems: problems.length > 0 ? problems : [headerMissing(file)] };
  const table = { file, header: first.record, headerLine: first.info.lines };
  problems.push(...headerProblems(table));
  const unknown = new Set<string>();
  const entries = rest.flatMap((row) => {
    const read = readRow(table, row, schema);
    for (const problem of read.problems) {
      const isRepeated = problem.line === table.headerLine && unknown.has(problem.path);
      if (!isRepeated) problems.push(problem);
      if (problem.line === table.headerLine) unknown.add(problem.path);
    }
    return read.entries;
  });
  return { entries, problems };
}

async function readRows(file: string, problems: ConfigProblem[]): Promise<readonly Row[]> {
  try {
    const text = await readFile(file, 'utf8');
    const onSkip = (error: CsvError | undefined) => {
      problems.push(malformed(file, error?.code ?? 'CSV', Number(error?.['lines'])));
      return undefined;
    };
    return rowsSchema.parse(
      parse(text, {
        bom: true,
        comment: '#',
        comment_no_infix: true,
        info: true,
        trim: true,
        skip_empty_lines: true,
        relax_column_count: true,
        skip_records_with_error: true,
        on_skip: onSkip,
        max_record_size: 65_536,
      }),
    );
  } catch (error) {
    const code = errorCode(error);
    problems.push(code.startsWith('CSV_') ? malformed(file, code, Number.NaN) : unreadable(file, 'file', code));
  }
  return [];
}

function malformed(file: string, code: string, line: number): ConfigProblem {
  const fix = 'close the quotes; write a quote inside quotes twice; save as UTF-8';
  return {
    file,
    line: Number.isInteger(line) ? line : null,
    column: null,
    path: '',
    expected: `well-formed CSV (${code})`,
    fix,
  };
}

function headerMissing(file: string): ConfigProblem {
  const fix = 'put the names of the columns into the first row';
  return { file, line: 1, column: 1, path: '', expected: 'a row with the names of the columns', fix };
}

function headerProblems({ file, header, headerLine }: Table): readonly ConfigProblem[] {
  return header.flatMap((name, index) => {
    const isGood = name !== '' && header.indexOf(name) === index;
    const expected = name === '' ? 'a name for every column' : 'each column once';
    return isGood
      ? []
      : [{ file, line: headerLine, column: index + 1, path: name, expected, fix: 'name or remove this column' }];
  });
}

function readRow<T>(table: Table, row: Row, schema: z.ZodType<T>): Gathered<T> {
  const { file, header } = table;
  const line = row.info.lines;
  if (row.record.length !== header.length) {
    const expected = `${header.length} fields, as in the first row`;
    return {
      entries: [],
      problems: [{ file, line, column: row.record.length, path: '', expected, fix: 'add or remove commas' }],
    };
  }
  const parsed = parseCells(new Map(header.map((name, index) => [name, row.record[index] || null])), schema);
  if (parsed.success) return { entries: [{ value: parsed.data, file, line, column: 1 }], problems: [] };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue));
  return { entries: [], problems: faults.map((fault) => cellProblem(table, line, fault)) };
}

/**
 * CSV knows only text. An empty cell is null, or absent where the schema takes no null; a cell is a number or a
 * boolean where the schema wants one, so `0102` stays text in a column of codes.
 */
function parseCells<T>(cells: Map<string, Cell>, schema: z.ZodType<T>): z.ZodSafeParseResult<T> {
  const first = schema.safeParse(Object.fromEntries(cells));
  if (first.success) return first;
  for (const { path, wantedType } of first.error.issues.flatMap((issue) => faultsOf(issue))) {
    const name = String(path[0]);
    const cell = cells.get(name);
    if (cell === null) cells.delete(name);
    else if (typeof cell === 'string') cells.set(name, asWanted(cell, wantedType));
  }
  return schema.safeParse(Object.fromEntries(cells));
}

function asWanted(cell: string, wantedType: string | null): Cell {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(cell);
  if ((wantedType === 'number' || wantedType === 'int') && isNumber) return Number(cell);
  return wantedType === 'boolean' && (cell === 'true' || cell === 'false') ? cell === 'true' : cell;
}

/** A column that nobody knows is one problem of the header, not one of every row; so is a column that is missing. */
function cellProblem({ file, header, headerLine }: Table, line: number, fault: SchemaFault): ConfigProblem {
  const name = String(fault.path[0] ?? '');
  const index = header.indexOf(name);
  const isOfHeader = fault.isUnknownKey || (index < 0 && name !== '');
  const expected = index < 0 && name !== '' ? `a column of this name (${fault.expected})` : fault.expected;
  return {
    file,
    line: isOfHeader ? headerLine : line,
    column: index < 0 ? null : index + 1,
    path: name,
    expected,
    fix: fault.fix,
  };
}
