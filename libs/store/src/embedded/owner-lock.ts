import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EmbeddedFailure } from './embedded-failure.ts';
import { processIdentity } from './process-list.ts';
import { nullOn, systemCode } from './system-code.ts';

/** Which Node process uses the folder. `identity` keeps a reused process number from passing for the owner. */
const ownerSchema = z.object({ pid: z.int().positive(), identity: z.string().nullable() });

/** Attempts to take over from an owner that died; more would mean that others are starting at the same moment. */
const maxAttempts = 3;

/**
 * Claims the folder for this process, so that a second start does not take the first one's server for a left-over.
 * An owner that was killed does not hold the claim.
 * @returns gives the claim back
 */
export async function claimFolder(home: string): Promise<() => Promise<void>> {
  const file = join(home, 'owner.json');
  const me = JSON.stringify({ pid: process.pid, identity: await processIdentity(process.pid) });
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const isMine = await writeFile(file, me, { flag: 'wx', mode: 0o600 }).then(() => true, takenAlready);
    if (isMine) return () => rm(file, { force: true });
    const owner = await livingOwner(file);
    if (owner !== null) throw inUse(home, owner);
    await rm(file, { force: true });
  }
  throw inUse(home, null);
}

function takenAlready(error: unknown): false {
  if (systemCode(error) !== 'EEXIST') throw error;
  return false;
}

async function livingOwner(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(nullOn('ENOENT'));
  const owner = ownerSchema.safeParse(parseJson(text ?? ''));
  if (!owner.success) return null; // cut off by a crash while it was written: nobody's
  const identity = await processIdentity(owner.data.pid);
  return identity !== null && identity === owner.data.identity ? owner.data.pid : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}

function inUse(home: string, pid: number | null): EmbeddedFailure {
  return new EmbeddedFailure(
    'folder-in-use',
    `The database folder ${home} is used by ${pid === null ? 'another process' : `process ${pid}`}.`,
    'Stop that one first, or set CHAKONG_DATA_DIR to another folder.',
  );
}
