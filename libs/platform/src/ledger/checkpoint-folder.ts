import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { readJson } from '../json-text.ts';

const fileName = /^checkpoints-\d{4}-\d{2}\.jsonl$/;

/**
 * Adds a signed checkpoint to a file of its month, outside the database: a database that was cut back, or put back from
 * an old copy, does not take these along. On the disk when it resolves.
 */
export async function keepCheckpoint(
  folder: string,
  { jws, atMs }: { readonly jws: string; readonly atMs: number },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const month = new Date(atMs).toISOString().slice(0, 7);
  const file = await open(join(folder, `checkpoints-${month}.jsonl`), 'a', 0o600);
  try {
    await file.appendFile(`${JSON.stringify({ jws })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const directory = await open(folder, 'r'); // the name of a new file is on the disk only with its folder
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The signed texts in a folder or in one file; none where there is no such place. Lines that are none count as forged. */
export async function keptCheckpoints(place: string): Promise<readonly string[]> {
  const kind = await kindOf(place);
  if (kind === 'absent') return [];
  const names = kind === 'file' ? [] : (await readdir(place)).filter((name) => fileName.test(name)).toSorted();
  const files = kind === 'file' ? [place] : names.map((name) => join(place, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap(checkpointLines);
}

async function kindOf(place: string): Promise<'folder' | 'file' | 'absent'> {
  const found = await stat(place).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    return 'absent' as const;
  });
  if (found === 'absent') return found;
  return found.isDirectory() ? 'folder' : 'file';
}

/** A line of checkpoint files and packs: `{"jws":"…"}`. */
export const checkpointLines = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [jwsOf(line)]));

function jwsOf(line: string): string {
  const json = readJson(line);
  const read = json.outcome === 'read' ? lineSchema.safeParse(json.value) : null;
  return read?.data?.jws ?? line; // verifying says that it is none
}

const lineSchema = z.strictObject({ jws: z.string() });
