import { z } from 'zod';
import { caseStateSchema } from '../case-state.ts';
import { debtorKindSchema, debtorSchema, identifierTypeSchema } from '../debtor.ts';
import { moneySchema } from '../money.ts';
import { hashSchema, idSchema, textSchema } from '../text.ts';
import { dateSchema, instantSchema } from '../time.ts';
import { warningSchema } from '../warning.ts';

/** What a court has ordered to be preserved (财产保全): up to which amount, and the order. */
const preservationSchema = z.strictObject({
  limit: moneySchema.refine(({ amount }) => Number(amount) > 0, { error: 'an amount above 0' }),
  documentNumber: textSchema,
  fileId: idSchema('file'),
});

/** `POST /cases`: an enforcement case (执行案件). */
export const newCaseSchema = z
  .strictObject({
    caseNumber: textSchema,
    courtCode: textSchema,
    courtName: textSchema,
    legalBasis: textSchema, // 执行依据
    claim: moneySchema.nullable(),
    filedOn: dateSchema.nullable(),
    executionNoticeOn: dateSchema.nullable(),
    preservation: preservationSchema.nullable().default(null), // cases 执保
  })
  .meta({ id: 'NewCase' });
export type NewCase = z.infer<typeof newCaseSchema>;

/** `PATCH /cases/{caseId}`: what is left out stays. */
export const caseChangeSchema = z
  .strictObject({
    state: caseStateSchema.optional(),
    claim: moneySchema.nullable().optional(),
    filedOn: dateSchema.nullable().optional(),
    executionNoticeOn: dateSchema.nullable().optional(),
    preservation: preservationSchema.nullable().optional(),
    reason: textSchema, // kept in the ledger
  })
  .refine((change) => Object.keys(change).some((field) => field !== 'reason'), {
    error: 'at least one thing that changes',
  })
  .meta({ id: 'CaseChange' });
export type CaseChange = z.infer<typeof caseChangeSchema>;

/** A warning never blocks, it asks: the officer confirms the value as it is. */
const hintSchema = z.strictObject({
  code: warningSchema.shape.code.or(z.enum(['case-number-form', 'rare-character'])),
  pointer: z.string(),
  detail: z.string(),
});

export const caseViewSchema = newCaseSchema
  .extend({
    caseId: idSchema('case'),
    preservation: preservationSchema.nullable(),
    state: caseStateSchema,
    version: z.int(), // what If-Match names
    createdAt: instantSchema,
    warnings: z.array(hintSchema),
    debtors: z.array(
      z.strictObject({
        debtorId: idSchema('deb'),
        kind: debtorKindSchema,
        nameMasked: z.string(),
        idMasked: z.string(),
      }),
    ),
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof caseViewSchema>;

/** `POST /cases/{caseId}/debtors`. */
export const newDebtorSchema = z
  .strictObject({
    kind: debtorKindSchema,
    name: textSchema,
    role: debtorSchema.shape.role,
    ids: z
      .array(
        z.strictObject({
          type: identifierTypeSchema,
          number: textSchema,
          country: textSchema.nullable().default(null),
          issuer: textSchema.nullable().default(null),
        }),
      )
      .min(1)
      .max(10),
    aliases: z.array(textSchema).max(20).default([]),
    formerNames: z.array(textSchema).max(20).default([]),
    birthDate: dateSchema.nullable().default(null),
    registeredArea: textSchema.nullable().default(null),
    nationality: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .default(null),
  })
  .meta({ id: 'NewDebtor' });
export type NewDebtor = z.infer<typeof newDebtorSchema>;

export const debtorViewSchema = z
  .strictObject({
    debtorId: idSchema('deb'),
    caseId: idSchema('case'),
    kind: debtorKindSchema,
    role: debtorSchema.shape.role,
    nameMasked: z.string(),
    ids: z.array(
      z.strictObject({
        type: identifierTypeSchema,
        numberMasked: z.string(),
        checksum: z.enum(['ok', 'failed', 'not-applicable']),
      }),
    ),
    warnings: z.array(hintSchema),
    createdAt: instantSchema,
  })
  .meta({ id: 'Debtor' });
export type DebtorView = z.infer<typeof debtorViewSchema>;

/** `POST /files` answers with this; the bytes are kept sealed. */
export const fileViewSchema = z
  .strictObject({
    fileId: idSchema('file'),
    fileName: z.string(),
    fileType: z.enum(['pdf', 'ofd', 'jpg', 'png']),
    sizeBytes: z.int(),
    hash: hashSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'File' });
export type FileView = z.infer<typeof fileViewSchema>;
