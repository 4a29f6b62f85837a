import type { JsonSchema } from './api.ts';

export interface Shape {
  readonly also?: readonly string[];
  readonly never?: readonly string[];
}

export interface ExampleParts {
  readonly resolve: (schema: JsonSchema) => JsonSchema;
  /** Fields that are filled in although they need not be, and fields that are left out although they take an id. */
  readonly shape?: Shape;
  /** A value for everything of this name, such as an id that exists. */
  readonly fixtures: Readonly<Record<string, string>>;
}

/** Strings that fit the patterns of the contracts, tried one after the other. */
const candidates = ['2026-01-01', '990100', '12.00', 'CNY', 'CN', '110100', 'bank.bailu', 'text', '1', '0'];
const byFormat: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T10:00:00+08:00',
  uuid: '6f1f6a3e-6f43-4e29-9d0b-3a5d0a1f7c11',
  email: 'nobody@example.org',
  uri: 'https://example.org/',
};
/** The pattern of ids with a prefix, as `idSchema` of the contracts writes it. */
const idPattern = /^\^([a-z]+)_\[/;

export const isIdSchema = (schema: JsonSchema): boolean =>
  typeof schema['pattern'] === 'string' && idPattern.test(schema['pattern']);

/**
 * The smallest value that fits a schema. Ids are always filled in, also optional ones, so that each can be swapped for
 * one of another court.
 * @throws Error naming the place, when nothing fits: then plainValues or the ids of an estate in test/security/world.ts wants a line
 */
export function exampleOf(parts: ExampleParts, given: JsonSchema, place: readonly string[] = []): unknown {
  const schema = parts.resolve(given);
  const name = place.findLast((each) => !/^\d+$/.test(each)) ?? '';
  const fixture = parts.fixtures[name];
  const choice = schema['anyOf'] ?? schema['oneOf'];
  if (choice) return exampleOf(parts, preferred(parts, choice), place);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(fixture) ? fixture : schema['enum'][0];
  if (schema['type'] === 'object') return objectOf(parts, schema, place);
  if (schema['type'] === 'array') return arrayOf(parts, schema, place);
  if (schema['type'] === 'integer' || schema['type'] === 'number') return schema['minimum'] ?? 1;
  if (schema['type'] === 'boolean') return schema['default'] ?? false;
  if (schema['type'] === 'string') return textOf(schema, fixture, place);
  throw new Error(`/${place.join('/')}: no example can be made of ${JSON.stringify(schema).slice(0, 120)}`);
}

/** The alternative that a fixture names by its only possible value, then one with an id, then one that is not null. */
const preferred = ({ resolve, fixtures }: ExampleParts, choice: readonly JsonSchema[]): JsonSchema =>
  choice.find((each) => isNamed(resolve(each), fixtures)) ??
  choice.find((each) => mentionsId(resolve, each)) ??
  choice.find((each) => resolve(each)['type'] !== 'null') ??
  choice[0] ??
  {};

const isNamed = (schema: JsonSchema, fixtures: ExampleParts['fixtures']): boolean =>
  Object.entries<JsonSchema>(schema['properties'] ?? {}).some(
    ([name, { enum: only }]) => only?.length === 1 && only[0] === fixtures[name],
  );

function objectOf(parts: ExampleParts, schema: JsonSchema, place: readonly string[]): Record<string, unknown> {
  const required: readonly string[] = schema['required'] ?? [];
  const { also = [], never = [] } = parts.shape ?? {};
  const wanted = Object.entries<JsonSchema>(schema['properties'] ?? {}).filter(
    ([key, each]) =>
      !never.includes(key) && (required.includes(key) || also.includes(key) || mentionsId(parts.resolve, each)),
  );
  return Object.fromEntries(wanted.map(([key, each]) => [key, exampleOf(parts, each, [...place, key])]));
}

function arrayOf(parts: ExampleParts, schema: JsonSchema, place: readonly string[]): unknown[] {
  const items = parts.resolve(schema['items']);
  const count = mentionsId(parts.resolve, items) || 'enum' in items ? 1 : (schema['minItems'] ?? 0);
  return Array.from({ length: count }, (_, index) => exampleOf(parts, schema['items'], [...place, String(index)]));
}

/** An id, or a list of ids, or either of them or null. */
function mentionsId(resolve: ExampleParts['resolve'], given: JsonSchema): boolean {
  const schema = resolve(given);
  const choice: readonly JsonSchema[] = schema['anyOf'] ?? schema['oneOf'] ?? [];
  return (
    isIdSchema(schema) ||
    choice.some((each) => mentionsId(resolve, each)) ||
    (schema['type'] === 'array' && mentionsId(resolve, schema['items']))
  );
}

function textOf(schema: JsonSchema, fixture: string | undefined, place: readonly string[]): string {
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : null;
  const found = [fixture, byFormat[schema['format']], ...(isIdSchema(schema) ? [] : candidates)].find(
    (each) =>
      each !== undefined &&
      (pattern?.test(each) ?? true) &&
      each.length >= (schema['minLength'] ?? 0) &&
      each.length <= (schema['maxLength'] ?? Infinity),
  );
  if (found !== undefined) return found;
  throw new Error(
    `/${place.join('/')}: nothing known fits ${schema['pattern'] ?? 'it'}; add a value under its name to plainValues or the ids of an estate in test/security/world.ts`,
  );
}
