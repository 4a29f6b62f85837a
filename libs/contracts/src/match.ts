import { z } from 'zod';
import { textSchema } from './text.ts';

export const matchBasisSchema = z.enum(['name', 'id18', 'id15', 'uscc', 'org-code', 'passport', 'birth-date']);
export type MatchBasis = z.infer<typeof matchBasisSchema>;

export const confidenceSchema = z.enum(['strong', 'medium', 'name-only']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** What agreed between the answer and the debtor, and what the agency said about the person (domain.md §7.3). */
export const matchSchema = z.strictObject({
  basis: z.array(matchBasisSchema),
  confidence: confidenceSchema,
  returnedName: textSchema.nullable(),
  returnedIdMasked: textSchema.nullable(),
});
export type Match = z.infer<typeof matchSchema>;
