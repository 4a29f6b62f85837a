import { createHash } from 'node:crypto';
import { hashSchema } from '#contracts';
import { z } from 'zod';
import { readJson } from '../json-text.ts';

/** What the ledger may be hashed with; a chain may change from one to the other between two rows. */
export type LedgerHash = 'sha256' | 'sm3';

/** The hash before the first row. */
export const ledgerStart = `sha256:${'0'.repeat(64)}`;

/** `sha256:…` or `sm3:…` over a text in UTF-8. */
export const textHash = (algorithm: LedgerHash, text: string): string =>
  `${algorithm}:${createHash(algorithm).update(text, 'utf8').digest('hex')}`;

export const algorithmOf = (hash: string): LedgerHash => (hash.startsWith('sm3:') ? 'sm3' : 'sha256');

/**
 * One row as it stands in the database or in a pack. `body` is canonical JSON and what is hashed; null: withheld from the
 * reader, who still sees that the chain goes through it. `told`: the reason, where it is revealed.
 */
export const ledgerRowSchema = z.strictObject({
  seq: z.int().positive(),
  body: z.string().nullable(),
  previous: hashSchema,
  hash: hashSchema,
  told: z.strictObject({ salt: z.string(), reason: z.string() }).nullable().default(null),
});
export type LedgerRow = z.output<typeof ledgerRowSchema>;

/** What of a body binds it to its place; the rest is for people. */
const boundSchema = z.looseObject({ seq: z.int(), previous: z.string(), reasonDigest: z.string().nullable() });
export type BoundBody = z.output<typeof boundSchema>;

/** Null: it is no body of ours. */
export function readBody(text: string): BoundBody | null {
  const json = readJson(text);
  return json.outcome === 'read' ? (boundSchema.safeParse(json.value).data ?? null) : null;
}
