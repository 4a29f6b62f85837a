import { z } from 'zod';

/** What people need to know about a variable. The text of `default` is read exactly as if it had been set. */
export type EnvironmentVariable = {
  readonly name: string;
  readonly default: string | null;
  /** In words, with the bounds: shown when the value is wrong. */
  readonly expected: string;
  readonly unit: string | null;
  readonly meaning: string;
  /** A secret may also be given as a file, by `<name>_FILE`; a file's path is no secret. */
  readonly isSecret: boolean;
};

/** Schema of a setting → its variable. One list: settings, defaults, `.env.example` and the operator guide come from it. */
export const environmentVariables = z.registry<EnvironmentVariable>();

type About = Pick<EnvironmentVariable, 'name' | 'default' | 'meaning'> & { readonly isSecret?: boolean };

/** A variable whose text a schema reads; null means unset. */
export function setting<S extends z.ZodType>(schema: S, about: About & { readonly expected: string }): S {
  environmentVariables.add(schema, { unit: null, isSecret: false, ...about });
  return schema;
}

export type Range = { readonly from: number; readonly to: number; readonly unit: string };

/** A whole number within bounds, without sign, point or exponent. */
export function wholeSetting({ from, to, unit }: Range, about: About) {
  const schema = z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.int().min(from).max(to));
  environmentVariables.add(schema, {
    isSecret: false,
    unit,
    expected: `a whole number from ${from} to ${to}`,
    ...about,
  });
  return schema;
}

/** `true` or `false`; null when it is unset and has no default. */
export function yesNoSetting(about: About) {
  const schema = z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .nullable();
  return setting(schema, { expected: 'true or false', ...about });
}

/** A file or folder that need not be named. */
export function pathSetting(about: About) {
  return setting(z.string().max(4_096).nullable(), { expected: 'a path', ...about });
}

/** A file or folder that always has a default. */
export function folderSetting(about: About & { readonly default: string }) {
  return setting(z.string().min(1).max(4_096), { expected: 'a path', ...about });
}
