import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { auditSettings } from './audit-settings.ts';
import { type EnvironmentVariable, environmentVariables } from './environment-variable.ts';
import { errorCode } from './error-code.ts';
import { doorProblems, verificationProblems } from './door-problems.ts';
import { identityProblems, identitySettings } from './identity-settings.ts';
import { placeSettings } from './place-settings.ts';
import { retentionSettings } from './retention-settings.ts';
import { defaultRateLimits, workSettings } from './work-settings.ts';

/** Texts by the variable's name: the environment, the command line's flags, or an app's own defaults. */
export type TextsByVariable = Readonly<Record<string, string | undefined>>;

const settingsSchema = z.object({
  ...{ ...placeSettings, ...identitySettings, ...workSettings },
  ...{ ...auditSettings, ...retentionSettings },
});
type Read = z.output<typeof settingsSchema>;

/** Every setting of a process; frozen. Times and sizes have their unit in the name. */
export type Settings = Readonly<Omit<Read, 'publicUrl' | 'allowEmbedded' | 'channels'>> & {
  /** Channels this worker hosts; null: all. */
  readonly channels: readonly string[] | null;
  readonly publicUrl: string;
  /** False in the production profile and wherever NODE_ENV says production: no simulated channel may be loaded. */
  readonly simulatorsAllowed: boolean;
  readonly embeddedDatabaseAllowed: boolean;
};

/** Where a setting came from; `where` names a flag, a variable or a file. */
export type Origin = { readonly from: 'default' | 'environment' | 'file' | 'flag'; readonly where: string };

/** One setting that is wrong. Never holds the value. */
export type SettingProblem = {
  readonly key: string;
  readonly expected: string;
  readonly from: string;
  readonly fix: string;
};

export type Environment =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly origins: Readonly<Record<string, Origin>>;
      /** Names that begin with CHAKONG_ and mean nothing here: perhaps misspelt. Worth a warning, no more. */
      readonly unknown: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

type Sources = {
  readonly source: TextsByVariable;
  readonly flags: TextsByVariable;
  readonly defaults: TextsByVariable;
};
type Found = { readonly text: string | null; readonly origin: Origin; readonly problem?: SettingProblem };

const secretPrefix = 'CHAKONG_SECRET_';
/** Variables of the command line's client, read there through its own flags. */
const namesElsewhere = new Set(['CHAKONG_URL', 'CHAKONG_TOKEN_FILE']);
const maxSecretCharacters = 65_536;

/**
 * Reads and checks all settings at once. Later wins: default < environment (or the file named by `<NAME>_FILE`) < flag.
 * @param flags by variable name, such as `{ PORT: '7300' }`
 * @param defaults of the app that starts, where they differ, such as `{ CHAKONG_PROFILE: 'demo' }`
 */
export function readEnvironment(
  source: TextsByVariable = process.env,
  flags: TextsByVariable = {},
  defaults: TextsByVariable = {},
): Environment {
  const found = new Map(variables().map(([key, variable]) => [key, find(variable, { source, flags, defaults })]));
  const unread = [...found.values()].flatMap(({ problem }) => (problem ? [problem] : []));
  const texts = Object.fromEntries([...found].map(([key, { text }]) => [key, text]));
  const parsed = settingsSchema.safeParse(texts);
  const keys = new Set(parsed.error?.issues.map(({ path }) => String(path[0])));
  const wrong = variables().flatMap(([key, variable]) => (keys.has(key) ? [wrongForm(variable, found.get(key))] : []));
  const isNodeProduction = source['NODE_ENV'] === 'production';
  const missing = [
    ...verificationProblems(source),
    ...(parsed.success ? requiredProblems(parsed.data, isNodeProduction) : []),
  ];
  const problems = [...unread, ...wrong.filter(({ key }) => !unread.some((each) => each.key === key)), ...missing];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const origins = Object.fromEntries([...found].map(([key, { origin }]) => [key, origin]));
  const settings = complete(parsed.data, isNodeProduction);
  return { ok: true, settings, origins: Object.freeze(origins), unknown: unknownNames(source) };
}

/** All `CHAKONG_SECRET_<NAME>` variables that are set, for `createSecrets`. */
export function secretVariables(source: TextsByVariable = process.env): ReadonlyMap<string, string> {
  const set = Object.entries(source).filter(([name, text]) => name.startsWith(secretPrefix) && text);
  return new Map(set.map(([name, text]) => [name, text ?? '']));
}

/** Every variable with the key of its setting, in the order of the guide. */
export function variables(): readonly (readonly [key: string, variable: EnvironmentVariable])[] {
  return Object.entries(settingsSchema.shape).map(([key, schema]) => {
    const variable = environmentVariables.get(schema);
    if (!variable) throw new Error(`The setting ${key} has no variable.`);
    return [key, variable] as const;
  });
}

/** `CHAKONG_ENCRYPTION_KEYS_FILE` is a setting itself: its file is read by whoever can say line and column, and again later. */
const hasFileOfItsOwn = (name: string): boolean => variables().some(([, variable]) => variable.name === `${name}_FILE`);

