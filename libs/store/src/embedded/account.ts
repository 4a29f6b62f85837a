import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedFailure } from './embedded-failure.ts';
import { nullOn } from './system-code.ts';

/** An account of the operating system that is not root. PostgreSQL refuses to run as root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** Who a file belongs to and what may be done with it, as `stat` gives it. */
export type Ownership = { readonly uid: number; readonly gid: number; readonly mode: number };

/** Tried in this order. A system PostgreSQL may use the first two as well; `nobody` exists almost everywhere. */
const preferred = ['postgres', '_postgres', 'nobody'];
const largestUid = 0x7fff_ffff;

/** Accounts of a passwd file (passwd(5)), without root and without accounts whose number has no meaning to the kernel. */
export function parseAccounts(passwd: string): readonly Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    const account = { name, uid: Number(uid), gid: Number(gid) };
    const isUsable = /^\d+$/.test(uid) && /^\d+$/.test(gid) && account.uid > 0 && account.uid <= largestUid;
    return isUsable ? [account] : [];
  });
}

/** The account that owns the data already, else the first preferred one; null when there is none. */
export function chooseAccount(accounts: readonly Account[], owner: Ownership | null): Account | null {
  if (owner !== null && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return known ?? { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const found = preferred.map((name) => accounts.find((account) => account.name === name));
  return found.find((account) => account !== undefined) ?? null;
}

/**
 * Which account the server runs as: null (the account of this process) unless this process is root.
 * @param dataFolder the cluster's folder; when it exists, its owner goes on owning it
 */
export async function serverAccount(dataFolder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataFolder).catch(nullOn('ENOENT'));
  const passwd = await readFile('/etc/passwd', 'utf8').catch(nullOn('ENOENT'));
  const account = chooseAccount(parseAccounts(passwd ?? ''), owner);
  if (account !== null) return account;
  throw new EmbeddedFailure(
    'no-unprivileged-account',
    'PostgreSQL does not run as root, and this system has no account named postgres or nobody.',
    'Create one (useradd --system postgres), start Chakong as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether the account may pass through (folder) or run (file): the x bit that applies to it. */
export function mayEnter(file: Ownership, account: Account): boolean {
  return (file.mode & bitFor(file, account, 0o111)) !== 0;
}

/** Whether the account may read this file: the r bit that applies to it. */
export function mayRead(file: Ownership, account: Account): boolean {
  return (file.mode & bitFor(file, account, 0o444)) !== 0;
}

function bitFor(file: Ownership, account: Account, bits: number): number {
  if (file.uid === account.uid) return bits & 0o700;
  return file.gid === account.gid ? bits & 0o070 : bits & 0o007;
}

/** The topmost folder on the way to `folder` (itself included) that the account cannot enter; null when the way is free. */
export async function closedFolderOnTheWay(folder: string, account: Account): Promise<string | null> {
  const way: string[] = [];
  for (let at = await realpath(folder); ; at = dirname(at)) {
    way.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const each of way) {
    if (!mayEnter(await stat(each), account)) return each;
  }
  return null;
}
