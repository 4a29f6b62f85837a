import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, lchown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Account } from './account.ts';
import { EmbeddedFailure } from './embedded-failure.ts';
import type { Place } from './place.ts';
import type { Cluster } from './previous-server.ts';
import type { ServerFiles } from './server-files.ts';
import { nullOn } from './system-code.ts';

/** Kept in `credentials.json` (0600) beside the data: made once, at random. */
const credentialsSchema = z.strictObject({ id: z.string(), superuser: z.string(), owner: z.string() });
export type Credentials = Readonly<z.infer<typeof credentialsSchema>>;

/** The superuser's name; the product itself connects as `chakong`, which owns the database `chakong`. */
export const superuser = 'postgres';

/**
 * What the server's programs see: nothing of this process's environment, where secrets may be, because another
 * account could read it.
 */
const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Options that run a program as the server's account, in a folder which that account can enter. */
export function runAs(place: Place) {
  const { account } = place;
  const ids = account === null ? {} : { uid: account.uid, gid: account.gid };
  return { cwd: place.home, env: serverEnvironment, ...ids };
}

type Preparing = { readonly place: Place; readonly files: ServerFiles; readonly signal: AbortSignal };
export type PreparedCluster = Cluster & { readonly credentials: Credentials };

/** Reads the cluster's credentials; on the first start makes them and the cluster (about 2 s). */
export async function prepareCluster(preparing: Preparing): Promise<PreparedCluster> {
  const { home, account } = preparing.place;
  const data = join(home, 'data');
  await makeFolder(join(home, 'log'), account);
  const known = await readCredentials(home);
  const exists = (await stat(join(data, 'PG_VERSION')).catch(nullOn('ENOENT'))) !== null;
  if (exists && known === null) throw credentialsMissing(home);
  const credentials = exists && known !== null ? known : await createCluster(preparing, data);
  const where = createHash('sha256').update(home).digest('hex').slice(0, 8);
  return { data, credentials, clusterName: `chakong-${credentials.id}-${where}` };
}

async function readCredentials(home: string): Promise<Credentials | null> {
  const text = await readFile(join(home, 'credentials.json'), 'utf8').catch(nullOn('ENOENT'));
  return text === null ? null : credentialsSchema.parse(JSON.parse(text));
}

/** Made under another name and renamed when whole: a crash in between leaves nothing that looks like a cluster. */
async function createCluster(preparing: Preparing, data: string): Promise<Credentials> {
  const { home, account } = preparing.place;
  const secret = () => randomBytes(24).toString('hex');
  const credentials = { id: randomBytes(6).toString('hex'), superuser: secret(), owner: secret() };
  for (const name of await readdir(home)) {
    if (name.startsWith('data.new-')) await rm(join(home, name), { recursive: true, force: true });
  }
  const fresh = join(home, `data.new-${credentials.id}`);
  const passwordFile = join(home, `password-${credentials.id}`);
  await writeNew(passwordFile, `${credentials.superuser}\n`, account);
  try {
    await runInitdb(preparing, ['--pgdata', fresh, '--pwfile', passwordFile]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeNew(join(home, 'credentials.json'), JSON.stringify(credentials), account);
  await rename(fresh, data);
  return credentials;
}

async function runInitdb({ place, files, signal }: Preparing, where: readonly string[]): Promise<void> {
  const how = ['--username', superuser, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'];
  const logFile = join(place.home, 'log', 'initdb.log');
  const log = await openNew(logFile);
  try {
    const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
    const child = spawn(files.initdb, [...where, ...how, '--no-instructions'], { ...runAs(place), stdio, signal });
    const exit: readonly unknown[] = await once(child, 'exit');
    if (exit[0] === 0) return;
    throw new EmbeddedFailure(
      'initdb-failed',
      `PostgreSQL could not make its data folder in ${place.home}.`,
      `Read ${logFile}; free disk space, mend the folder's permissions, or use an account this system knows; then start again.`,
    );
  } finally {
    await log.close();
  }
}

async function makeFolder(folder: string, account: Account | null): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account !== null) await lchown(folder, account.uid, account.gid);
}

/**
 * An empty file that was not there before. Another account owns the folder, so root must not write through a link
 * that this account may have put in place of the file.
 */
export async function openNew(file: string): Promise<FileHandle> {
  await rm(file, { force: true });
  return open(file, 'wx', 0o600);
}

async function writeNew(file: string, text: string, account: Account | null): Promise<void> {
  const handle = await openNew(file);
  try {
    if (account !== null) await handle.chown(account.uid, account.gid);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function credentialsMissing(home: string): EmbeddedFailure {
  return new EmbeddedFailure(
    'credentials-missing',
    `The database in ${home} has data, but its credentials.json is gone.`,
    'Put the file back from a copy, or move the folder away to begin with an empty database.',
  );
}
