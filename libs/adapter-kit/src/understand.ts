import { NoAnswer } from '#contracts';
import type { z } from 'zod';

const mostPaths = 20;
const fieldName = /^[A-Za-z_$][\w$-]{0,39}$/;

/**
 * What an agency sent, as its wire schema has it.
 *
 * @throws NoAnswer unintelligible, naming the fields that are wrong and none of their values
 */
export function understand<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new NoAnswer('unintelligible', `unexpected payload at: ${pathsOf(parsed.error.issues)}`);
}

/** Rows read one by one: an unreadable row is left out and counted, so that the answer is never taken for whole. */
export function understandEach<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly unknown[],
): { readonly read: z.infer<Schema>[]; readonly unreadable: number } {
  const read = rows.map((row) => schema.safeParse(row)).flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  return { read, unreadable: rows.length - read.length };
}

/** Where a payload differs from its schema, without anything of the payload. */
export function pathsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  const paths = issues.map(({ path }) => path.map(safeStep).join('.') || '(root)');
  return [...new Set(paths)].slice(0, mostPaths).join(', ');
}

/** A key may be a value where a payload uses names or numbers of people as keys: then it is not repeated. */
function safeStep(step: PropertyKey): string {
  if (typeof step === 'number') return String(step);
  return typeof step === 'string' && fieldName.test(step) ? step : '*';
}
