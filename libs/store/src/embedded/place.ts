import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { type Account, closedFolderOnTheWay, mayEnter, serverAccount } from './account.ts';
import { EmbeddedFailure } from './embedded-failure.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { nullOn } from './system-code.ts';

/** Where one embedded database lives, and as whom it runs (null: the account of this process). */
export type Place = { readonly home: string; readonly account: Account | null };

/** Left in the data folder when the database could not live there; holds the path where it does. */
const pointerName = 'postgres-moved-to.txt';

/**
 * Finds or makes the folder of the database: `<dataDir>/postgres`, or, when this process is root and the server's
 * account cannot get there, a folder of its own in a place everybody may pass through. The move is written to
 * `<dataDir>/postgres-moved-to.txt`, so the next start finds the data, and said in the log.
 */
export async function preparePlace(dataDir: string, log: EmbeddedLog): Promise<Place> {
  const root = resolve(dataDir);
  return placeIn(root, log).catch((error: unknown) => {
    nullOn('EACCES', 'EPERM')(error);
    throw notOurs(root);
  });
}

async function placeIn(root: string, log: EmbeddedLog): Promise<Place> {
  await mkdir(root, { recursive: true, mode: 0o711 });
  const pointed = await readFile(join(root, pointerName), 'utf8').catch(nullOn('ENOENT'));
  const wished = pointed?.trim() || join(root, 'postgres');
  const account = await serverAccount(join(wished, 'data'));
  if (account === null) return { home: await ownFolder(wished, null), account };
  await openOurOwnFolder(root, account);
  const closed = await closedFolderOnTheWay(pointed === null ? root : dirname(wished), account);
  if (closed === null) return { home: await ownFolder(wished, account), account };
  if (await stat(join(wished, 'data')).catch(nullOn('ENOENT'))) throw notReachable(closed, account);
  const home = await ownFolder(elsewhere(root), account);
  await writeFile(join(root, pointerName), `${home}\n`, { mode: 0o644 });
  log.warn('database.relocated', { from: wished, to: home, closedFolder: closed, account: account.name });
  return { home, account };
}

/** The data folder is the product's own: the server's account may pass through it (not list it); secrets in it are 0600. */
async function openOurOwnFolder(root: string, account: Account): Promise<void> {
  const found = await stat(root);
  if (found.uid === 0 && !mayEnter(found, account)) await chmod(root, (found.mode & 0o777) | 0o001);
}

/** Temporary data stay temporary; other data must outlive a reboot, which a temporary folder does not promise. */
function elsewhere(root: string): string {
  const parent = root.startsWith(resolve(tmpdir()) + sep) ? resolve(tmpdir()) : '/var/lib';
  return join(parent, `chakong-${randomBytes(8).toString('hex')}`);
}

async function ownFolder(home: string, account: Account | null): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const found = await lstat(home);
  const me = process.getuid?.() ?? found.uid;
  const isOurs = found.isDirectory() && (found.uid === me || found.uid === account?.uid);
  if (!isOurs) throw notOurs(home);
  if (account !== null) await chown(home, account.uid, account.gid);
  await chmod(home, 0o700);
  return home;
}

function notReachable(closed: string, account: Account): EmbeddedFailure {
  return new EmbeddedFailure(
    'folder-not-reachable',
    `The database's files are below ${closed}, which the account ${account.name} cannot enter.`,
    `Open the way (chmod o+x ${closed}), move the data folder and set CHAKONG_DATA_DIR, or set DATABASE_URL.`,
  );
}

function notOurs(home: string): EmbeddedFailure {
  return new EmbeddedFailure(
    'folder-not-ours',
    `The database's folder ${home} belongs to another account.`,
    'Start Chakong as the account it was started with before (or as root), or set CHAKONG_DATA_DIR to another folder.',
  );
}