function find(variable: EnvironmentVariable, { source, flags, defaults }: Sources): Found {
  const { name, isSecret } = variable;
  if (flags[name]) return { text: flags[name], origin: { from: 'flag', where: name } };
  const file = isSecret && !hasFileOfItsOwn(name) ? source[`${name}_FILE`] : undefined;
  if (file && source[name]) return { ...unset(variable, defaults), problem: setTwice(variable) };
  if (file) return fromFile(variable, file);
  if (source[name]) return { text: source[name], origin: { from: 'environment', where: name } };
  return unset(variable, defaults);
}

function unset(variable: EnvironmentVariable, defaults: TextsByVariable): Found {
  return { text: defaults[variable.name] ?? variable.default, origin: { from: 'default', where: variable.name } };
}

function fromFile(variable: EnvironmentVariable, file: string): Found {
  const origin = { from: 'file', where: file } as const;
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '' && text.length <= maxSecretCharacters) return { text, origin };
    return { text: variable.default, origin, problem: wrongForm(variable, { text: null, origin }) };
  } catch (error) {
    const from = `the file named by ${variable.name}_FILE (${errorCode(error)})`;
    const fix = `make the file readable, or set ${variable.name} itself`;
    return {
      text: variable.default,
      origin,
      problem: { key: variable.name, expected: 'a file that can be read', from, fix },
    };
  }
}

function setTwice({ name }: EnvironmentVariable): SettingProblem {
  const from = `${name} and ${name}_FILE`;
  return { key: name, expected: 'one of the two', from, fix: `unset ${name} or ${name}_FILE` };
}

function wrongForm({ name, expected, isSecret }: EnvironmentVariable, found: Found | undefined): SettingProblem {
  const { from, where } = found?.origin ?? { from: 'default', where: name };
  const file = isSecret ? ` or the file named by ${name}_FILE` : '';
  return {
    key: name,
    expected,
    from: `${from} ${where}`,
    fix: `set ${name}${file} in the environment, or unset it for the default`,
  };
}

/** What the production profile does not do without, what may not be said twice, and what the doors need together. */
function requiredProblems(read: Read, isNodeProduction: boolean): readonly SettingProblem[] {
  const from = 'unset in the production profile';
  const database = {
    key: 'DATABASE_URL',
    expected: 'postgres://user:password@host:port/database',
    from,
    fix: 'set DATABASE_URL or DATABASE_URL_FILE; CHAKONG_ALLOW_EMBEDDED=true allows the embedded database; CHAKONG_PROFILE=demo tries things out',
  };
  const isProduction = read.profile === 'production';
  const isDatabaseMissing = isProduction && read.databaseUrl === null && read.allowEmbedded !== true;
  return [
    ...doorProblems(read),
    ...(isDatabaseMissing ? [database] : []),
    ...keyProblems(read, isProduction),
    ...(isProduction || isNodeProduction ? identityProblems(read) : []),
  ];
}

function keyProblems(
  { encryptionKeysFile, encryptionKeys, keyCommand }: Read,
  isProduction: boolean,
): readonly SettingProblem[] {
  const key = 'CHAKONG_ENCRYPTION_KEYS_FILE';
  const missing = {
    key,
    expected: 'a path',
    from: 'unset in the production profile',
    fix: 'set CHAKONG_ENCRYPTION_KEYS_FILE to a file { keys: [{ id, secret }] } with 32 random bytes in base64, or CHAKONG_ENCRYPTION_KEYS, or CHAKONG_KEY_COMMAND',
  };
  const twice = {
    key,
    expected: 'one of the two',
    from: 'CHAKONG_ENCRYPTION_KEYS and CHAKONG_ENCRYPTION_KEYS_FILE',
    fix: 'unset CHAKONG_ENCRYPTION_KEYS or CHAKONG_ENCRYPTION_KEYS_FILE',
  };
  const hasNone = encryptionKeysFile === null && encryptionKeys === null && keyCommand === null;
  if (isProduction && hasNone) return [missing];
  return encryptionKeysFile !== null && encryptionKeys !== null ? [twice] : [];
}

function complete({ publicUrl, allowEmbedded, ...read }: Read, isNodeProduction: boolean): Settings {
  const isProduction = read.profile === 'production';
  const standard = workSettings.rateLimits.parse(defaultRateLimits);
  return Object.freeze({
    ...read,
    channels: read.channels && Object.freeze(read.channels),
    rateLimits: Object.freeze({ ...standard, ...read.rateLimits }),
    publicUrl: (publicUrl ?? `http://localhost:${read.port}`).replace(/\/+$/, ''),
    simulatorsAllowed: !isProduction && !isNodeProduction,
    embeddedDatabaseAllowed: !isProduction || allowEmbedded === true,
  });
}

function unknownNames(source: TextsByVariable): readonly string[] {
  const known = new Set(variables().flatMap(([, { name, isSecret }]) => (isSecret ? [name, `${name}_FILE`] : [name])));
  const isUnknown = (name: string) => !known.has(name) && !namesElsewhere.has(name) && !name.startsWith(secretPrefix);
  return Object.keys(source)
    .filter((name) => name.startsWith('CHAKONG_') && isUnknown(name))
    .toSorted();
}
