import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { faultsOf, pathText } from './schema-fault.ts';

const said = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? [])
    .flatMap((issue) => faultsOf(issue))
    .map(({ path, expected }) => `${pathText(path)}: ${expected}`);

describe('a schema fault', () => {
  it('names what was expected, never what was there', () => {
    expect(said(z.object({ a: z.string().min(2), b: z.array(z.int()).max(1) }), { a: '', b: [1, 2] })).toEqual([
      'a: at least 2 characters',
      'b: at most 1 entries',
    ]);
    expect(said(z.object({ a: z.string().regex(/^x$/) }), { a: 'canary' })).toEqual(['a: text of the form /^x$/']);
    expect(said(z.object({ a: z.literal(['p', 'q']) }), { a: 'canary' })).toEqual(['a: one of p, q']);
    expect(said(z.object({ a: z.number().multipleOf(5) }), { a: 3 })).toEqual(['a: a multiple of 5']);
  });

  it('points into lists and at every unknown key', () => {
    expect(said(z.array(z.strictObject({ a: z.int() })), [{ a: 1 }, { a: 1, b: 2, c: 3 }])).toEqual([
      '[1].b: no such key here',
      '[1].c: no such key here',
    ]);
  });

  it('speaks of the nearest form where several are allowed', () => {
    const schema = z.object({
      at: z.union([z.strictObject({ day: z.int(), month: z.int() }), z.strictObject({ secret: z.string() })]),
    });
    expect(said(schema, { at: { secret: 1 } })).toEqual(['at.secret: text']);
  });
});
