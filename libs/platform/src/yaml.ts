import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ConfigProblem, finish, type Gathered, joinEntries, type Loaded, unreadable } from './config-problem.ts';
import { errorCode } from './error-code.ts';
import { plainSecretPaths } from './plain-secrets.ts';
import { faultsOf, type Path, pathText } from './schema-fault.ts';

/** A file that was given to the service by its operator may name a secret; files in `config/` may not. */
export type YamlOptions = { readonly mayHoldSecrets?: boolean };

type Source = {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: unknown;
};

/** Reads one YAML (or JSON) file as one value. The schema is strict, or unknown keys go unnoticed. */
export async function loadYamlFile<T>(
  file: string,
  schema: z.ZodType<T>,
  options: YamlOptions = {},
): Promise<Loaded<T>> {
  return parseSource(await readYaml(file), schema, options);
}

/** The same of a text of a setting; `name` stands where a file's path would. */
export const parseYamlText = <T>(name: string, text: string, schema: z.ZodType<T>): Loaded<T> =>
  parseSource(parseText(name, text), schema, { mayHoldSecrets: true });

function parseSource<T>(source: Loaded<Source>, schema: z.ZodType<T>, options: YamlOptions): Loaded<T> {
  if (!source.ok) return source;
  const parsed = schema.safeParse(source.values.value);
  const problems = [
    ...(options.mayHoldSecrets ? [] : plainSecrets(source.values)),
    ...schemaProblems(source.values, parsed, []),
  ];
  return parsed.success && problems.length === 0 ? { ok: true, values: parsed.data } : finishFailed(problems);
}

function finishFailed(problems: readonly ConfigProblem[]): { ok: false; problems: readonly ConfigProblem[] } {
  const finished = finish(null, problems);
  return finished.ok ? { ok: false, problems } : finished;
}

/** Reads every `.yaml` and `.yml` of a folder; a file holds one entry or a list of entries. */
export async function loadYamlFolder<T>(
  dir: string,
  schema: z.ZodType<T>,
  idOf: (value: T) => string,
): Promise<Loaded<readonly T[]>> {
  return joinEntries([await gatherYamlFolder(dir, schema)], idOf);
}

/** As `loadYamlFolder`, before duplicates are looked for. */
export async function gatherYamlFolder<T>(dir: string, schema: z.ZodType<T>): Promise<Gathered<T>> {
  const files = await filesOf(dir, /\.ya?ml$/);
  if (!files.ok) return { entries: [], problems: files.problems };
  const parts = await Promise.all(files.values.map((file) => gatherYamlFile(file, schema)));
  return { entries: parts.flatMap(({ entries }) => entries), problems: parts.flatMap(({ problems }) => problems) };
}

/** The entries of one file: one, or the items of its list. */
export async function gatherYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<Gathered<T>> {
  const read = await readYaml(file);
  if (!read.ok) return { entries: [], problems: read.problems };
  const source = read.values;
  const isList = Array.isArray(source.value);
  const items: readonly unknown[] = Array.isArray(source.value) ? source.value : [source.value];
  const parts = items.map((item, index): Gathered<T> => {
    const base = isList ? [index] : [];
    const parsed = schema.safeParse(item);
    const problems = schemaProblems(source, parsed, base);
    return { entries: parsed.success ? [{ value: parsed.data, file, ...placeOf(source, base) }] : [], problems };
  });
  const problems = [...plainSecrets(source), ...parts.flatMap((part) => part.problems)];
  return { entries: parts.flatMap(({ entries }) => entries), problems };
}

/** Sorted paths of the files whose names fit. Sub-folders are not looked into. */
export async function filesOf(dir: string, names: RegExp): Promise<Loaded<readonly string[]>> {
  try {
    const found = await readdir(dir, { withFileTypes: true });
    const fitting = found.filter((entry) => !entry.isDirectory() && names.test(entry.name)).map(({ name }) => name);
    return { ok: true, values: fitting.toSorted().map((name) => join(dir, name)) };
  } catch (error) {
    return { ok: false, problems: [unreadable(dir, 'folder', errorCode(error))] };
  }
}

async function readYaml(file: string): Promise<Loaded<Source>> {
  try {
    return parseText(file, await readFile(file, 'utf8'));
  } catch (error) {
    return finishFailed([unreadable(file, 'file', errorCode(error))]);
  }
}

function parseText(file: string, text: string): Loaded<Source> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: '1.2' });
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map(({ code, pos }) => malformed(file, code, lines.linePos(pos[0])));
  if (problems.length > 0) return finishFailed(problems);
  try {
    return { ok: true, values: { file, document, lines, value: plainValue(document) } };
  } catch (error) {
    if (error instanceof BadAlias) return finishFailed([malformed(file, 'BAD_ALIAS', null)]);
    throw error;
  }
}

/** References between parts of a file would hide where a value stands, and can be made to grow without end. */
class BadAlias extends Error {
  override readonly name = 'BadAlias';
}

function plainValue(document: Document): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return value;
  } catch {
    throw new BadAlias();
  }
}

function malformed(file: string, code: string, at: { line: number; col: number } | null): ConfigProblem {
  const words: Readonly<Record<string, string>> = {
    DUPLICATE_KEY: 'each key once',
    TAB_AS_INDENT: 'spaces in front of keys, no tabs',
    MULTIPLE_DOCS: 'one document in the file',
    BAD_ALIAS: 'no references (*name)',
  };
  const expected = words[code] ?? `well-formed YAML (${code})`;
  return {
    file,
    line: at?.line ?? null,
    column: at?.col ?? null,
    path: '',
    expected,
    fix: 'correct the text at this place',
  };
}

function plainSecrets(source: Source): readonly ConfigProblem[] {
  return plainSecretPaths(source.value).map((path) => ({
    file: source.file,
    ...placeOf(source, path, true),
    path: pathText(path),
    expected: 'a reference { secret: <name> }; a secret never stands in a file',
    fix: 'set CHAKONG_SECRET_<NAME> or put a file of that name into CHAKONG_SECRETS_DIR, and change the secret',
  }));
}

function schemaProblems<T>(source: Source, parsed: z.ZodSafeParseResult<T>, base: Path): readonly ConfigProblem[] {
  return (parsed.error?.issues ?? []).flatMap((issue) =>
    faultsOf(issue, base).map(({ path, expected, fix, isUnknownKey }) => ({
      file: source.file,
      ...placeOf(source, path, isUnknownKey),
      path: pathText(path),
      expected,
      fix,
    })),
  );
}

/** Where a path stands in the text; of a key that is missing, where the nearest group around it stands. */
function placeOf({ document, lines }: Source, path: Path, atKey = false): { line: number; column: number } {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
    const next: unknown = pair?.value ?? (isSeq(node) ? node.items[Number(part)] : undefined);
    offset = (atKey || !startOf(next) ? startOf(pair?.key) : startOf(next)) ?? startOf(next) ?? offset;
    node = next;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
