import { z } from 'zod';
import { purposeSchema } from '../inquiry.ts';
import { exportSignatureSchema, maskLevelSchema, reportSignatureSchema } from '../signature.ts';
import { hashSchema, idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

const wordsSchema = z.strictObject({ zh: z.string(), en: z.string() });

/** Parts of a report that may be left out. What the agencies answered in numbers, and the sentence, always stay. */
export const exportSections = ['assets', 'coverage-lines', 'roles'] as const;
export const exportSectionSchema = z.enum(exportSections);
export type ExportSection = z.infer<typeof exportSectionSchema>;

export const newExportSchema = z
  .strictObject({
    source: z.strictObject({ kind: z.literal('report'), id: idSchema('rep') }),
    format: z.enum(['json', 'pdf', 'xlsx', 'csv', 'zip']),
    locale: z.enum(['zh-CN', 'en']),
    mask: maskLevelSchema,
    sections: z.union([z.literal('all'), z.array(exportSectionSchema).max(exportSections.length)]).default('all'),
    reason: z.string().trim().max(2_000).default(''), // missing: 403 `reason-required`
    draft: z.boolean().default(false),
  })
  .meta({ id: 'NewExport' });
export type NewExport = z.infer<typeof newExportSchema>;

/** What a report can be taken out as. */
export const exportFormatSchema = z.enum(['json', 'pdf', 'xlsx']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** `expired`: its content was removed, or may not be fetched any more. */
export const exportViewSchema = z
  .strictObject({
    exportId: idSchema('exp'),
    source: z.strictObject({ kind: z.literal('report'), id: idSchema('rep') }),
    format: exportFormatSchema,
    mask: maskLevelSchema,
    draft: z.boolean(),
    state: z.enum(['ready', 'expired']),
    sizeBytes: z.int().nonnegative(),
    hash: hashSchema, // of a JSON document its `exportHash`, of paper and sheets that of their bytes
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Export' });
export type ExportView = z.infer<typeof exportViewSchema>;

/** Who took it out, for whoever prints it to put on every page. */
const watermarkSchema = z.strictObject({
  userId: idSchema('usr'),
  name: textSchema,
  courtCode: textSchema,
  courtName: textSchema,
  at: instantSchema,
  exportId: idSchema('exp'),
  purpose: purposeSchema,
});

/** One kind of value that was masked, and how many of them. */
export const appliedMaskSchema = z.strictObject({
  what: z.enum([
    'identity-numbers',
    'account-numbers',
    'third-person-names',
    'third-person-numbers',
    'contacts',
    'raw-words',
  ]),
  count: z.int().positive(),
});
export type AppliedMask = z.infer<typeof appliedMaskSchema>;

/**
 * A report that left the product (docs/decisions/0027-an-export-is-signed-twice.md). `original` is the version it came
 * from with its own signature; `exportHash` is over everything but itself and `exportSignature`.
 */
export const exportDocumentSchema = z
  .strictObject({
    documentType: z.literal('chakong-export'),
    schemaVersion: z.literal('1'),
    export: z.strictObject({
      exportId: idSchema('exp'),
      exportedAt: instantSchema,
      locale: z.enum(['zh-CN', 'en']),
      mask: maskLevelSchema,
      masked: z.array(appliedMaskSchema),
      leftOut: z.array(exportSectionSchema), // their members are null in `report`, which never means "none"
      draft: z.boolean(),
      notices: z.array(wordsSchema), // to be shown wherever the content is
      watermark: watermarkSchema,
    }),
    original: z.strictObject({
      reportId: idSchema('rep'),
      reportVersion: z.int().min(1),
      inquiryId: idSchema('inq'),
      supersedes: idSchema('rep').nullable(),
      contentHash: hashSchema,
      verificationCode: z.string(),
      signature: reportSignatureSchema.nullable(),
      unsigned: wordsSchema.nullable(), // why there is no signature
    }),
    report: z.record(z.string(), z.unknown()), // the body of the report, masked
    exportHash: hashSchema,
    exportSignature: exportSignatureSchema,
  })
  .meta({ id: 'ExportDocument' });
export type ExportDocument = z.infer<typeof exportDocumentSchema>;

const codeForm = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

/** Hash or code of one version. Nothing in it is about anybody. */
export const verifyRequestSchema = z
  .strictObject({
    reportId: idSchema('rep'),
    reportVersion: z.int().min(1).max(1_000_000),
    contentHash: hashSchema.optional(),
    code: z.string().toUpperCase().regex(codeForm, 'four groups of four characters').optional(),
  })
  .refine(({ contentHash, code }) => (contentHash === undefined) !== (code === undefined), {
    message: 'exactly one of contentHash and code',
  })
  .meta({ id: 'VerifyRequest' });
export type VerifyRequest = z.infer<typeof verifyRequestSchema>;

/** The same `not-valid` for what is unknown and for what is wrong. */
export const verifyViewSchema = z
  .discriminatedUnion('result', [
    z.strictObject({
      result: z.literal('valid'),
      sealedAt: instantSchema,
      signed: z.boolean(),
      supersededBy: z.strictObject({ reportId: idSchema('rep'), reportVersion: z.int().min(1) }).nullable(),
    }),
    z.strictObject({ result: z.literal('not-valid') }),
  ])
  .meta({ id: 'VersionVerification' });
export type VerifyView = z.infer<typeof verifyViewSchema>;
