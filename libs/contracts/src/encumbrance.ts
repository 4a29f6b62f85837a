import { z } from 'zod';
import { moneySchema, quantitySchema, decimalSchema } from './money.ts';
import { codeSchema, textSchema } from './text.ts';
import { dateSchema, whenSchema } from './time.ts';

export const encumbranceKinds = [
  'seizure',
  'freeze',
  'waiting-seizure',
  'waiting-freeze',
  'advance-seizure',
  'waiting-advance-seizure',
  'renewal',
  'detention',
  'mortgage',
  'pledge',
  'lien',
  'advance-notice',
  'objection',
  'priority-right',
  'stop-payment',
  'other',
] as const;

/** Something that stands on an asset: freeze, seizure, mortgage … (权利负担, report.md §6.1). */
export const encumbranceSchema = z
  .strictObject({
    kind: z.enum(encumbranceKinds),
    source: z.enum(['court', 'police', 'prosecutor', 'tax', 'bank', 'registry', 'other']).nullable(),
    rank: z.int().nonnegative().nullable(), // 0 in force, 1.. waiting (轮候)
    sequence: z.int().nullable(), // the agency's running number; not a rank
    rankBasis: z.enum(['registration-time', 'publication-time', 'source-order', 'unknown']),
    authority: textSchema.nullable(),
    documentNumber: textSchema.nullable(),
    caseNumber: textSchema.nullable(),
    agencyMeasureNo: textSchema.nullable(), // needed to renew or release
    amount: z.strictObject({
      requested: moneySchema.nullable(),
      controlled: moneySchema.nullable(),
      waiting: moneySchema.nullable(),
    }),
    quantity: quantitySchema.nullable(),
    ratio: decimalSchema.nullable(),
    scope: z.enum(['amount', 'whole-asset']).nullable(),
    registeredAt: whenSchema.nullable(),
    publishedAt: whenSchema.nullable(),
    startsOn: dateSchema.nullable(),
    endsOn: dateSchema.nullable(),
    liftedOn: dateSchema.nullable(),
    inForce: z.boolean().nullable(),
    holderName: textSchema.nullable(),
    securedAmount: moneySchema.nullable(),
    securedFrom: dateSchema.nullable(),
    securedTo: dateSchema.nullable(),
    mortgageMode: codeSchema(['general', 'maximum', 'other']).nullable(),
    certificateNo: textSchema.nullable(),
    isOwnCase: z.boolean(), // by case number, set by the merge
    remark: textSchema.nullable(),
  })
  .meta({ id: 'Encumbrance' });
export type Encumbrance = z.infer<typeof encumbranceSchema>;
export type EncumbranceKind = Encumbrance['kind'];

/** An encumbrance about which only its kind is known: every other field unknown, to be spread over. */
export const unknownEncumbrance: Omit<Encumbrance, 'kind'> = {
  source: null,
  rank: null,
  sequence: null,
  rankBasis: 'unknown',
  authority: null,
  documentNumber: null,
  caseNumber: null,
  agencyMeasureNo: null,
  amount: { requested: null, controlled: null, waiting: null },
  quantity: null,
  ratio: null,
  scope: null,
  registeredAt: null,
  publishedAt: null,
  startsOn: null,
  endsOn: null,
  liftedOn: null,
  inForce: null,
  holderName: null,
  securedAmount: null,
  securedFrom: null,
  securedTo: null,
  mortgageMode: null,
  certificateNo: null,
  isOwnCase: false,
  remark: null,
};
