import { z } from 'zod';
import { fractionSchema, moneySchema } from './money.ts';
import { textSchema } from './text.ts';

/** A co-owner or the holder of a priority right (共有权、优先权, report.md §6.2). Third parties only masked. */
export const coRightSchema = z
  .strictObject({
    holderName: textSchema,
    holderIdMasked: textSchema.nullable(),
    holderKind: z.enum(['person', 'company', 'public-institution', 'state-organ', 'other']).nullable(),
    isDebtor: z.boolean(), // by identifier, never by name alone
    share: fractionSchema.nullable(),
    mode: z.enum(['sole', 'joint', 'by-shares', 'other']).nullable(),
    rightKind: z.enum(['co-ownership', 'priority', 'pledge', 'right-of-disposal', 'beneficiary', 'other']),
    holdsCertificate: z.boolean().nullable(),
    amount: moneySchema.nullable(),
    sequence: z.int().nullable(),
  })
  .meta({ id: 'CoRight' });
export type CoRight = z.infer<typeof coRightSchema>;
