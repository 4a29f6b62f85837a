import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemItems } from './schema-issues.ts';

const schema = z.strictObject({
  name: z.string().min(2),
  kind: z.enum(['natural', 'legal']),
  at: z.iso.datetime({ offset: true }),
  ids: z.array(z.strictObject({ number: z.string() })).min(1),
  scope: z.array(z.string().regex(/^[a-z]+$/)).or(z.literal('all')),
});
const secret = '110100199003074112';
const itemsOf = (value: unknown, place: 'body' | 'query' = 'body') =>
  problemItems(
    (schema.safeParse(value).error?.issues ?? []).map((issue) => ({ ...issue })),
    { in: place, value },
  );

describe('the items of a problem', () => {
  it('name every issue with pointer, detail and fix', () => {
    const items = itemsOf({ name: 'x', kind: secret, at: secret, ids: [{}], scope: [secret], 'a/b~c': 1 });
    expect(items.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/name too-small',
      '/kind not-allowed-value',
      '/at wrong-form',
      '/ids/0/number required',
      '/scope/0 wrong-form',
      '/? unknown-field',
    ]);
    expect(items.every(({ detail, fix }) => detail !== '' && fix !== '')).toBe(true);
  });

  it('repeat no value, and no key that could be one', () => {
    const said = JSON.stringify(
      itemsOf({ [secret]: 1, 张三: 2, kind: '张三', name: 7, at: '张三', ids: 张(), scope: 5 }),
    );
    expect(said).not.toContain(secret);
    expect(said).not.toContain('张');
  });

  it('name parameters in a query', () => {
    expect(itemsOf({ limt: '1' }, 'query').map(({ parameter }) => parameter)).toContain('limt');
  });

  it('say that everything is missing when there is no body', () => {
    expect(itemsOf(undefined)).toEqual([
      { pointer: '', code: 'required', detail: 'The value is missing.', fix: 'Add it (object).' },
    ]);
  });
});

const 张 = () => '张三';
