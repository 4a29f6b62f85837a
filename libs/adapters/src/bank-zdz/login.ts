import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Agency } from '#contracts';
import type { DoorSettings } from './settings.ts';
import { attempt, openMessage } from './wire.ts';

/** Who may poll and under which password: built once when the channel opens. */
export interface Logins {
  /** The agency behind user name and password; null when they do not fit, whatever the cause. */
  agencyOf(login: Login): Agency | null;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

interface Parts {
  readonly door: DoorSettings['door'];
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly secret: (name: string) => string;
}

const longestLogin = 4_096;

/** The two parts of a call: who speaks, and what is said. The order of the arguments is not certain (bank-zdz.md §1.1). */
export function readLogin(args: Readonly<Record<string, string>>): { login: Login | null; content: string | null } {
  const values = Object.values(args);
  for (const [index, value] of values.entries()) {
    const login = value.length > longestLogin ? null : loginIn(value);
    if (login) return { login, content: values.find((_, other) => other !== index) ?? null };
  }
  return { login: null, content: null };
}

function loginIn(value: string): Login | null {
  const read = attempt(() => openMessage(value, 'condition', longestLogin));
  if (!('value' in read) || read.value.root !== 'usermarker') return null;
  const condition = read.value.rows[0]?.values;
  return { username: condition?.get('USERNAME') ?? '', password: condition?.get('PASSWORD') ?? '' };
}

/**
 * @throws Error when a login names an agency that this channel does not serve, or when two logins or two codes are the
 *   same: then a task could reach another bank
 */
export function openLogins({ door, agencies, secret }: Parts): Logins {
  const own = ownLogins({ door, agencies, secret });
  const byPattern = patternLogins({ door, agencies, secret });
  return {
    agencyOf({ username, password }) {
      const entry = own.get(username) ?? byPattern(username);
      const expected = entry?.digest ?? digestOf(''); // the same work for a name that nobody has
      const isRight = timingSafeEqual(digestOf(password), expected);
      return entry && isRight && password !== '' ? entry.agency : null;
    },
  };
}

interface Entry {
  readonly agency: Agency;
  readonly digest: Uint8Array;
}

function ownLogins({ door, agencies, secret }: Parts): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { username, passwordRef, agencyId } of door.logins) {
    const agency = agencies.get(agencyId);
    if (!agency) throw new Error(`door.logins: ${agencyId} is not an agency of this channel`);
    if (entries.has(username))
      throw new Error(`door.logins: two logins share a user name, one of them for ${agencyId}`);
    entries.set(username, { agency, digest: digestOf(filled(secret, passwordRef.secret)) });
  }
  return entries;
}

function patternLogins({ door: { loginPattern }, agencies, secret }: Parts): (username: string) => Entry | null {
  if (loginPattern === null) return () => null;
  const { usernamePrefix, passwordRef, passwords } = loginPattern;
  const key = filled(secret, passwordRef.secret);
  const byCode = new Map<string, Agency>();
  for (const agency of agencies.values()) {
    if (byCode.has(agency.code))
      throw new Error(`door.loginPattern: ${agency.agencyId} has the code of another agency`);
    byCode.set(agency.code, agency);
  }
  return (username) => {
    const agency = username.startsWith(usernamePrefix) ? byCode.get(username.slice(usernamePrefix.length)) : undefined;
    if (!agency) return null;
    return { agency, digest: digestOf(passwords === 'shared' ? key : derivedPassword(key, username)) };
  };
}

/** A password that only its own bank knows: HMAC-SHA256 of the user name under our secret, in hexadecimal. */
export function derivedPassword(secret: string, username: string): string {
  return createHmac('sha256', secret).update(username, 'utf8').digest('hex');
}

/** Digests have one length, so comparing them takes one time whatever was typed. */
const digestOf = (password: string): Uint8Array => createHash('sha256').update(password, 'utf8').digest();

function filled(secret: (name: string) => string, name: string): string {
  const value = secret(name).trim(); // values are trimmed when they are read, too
  if (value === '') throw new Error(`the secret ${name} is empty`);
  return value;
}
