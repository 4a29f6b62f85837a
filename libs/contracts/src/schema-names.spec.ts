import { expect, it } from '@jest/globals';
import { z } from 'zod';
import * as contracts from './index.ts';

it('gives no two schemas one name: in the API document the second would stand for the first', () => {
  const named = new Map<string, Set<unknown>>();
  for (const each of Object.values(contracts)) {
    if (!(each instanceof z.ZodType)) continue;
    const id = each.meta()?.['id'];
    if (typeof id === 'string') named.set(id, (named.get(id) ?? new Set()).add(each));
  }
  expect(named.size).toBeGreaterThan(50);
  expect([...named].filter(([, schemas]) => schemas.size > 1).map(([id]) => id)).toEqual([]);
});
