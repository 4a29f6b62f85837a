import { expect, it } from '@jest/globals';
import { z } from 'zod';
import * as contracts from '../index.ts';

it('gives no name to two schemas: one of them would be described as the other', () => {
  const named = new Map<string, Set<z.ZodType>>();
  for (const schema of Object.values(contracts)) {
    const id = schema instanceof z.ZodType ? z.globalRegistry.get(schema)?.id : undefined;
    if (id !== undefined && schema instanceof z.ZodType) named.set(id, (named.get(id) ?? new Set()).add(schema));
  }
  expect(named.size).toBeGreaterThan(50);
  expect([...named].filter(([, schemas]) => schemas.size > 1).map(([id]) => id)).toEqual([]);
});
