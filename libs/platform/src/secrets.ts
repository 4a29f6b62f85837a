import { createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { secretRefSchema } from '#contracts';
import { errorCode } from './error-code.ts';

/** A secret cannot be had. Names the reference and where it was looked for, never a value. */
export type SecretProblem = { readonly name: string; readonly expected: string; readonly fix: string };
export type ResolvedSecret =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: SecretProblem };

export type SecretSources = {
  /** `CHAKONG_SECRET_<NAME>` by its whole name, from `secretVariables()`. */
  readonly variables: ReadonlyMap<string, string>;
  readonly secretsDir: string;
  /** Where a missing secret is made up and kept, in the demo; null: a missing secret is a problem. */
  readonly generateIn: string | null;
};

const maxSecretCharacters = 65_536;

/** The variable of a reference: `bank-key` is `CHAKONG_SECRET_BANK_KEY`. */
export function secretVariable(name: string): string {
  return `CHAKONG_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/**
 * Finds what `{ secret: name }` stands for: in the environment, then among the mounted files, then generated. Of a pair
 * of keys in the demo only `…-private-key` is kept; `…-public-key` is worked out from it
 * (docs/decisions/0015-key-pairs-of-the-demo-follow-from-their-names.md).
 */
export function createSecrets(sources: SecretSources): (name: string) => Promise<ResolvedSecret> {
  const resolve = async (name: string): Promise<ResolvedSecret> => {
    if (!secretRefSchema.safeParse({ secret: name }).success) return { ok: false, problem: badName(name) };
    const set = sources.variables.get(secretVariable(name));
    if (set) return { ok: true, value: set };
    const mounted = await readSecret(join(sources.secretsDir, name));
    const isUsable = mounted !== null && mounted !== '' && mounted.length <= maxSecretCharacters;
    if (isUsable) return { ok: true, value: mounted };
    if (mounted !== null) return missing(name, sources);
    if (sources.generateIn === null) return missing(name, sources);
    const privateHalf = privateHalfOf(name);
    if (privateHalf === null) return { ok: true, value: await generated(sources.generateIn, name) };
    const key = await resolve(privateHalf);
    return key.ok ? { ok: true, value: publicHalf(key.value) } : key;
  };
  return resolve;
}

/** The text of the file without the line break at its end; null when there is no such file. */
async function readSecret(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw error;
  });
  return bytes === undefined ? null : bytes.toString('utf8').replace(/\r?\n$/, '');
}

/**
 * Made up once and kept. What a secret is good for is told by its name: `…-private-key` is an RSA key (PEM), an
 * Ed25519 key where it signs for us alone, everything else a random text.
 */
async function generated(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  const made = name.endsWith(privateKeySuffix) ? await newPrivateKey(name) : randomBytes(24).toString('base64url');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${made.trim()}\n`, { flag: 'wx', mode: 0o600 });
  // Linked whole, so that no other process reads half a key; the first one wins.
  await link(draft, file).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return (await readSecret(file)) ?? made.trim();
}

const privateKeySuffix = '-private-key';
const publicKeySuffix = '-public-key';
const keyBits = 3_072;

/** Keys that sign what is ours alone; those that agencies know as well are RSA. */
const ownSignature = /-(?:signing|checkpoint)-private-key$/;

async function newPrivateKey(name: string): Promise<string> {
  const make = promisify(generateKeyPair);
  const { privateKey } = ownSignature.test(name)
    ? await make('ed25519', {})
    : await make('rsa', { modulusLength: keyBits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The name of the private key whose public half is asked for; null where something else is. */
const privateHalfOf = (name: string): string | null =>
  name.endsWith(publicKeySuffix) ? name.slice(0, -publicKeySuffix.length) + privateKeySuffix : null;

function publicHalf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString().trim();
}

function missing(name: string, { secretsDir }: SecretSources): ResolvedSecret {
  const fix = `set ${secretVariable(name)}, or put a file named ${name} into ${secretsDir} (CHAKONG_SECRETS_DIR)`;
  return { ok: false, problem: { name, expected: `a secret of 1 to ${maxSecretCharacters} characters`, fix } };
}

function badName(name: string): SecretProblem {
  const fix = 'name the secret in lower case, with digits and hyphens';
  return { name: /^[\w.-]{1,64}$/.test(name) ? name : 'unnamed', expected: 'a name such as bank-key', fix };
}
