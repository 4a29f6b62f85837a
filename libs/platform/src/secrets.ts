import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Finds what `{ secret: name }` stands for: in the environment, then among the mounted files, then generated. */
export function createSecrets(sources: SecretSources): (name: string) => Promise<ResolvedSecret> {
  return async (name) => {
    if (!secretRefSchema.safeParse({ secret: name }).success) return { ok: false, problem: badName(name) };
    const set = sources.variables.get(secretVariable(name));
    if (set) return { ok: true, value: set };
    const mounted = await readSecret(join(sources.secretsDir, name));
    const isUsable = mounted !== null && mounted !== '' && mounted.length <= maxSecretCharacters;
    if (isUsable) return { ok: true, value: mounted };
    if (mounted !== null) return missing(name, sources);
    return sources.generateIn === null
      ? missing(name, sources)
      : { ok: true, value: await generated(sources.generateIn, name) };
  };
}

/** The text of the file without the line break at its end; null when there is no such file. */
async function readSecret(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw error;
  });
  return bytes === undefined ? null : bytes.toString('utf8').replace(/\r?\n$/, '');
}

async function generated(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const made = `${randomBytes(24).toString('base64url')}\n`;
  await writeFile(file, made, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  return (await readSecret(file)) ?? made.trim();
}

function missing(name: string, { secretsDir }: SecretSources): ResolvedSecret {
  const fix = `set ${secretVariable(name)}, or put a file named ${name} into ${secretsDir} (CHAKONG_SECRETS_DIR)`;
  return { ok: false, problem: { name, expected: `a secret of 1 to ${maxSecretCharacters} characters`, fix } };
}

function badName(name: string): SecretProblem {
  const fix = 'name the secret in lower case, with digits and hyphens';
  return { name: /^[\w.-]{1,64}$/.test(name) ? name : 'unnamed', expected: 'a name such as bank-key', fix };
}
