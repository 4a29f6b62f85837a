import { z } from 'zod';
import { droppedSchema, sectionSchema } from './answer.ts';
import { categories, categorySchema, matchKeySchema, matchRuleSchema, modeSchema } from './category.ts';
import { reasonSchema } from './no-answer.ts';
import { notAskedCauseSchema } from './plan.ts';
import { agencyIdSchema, channelIdSchema, hashSchema, idSchema, textSchema } from './text.ts';
import { asOfKindSchema, dateSchema, instantSchema, whenSchema } from './time.ts';

export const verdictSchema = z.enum(['found', 'nothing', 'no-answer', 'not-asked']);
export type Verdict = z.infer<typeof verdictSchema>;

/** One line of coverage (覆盖情况): one agency in one category for one debtor (report.md §4). */
export const coverageLineSchema = z.strictObject({
  agencyId: agencyIdSchema,
  agencyName: textSchema,
  category: categorySchema,
  region: z.string().nullable(),
  channelId: channelIdSchema.nullable(),
  mode: modeSchema.nullable(),
  adapterId: z.string().nullable(),
  adapterVersion: z.string().nullable(),
  verdict: verdictSchema,
  reason: reasonSchema.nullable(),
  stage: z.enum(['queued', 'held', 'sent', 'acknowledged']).nullable(),
  notAskedCause: notAskedCauseSchema.nullable(),
  complete: z.boolean().nullable(),
  identityMatched: z.boolean().nullable(),
  provesAbsence: z.boolean(),
  suspicious: z.enum(['all-nothing', 'below-floor', 'none']),
  sections: z.array(sectionSchema),
  requestNumber: z.string().nullable(),
  attempts: z.int().nonnegative(),
  maxAttempts: z.int().nonnegative(),
  firstSentAt: instantSchema.nullable(),
  lastSentAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  answeredAt: instantSchema.nullable(),
  dueAt: instantSchema.nullable(),
  typicalMs: z.int().nullable(),
  promisedMs: z.int().nullable(),
  slaBreached: z.boolean(),
  nextAttemptAt: instantSchema.nullable(),
  retryable: z.boolean(),
  breakerState: z.enum(['closed', 'half-open', 'open']).nullable(),
  breakerOpenSince: instantSchema.nullable(),
  cancelledBy: z.string().nullable(),
  cancelledAt: instantSchema.nullable(),
  reasonCode: textSchema.nullable(),
  reasonText: textSchema.nullable(),
  contactName: textSchema.nullable(),
  contactPhone: textSchema.nullable(),
  decideBy: dateSchema.nullable(),
  matchKeysSent: z.array(matchKeySchema),
  matchRule: matchRuleSchema.nullable(),
  assetCount: z.int().nonnegative().nullable(),
  candidateCount: z.int().nonnegative(),
  dropped: droppedSchema.nullable(),
  answerId: idSchema('ans').nullable(),
  asOf: whenSchema.nullable(),
  asOfKind: asOfKindSchema.nullable(),
  rawMessageHash: hashSchema.nullable(),
  signatureStatus: z.enum(['valid', 'invalid', 'absent', 'not-checked']).nullable(),
  receiptDocumentId: z.string().nullable(),
  reusedFrom: z
    .strictObject({ inquiryId: idSchema('inq'), caseNumber: textSchema, receivedAt: instantSchema })
    .nullable(),
  simulated: z.boolean(),
});
export type CoverageLine = z.infer<typeof coverageLineSchema>;

export const countsSchema = z.strictObject({
  asked: z.int().nonnegative(),
  answered: z.int().nonnegative(),
  found: z.int().nonnegative(),
  nothing: z.int().nonnegative(),
  noAnswer: z.int().nonnegative(),
  notAsked: z.int().nonnegative(),
  incomplete: z.int().nonnegative(), // answered, but not wholly
  weak: z.int().nonnegative(), // `nothing` that does not prove absence
});
export type Counts = z.infer<typeof countsSchema>;

const categoryCoverageSchema = countsSchema.extend({ verdict: verdictSchema });
export type CategoryCoverage = z.infer<typeof categoryCoverageSchema>;

export const coverageSchema = z.strictObject({
  counts: countsSchema,
  byCategory: z.partialRecord(z.enum(categories), categoryCoverageSchema),
  byReason: z.partialRecord(reasonSchema, z.int().positive()),
  isFull: z.boolean(),
  establishesAbsence: z.boolean(),
  lines: z.array(coverageLineSchema),
});
export type Coverage = z.infer<typeof coverageSchema>;
