import { z } from 'zod';

/** A filter that takes several values, separated by commas: `verdict=found,no-answer`. */
export const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .min(1)
    .max(400)
    .transform((text) => text.split(','))
    .pipe(z.array(item).max(40))
    .describe('several values, separated by commas');
