import { z } from 'zod';
import { textSchema } from './text.ts';
import { dateSchema } from './time.ts';

export const identifierTypeSchema = z.enum([
  'citizen-id',
  'hk-macao-taiwan',
  'passport',
  'household-book',
  'military',
  'org-code',
  'business-licence',
  'uscc',
  'other',
]);
export type IdentifierType = z.infer<typeof identifierTypeSchema>;

/** An identifier (证件) as entered and as used for matching (report.md §3.4, §10). */
export const identifierSchema = z.strictObject({
  type: identifierTypeSchema,
  number: textSchema,
  normalised: textSchema,
  variant15: textSchema.nullable(), // citizen ID: derived 15-digit form
  orgCode: textSchema.nullable(), // USCC: characters 9–17
  checksum: z.enum(['ok', 'failed', 'not-applicable']),
  country: textSchema.nullable(),
  issuer: textSchema.nullable(),
});
export type Identifier = z.infer<typeof identifierSchema>;

export const debtorKindSchema = z.enum(['natural', 'legal', 'other']);
export type DebtorKind = z.infer<typeof debtorKindSchema>;

/** The debtor (被执行人): the only person an inquiry may be about (domain.md L06). */
export const debtorSchema = z.strictObject({
  kind: debtorKindSchema,
  name: textSchema,
  aliases: z.array(textSchema).max(20),
  formerNames: z.array(textSchema).max(20),
  role: z.enum(['debtor-under-execution', 'respondent-under-preservation']),
  ids: z.tuple([identifierSchema], identifierSchema), // at least one, the strongest first
  birthDate: dateSchema.nullable(),
  registeredArea: textSchema.nullable(),
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
});
export type Debtor = z.infer<typeof debtorSchema>;
