import { z } from 'zod';
import { assetKinds } from './assets/asset-kinds.ts';
import { assetSchema } from './assets/asset.ts';
import { changesSchema } from './changes.ts';
import { coverageSchema } from './coverage.ts';
import { inquirySchema } from './inquiry.ts';
import { currencySchema, decimalSchema } from './money.ts';
import { reportSignatureSchema } from './signature.ts';
import { agencyIdSchema, hashSchema, idSchema, textSchema } from './text.ts';
import { dateSchema, instantSchema, whenSchema } from './time.ts';

export const inquiryStatusSchema = z.enum(['running', 'partial', 'complete', 'closed-incomplete']);
export type InquiryStatus = z.infer<typeof inquiryStatusSchema>;

export const sentenceCodes = [
  'not-asked',
  'running',
  'found-full',
  'found-partial',
  'nothing-partial',
  'nothing-weak',
  'nothing-full',
  'none-answered',
] as const;

/** The sentence of domain.md §6.3, from counts, made by one function for screen, PDF, sheet, webhook and command line. */
export const sentenceSchema = z.strictObject({ code: z.enum(sentenceCodes), zh: z.string(), en: z.string() });
export type Sentence = z.infer<typeof sentenceSchema>;

export const noteSchema = z.strictObject({
  code: z.enum(['incomplete', 'in-review', 'not-asked', 'not-added', 'late']),
  zh: z.string(),
  en: z.string(),
});
export type Note = z.infer<typeof noteSchema>;

const roleSchema = z.strictObject({
  agencyId: agencyIdSchema,
  companyName: textSchema,
  companyUscc: textSchema.nullable(),
  role: z.enum([
    'legal-representative',
    'director',
    'supervisor',
    'manager',
    'shareholder',
    'right-of-disposal',
    'other',
  ]),
  asOf: whenSchema.nullable(),
  receivedAt: instantSchema,
});

export const totalSchema = z.strictObject({
  currency: currencySchema,
  balance: decimalSchema,
  available: decimalSchema,
  alreadyFrozen: decimalSchema,
  atLeast: z.boolean(), // printed with ≥
});
export type Total = z.infer<typeof totalSchema>;

export const summarySchema = z.strictObject({
  sentence: sentenceSchema,
  totalsByCurrency: z.array(totalSchema),
  claimCoverage: z.strictObject({ ratio: decimalSchema, atLeast: z.boolean() }).nullable(),
  countsByKind: z.partialRecord(z.enum(assetKinds), z.int().nonnegative()),
  deMinimisAccounts: z.strictObject({
    count: z.int(),
    total: decimalSchema,
    amountLimit: decimalSchema,
    ratioLimit: decimalSchema,
  }),
  possibleOverSeizure: z.strictObject({ flag: z.boolean(), reason: textSchema.nullable() }),
  duplicatesMerged: z.int().nonnegative(),
  possibleDuplicates: z.int().nonnegative(),
  assetsNeedingReview: z.int().nonnegative(),
  staleAssets: z.int().nonnegative(),
  expiring: z.array(z.strictObject({ assetId: z.string(), encumbranceIndex: z.int(), endsOn: dateSchema })),
  declaredVersusFound: z.null(), // needs a declaration (财产申报), which cannot be entered yet
  coverageRules: z.array(
    z.strictObject({ ruleId: z.string(), result: z.enum(['pass', 'fail', 'unknown']), evidence: z.array(z.string()) }),
  ),
  notes: z.array(noteSchema),
});
export type Summary = z.infer<typeof summarySchema>;

/** What the same answers always give, to the byte: everything but the version's own names (report.md §9.7). */
export const reportBodySchema = inquirySchema.extend({
  schemaVersion: z.literal('1'),
  status: inquiryStatusSchema,
  simulated: z.boolean(),
  stateAt: instantSchema, // newest event included; never the clock at rendering time
  closedAt: instantSchema.nullable(),
  coverage: coverageSchema,
  assets: z.array(assetSchema),
  roles: z.array(roleSchema),
  summary: summarySchema,
});
export type ReportBody = z.infer<typeof reportBodySchema>;

/** One immutable version of the report (report.md §2). `changes` is against the version it
 * supersedes; null without one, or when it was not asked for. */
export const reportSchema = reportBodySchema.extend({
  reportId: idSchema('rep'),
  reportVersion: z.int().min(1),
  supersedes: idSchema('rep').nullable(),
  contentHash: hashSchema,
  changes: changesSchema.nullable(),
  signature: reportSignatureSchema.nullable(), // null: a version from before versions were signed
});
export type Report = z.infer<typeof reportSchema>;

/** The present state, never stored. */
export const liveReportSchema = reportBodySchema.extend({ live: z.literal(true), contentHash: hashSchema });
export type LiveReport = z.infer<typeof liveReportSchema>;
