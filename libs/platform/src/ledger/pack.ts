import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';
import { z } from 'zod';
import { readJson } from '../json-text.ts';
import { checkpointLines } from './checkpoint-folder.ts';
import { type LedgerRow, ledgerRowSchema } from './ledger-row.ts';
import { packManual } from './pack-manual.ts';

/** What a pack is, in its first entry. `head`: where the chain ended when it was made. */
export const packAboutSchema = z.strictObject({
  format: z.literal('chakong-audit-pack/1'),
  from: z.int().positive(),
  to: z.int().positive(),
  head: z.strictObject({ seq: z.int().nonnegative(), hash: z.string() }),
  withReasons: z.boolean(),
  madeAt: z.string(),
});
export type PackAbout = z.output<typeof packAboutSchema>;

export interface PackToWrite {
  readonly about: PackAbout;
  readonly checkpoints: readonly string[];
  readonly publicKeys: readonly string[];
  readonly rows: AsyncIterable<LedgerRow>;
}

const names = { about: 'pack.json', checkpoints: 'checkpoints.jsonl', rows: 'rows.jsonl', manual: 'READ-ME.txt' };
const keyName = /^keys\/\d+\.pem$/;
const text = new TextEncoder();

/** Rows of the ledger with everything that proves them, as a ZIP archive; what stands for all rows comes before them. */
export async function* writePack({ about, checkpoints, publicKeys, rows }: PackToWrite): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    out.push(chunk);
  });
  const mtime = new Date(about.madeAt);
  const whole = (name: string, content: string): void => {
    const entry = new ZipDeflate(name, { level: 6 }); // sizes follow the contents, which only deflated entries can say
    entry.mtime = mtime;
    zip.add(entry);
    entry.push(text.encode(content), true);
  };
  whole(names.about, `${JSON.stringify(about)}\n`);
  whole(names.manual, packManual);
  for (const [index, pem] of publicKeys.entries()) whole(`keys/${index + 1}.pem`, `${pem}\n`);
  whole(names.checkpoints, checkpoints.map((jws) => `${JSON.stringify({ jws })}\n`).join(''));
  const lines = new ZipDeflate(names.rows, { level: 6 });
  lines.mtime = mtime;
  zip.add(lines);
  for await (const row of rows) {
    lines.push(text.encode(`${JSON.stringify(row)}\n`));
    yield* out.splice(0);
  }
  lines.push(new Uint8Array(), true);
  zip.end();
  yield* out.splice(0);
}

export interface PackRead {
  readonly about: PackAbout | null;
  readonly checkpoints: readonly string[];
  readonly publicKeys: readonly string[];
  readonly rows: AsyncIterable<LedgerRow>;
}

/** A pack cannot be read; says what is wrong with it, never what it holds. */
export class PackUnreadable extends Error {
  override readonly name = 'PackUnreadable';
  readonly code = 'pack-unreadable';
}

/** Opens a pack (ZIP), or a file of rows alone (one JSON document a line). */
export async function openPack(file: string): Promise<PackRead> {
  if (!file.endsWith('.zip')) {
    return { about: null, checkpoints: [], publicKeys: [], rows: parsed(linesOf(createReadStream(file))) };
  }
  const pieces = entriesOf(createReadStream(file));
  const heads = new Map<string, string>();
  const decoder = new TextDecoder();
  for (;;) {
    const { value: piece } = await pieces.next();
    if (piece === undefined) throw new PackUnreadable(`The pack has no ${names.rows}.`);
    if (piece.name === names.rows) return headed(heads, parsed(linesOf(contentOf(piece, pieces))));
    const known = heads.get(piece.name) ?? '';
    if (known.length > largestHead) throw new PackUnreadable(`${piece.name.slice(0, 60)} is too long.`);
    heads.set(piece.name, known + decoder.decode(piece.bytes));
  }
}

const largestHead = 64_000_000;
const longestLine = 1_000_000;

function headed(heads: ReadonlyMap<string, string>, rows: AsyncIterable<LedgerRow>): PackRead {
  const about = packAboutSchema.safeParse(valueOf(heads.get(names.about) ?? ''));
  if (!about.success) throw new PackUnreadable(`${names.about} is missing or not of the form chakong-audit-pack/1.`);
  const publicKeys = [...heads].flatMap(([name, pem]) => (keyName.test(name) ? [pem] : []));
  return { about: about.data, checkpoints: checkpointLines(heads.get(names.checkpoints) ?? ''), publicKeys, rows };
}

interface Piece {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, undefined> {
  const pieces: Piece[] = [];
  const unzip = new Unzip((entry) => {
    entry.ondata = (error, bytes) => {
      if (error) throw new PackUnreadable('The archive is damaged.', { cause: error });
      pieces.push({ name: entry.name, bytes });
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of chunks) {
    unzip.push(chunk);
    yield* pieces.splice(0);
  }
  unzip.push(new Uint8Array(), true);
  yield* pieces.splice(0);
  return undefined;
}

async function* contentOf(first: Piece, rest: AsyncIterable<Piece>): AsyncGenerator<Uint8Array> {
  yield first.bytes;
  for await (const { bytes } of rest) yield bytes;
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new PackUnreadable('A line is too long.');
    yield* lines;
  }
  yield rest;
}

async function* parsed(lines: AsyncIterable<string>): AsyncGenerator<LedgerRow> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const row = ledgerRowSchema.safeParse(valueOf(line));
    if (!row.success) throw new PackUnreadable(`Line ${number} of the rows is no row of a ledger.`);
    yield row.data;
  }
}

/** What is not JSON is handed on as the text it is, which no schema here takes. */
function valueOf(line: string): unknown {
  const json = readJson(line);
  return json.outcome === 'read' ? json.value : line;
}
