import { z } from 'zod';
import { categorySchema } from '../category.ts';
import { changeCountsSchema, changesSentenceSchema } from '../changes.ts';
import { countsSchema, coverageLineSchema, coverageSchema } from '../coverage.ts';
import { inquirySchema, originSchema, purposeSchema } from '../inquiry.ts';
import { notAskedCauseSchema } from '../plan.ts';
import { inquiryStatusSchema, sentenceSchema } from '../report.ts';
import { agencyIdSchema, idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** Which agencies an officer wants asked. */
export const scopeSchema = z.strictObject({
  categories: z.array(categorySchema).min(1).max(13).or(z.literal('all')),
  agencies: z.literal('all-entitled').or(z.array(agencyIdSchema).min(1).max(5_000)),
  except: z.array(agencyIdSchema).max(5_000).default([]),
});
export type Scope = z.infer<typeof scopeSchema>;

const legalDocumentSchema = z.strictObject({
  documentName: textSchema,
  documentNumber: textSchema,
  fileId: idSchema('file'),
});
const emergencySchema = z.strictObject({ reason: textSchema });

export const previewInquirySchema = z
  .strictObject({
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    purpose: purposeSchema,
    scope: scopeSchema,
    transactionPeriod: inquirySchema.shape.transactionPeriod.default(null),
    origin: originSchema.default('officer'),
    legal: legalDocumentSchema.nullable().default(null), // null: not chosen yet, and named among what is missing
    reason: textSchema.nullable().default(null),
    emergency: emergencySchema.nullable().default(null),
  })
  .meta({ id: 'InquiryPreviewRequest' });

/** `POST /inquiries` (api.md §4.2). */
export const newInquirySchema = z
  .strictObject({
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    purpose: purposeSchema,
    scope: scopeSchema,
    legal: legalDocumentSchema,
    transactionPeriod: inquirySchema.shape.transactionPeriod.default(null),
    dueAt: instantSchema.nullable().default(null), // null: the policy's deadline
    origin: originSchema.default('officer'),
    previousInquiryId: idSchema('inq').nullable().default(null),
    approverId: idSchema('usr').nullable().default(null), // who is wished to approve, where that is needed; never an approval
    reason: textSchema.nullable().default(null), // why the same is asked again within a short time
    emergency: emergencySchema.nullable().default(null), // it cannot wait for an approval; reviewed afterwards
  })
  .meta({ id: 'NewInquiry' });
export type NewInquiry = z.infer<typeof newInquirySchema>;

const linksSchema = z.strictObject({ self: z.string(), events: z.string(), report: z.string(), lines: z.string() });

/** `withheld`: the reader may know of the asking, not of what was found. Sums, numbers of assets and agencies' own words are left out. */
const payloadSchema = z.enum(['shown', 'withheld']);

export const inquiryViewSchema = z
  .strictObject({
    inquiryId: idSchema('inq'),
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    status: inquiryStatusSchema,
    purpose: purposeSchema,
    requestedAt: instantSchema,
    dueAt: instantSchema,
    closedAt: instantSchema.nullable(),
    cancelledAt: instantSchema.nullable(),
    pausedAt: instantSchema.nullable(), // not null: nothing is sent until it is resumed
    counts: countsSchema,
    sentence: sentenceSchema,
    payload: payloadSchema,
    byCategory: coverageSchema.shape.byCategory,
    byReason: coverageSchema.shape.byReason,
    simulated: z.boolean(),
    emergency: z.boolean(), // it did not wait for what it needed; it is reviewed
    nextAttemptAt: instantSchema.nullable(),
    seq: z.int(), // newest event included
    latestReport: z
      .strictObject({ reportId: idSchema('rep'), reportVersion: z.int(), createdAt: instantSchema })
      .nullable(),
    links: linksSchema,
  })
  .meta({ id: 'Inquiry' });
export type InquiryView = z.infer<typeof inquiryViewSchema>;

/** One row of `GET /inquiries`: no personal data. */
export const inquiryItemSchema = inquiryViewSchema
  .pick({
    inquiryId: true,
    caseId: true,
    debtorId: true,
    purpose: true,
    requestedAt: true,
    dueAt: true,
    closedAt: true,
    latestReport: true,
  })
  .meta({ id: 'InquiryItem' });
export type InquiryItem = z.infer<typeof inquiryItemSchema>;

export const previewViewSchema = z
  .strictObject({
    counts: z.strictObject({ asked: z.int(), notAsked: z.int() }),
    byCategory: z.partialRecord(categorySchema, z.strictObject({ asked: z.int(), notAsked: z.int() })),
    notAsked: z.array(
      z.strictObject({
        agencyId: agencyIdSchema,
        agencyName: z.string(),
        category: categorySchema,
        cause: notAskedCauseSchema,
        officerNotRegistered: z.boolean(), // the agency wants to know the officer beforehand (G4)
      }),
    ),
    missing: z.array(
      z.strictObject({
        rule: z.string(),
        code: z.string(),
        detail: z.string(),
        fix: z.string(),
        link: z.string().nullable(), // such as the inquiry that asks the same
      }),
    ),
    approvalNeeded: z.boolean(), // a second person decides first: POST /approvals
    longestTypicalMs: z.int().nullable(),
    asked: z.array(
      z.strictObject({
        agencyId: agencyIdSchema,
        agencyName: z.string(),
        category: categorySchema,
        typicalMs: z.int().nullable(), // null: nobody knows how long it takes
      }),
    ),
    /** How many usually answer within ten minutes, within a day and a half, later, and of how many nobody knows. */
    forecast: z.strictObject({ minutes: z.int(), nextDay: z.int(), longer: z.int(), unknown: z.int() }),
    /** The newest inquiry about this person in this case; null: none within thirty days. */
    recent: z
      .strictObject({
        inquiryId: idSchema('inq'),
        requestedAt: instantSchema,
        isRunning: z.boolean(),
        asked: z.int(),
        answered: z.int(),
      })
      .nullable(),
    /** The notice that the newest inquiry of the case rests on, to be used again; null: there is none yet. */
    lastDocument: legalDocumentSchema.extend({ fileName: z.string() }).nullable(),
  })
  .meta({ id: 'InquiryPreview' });
export type PreviewView = z.infer<typeof previewViewSchema>;

const selectionSchema = z
  .array(z.strictObject({ agencyId: agencyIdSchema, category: categorySchema }))
  .min(1)
  .max(5_000);

/** `POST /inquiries/{id}/requeries`: asks only lines without a whole answer, never those that answered completely. */
export const newRequerySchema = z
  .strictObject({ lines: z.literal('all-unanswered').or(selectionSchema), reason: textSchema })
  .meta({ id: 'NewRequery' });
export const requeryViewSchema = z
  .strictObject({ inquiryId: idSchema('inq'), asked: z.int(), left: z.int(), links: linksSchema })
  .meta({ id: 'Requery' });

export const newCancellationSchema = z
  .strictObject({ lines: z.literal('all-open').or(selectionSchema), reason: textSchema })
  .meta({ id: 'NewCancellation' });
export const cancellationViewSchema = z
  .strictObject({ inquiryId: idSchema('inq'), cancelled: z.int() })
  .meta({ id: 'Cancellation' });

/** A coverage line with the words an officer reads (domain.md §5.4). */
export const lineViewSchema = coverageLineSchema
  .extend({
    payload: payloadSchema,
    candidateCount: coverageLineSchema.shape.candidateCount.nullable(), // null: withheld
    words: z.strictObject({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'CoverageLine' });
export type LineView = z.infer<typeof lineViewSchema>;

export const reportVersionItemSchema = z
  .strictObject({
    reportId: idSchema('rep'),
    reportVersion: z.int(),
    supersedes: idSchema('rep').nullable(),
    cause: z.string(),
    createdAt: instantSchema,
    counts: countsSchema,
    sentence: sentenceSchema,
    contentHash: z.string(),
    /** Against the version it supersedes; null without one. */
    changes: z.strictObject({ sentence: changesSentenceSchema, counts: changeCountsSchema }).nullable(),
  })
  .meta({ id: 'ReportVersion' });
export type ReportVersionItem = z.infer<typeof reportVersionItemSchema>;

/** A page of a list; `nextCursor` is null on the last one. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
