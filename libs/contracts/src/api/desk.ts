import { z } from 'zod';
import { caseStateSchema } from '../case-state.ts';
import { categorySchema } from '../category.ts';
import { coverageLineSchema } from '../coverage.ts';
import { debtorKindSchema } from '../debtor.ts';
import { sentenceSchema } from '../report.ts';
import { agencyIdSchema, idSchema, textSchema } from '../text.ts';
import { dateSchema, instantSchema } from '../time.ts';

/** What a case waits for, the most urgent first: a case stands under the first of these that holds. */
export const nextActs = [
  'approved-not-sent', // a second person said yes, and nothing was sent yet
  'overdue', // the inquiry's due time has passed and it is still open
  'ask-again', // settled, with agencies that did not answer
  'late-answer', // the newest version was cut because somebody answered late
  'review-due', // 终本, and nobody was asked for six months
  'approval-waiting',
  'ready-to-ask', // a debtor about whom nobody was ever asked
  'no-debtor',
  'running',
  'report-to-read', // everybody asked has answered
  'nothing-to-do',
] as const;
export const nextActSchema = z.enum(nextActs);
export type NextAct = z.infer<typeof nextActSchema>;

/** What a case still lacks; it never keeps an inquiry back. */
export const missingInCaseSchema = z.enum(['debtor', 'claim', 'filed-on', 'execution-notice-on']);

/** How many agencies answered. Counted from the answers themselves while the inquiry runs, from its last version afterwards. */
const deskProgressSchema = z.strictObject({
  asked: z.int().nonnegative(),
  answered: z.int().nonnegative(),
  unanswered: z.int().nonnegative(),
});

/** A case on the desk (工作台) with the next thing to do. */
export const deskItemSchema = z
  .strictObject({
    caseId: idSchema('case'),
    caseNumber: textSchema,
    courtCode: textSchema,
    state: caseStateSchema,
    createdAt: instantSchema,
    act: nextActSchema,
    debtor: z
      .strictObject({ debtorId: idSchema('deb'), kind: debtorKindSchema, nameMasked: z.string(), idMasked: z.string() })
      .nullable(), // whom the act is about
    debtorCount: z.int().nonnegative(),
    inquiryId: idSchema('inq').nullable(),
    approvalId: idSchema('apr').nullable(),
    reportId: idSchema('rep').nullable(),
    dueAt: instantSchema.nullable(),
    progress: deskProgressSchema.nullable(), // null: nobody was asked, or no version counts it yet; never 0
    lastSentence: sentenceSchema.nullable(), // of the newest version; null: none, or its contents are not shown to the reader
    missing: z.array(missingInCaseSchema),
  })
  .meta({ id: 'DeskItem' });
export type DeskItem = z.infer<typeof deskItemSchema>;

/** How many cases stand under each act. */
export const deskCountersSchema = z
  .strictObject({
    acts: z.array(z.strictObject({ act: nextActSchema, cases: z.int().positive() })),
    considered: z.int().nonnegative(), // cases that were looked at, newest first
    isWhole: z.boolean(), // false: there are older cases that were not looked at
    at: instantSchema,
  })
  .meta({ id: 'DeskCounters' });
export type DeskCounters = z.infer<typeof deskCountersSchema>;

/** One field of the matrix: what one agency said in the inquiries of one day, rolled up (R4). */
export const matrixCellSchema = coverageLineSchema
  .pick({
    verdict: true,
    reason: true,
    notAskedCause: true,
    complete: true,
    assetCount: true,
    provesAbsence: true,
    suspicious: true,
    dueAt: true,
    slaBreached: true,
    answeredAt: true,
    simulated: true,
  })
  .extend({ asked: z.int().nonnegative(), answered: z.int().nonnegative(), inquiryIds: z.array(idSchema('inq')) });
export type MatrixCell = z.infer<typeof matrixCellSchema>;

export const matrixRowSchema = z.strictObject({
  agencyId: agencyIdSchema,
  agencyName: textSchema,
  category: categorySchema,
  /** One per column. Null: none of that day's inquiries had the agency in its plan. */
  cells: z.array(matrixCellSchema.nullable()),
  /** The first day of the newest unbroken row of askings without an answer; null: the last asking was answered, or there was none. */
  silentSince: dateSchema.nullable(),
});
export type MatrixRow = z.infer<typeof matrixRowSchema>;

/** Agency × day over the inquiries of a case (历次查询矩阵). */
export const caseMatrixSchema = z
  .strictObject({
    caseId: idSchema('case'),
    debtorId: idSchema('deb').nullable(), // null: over all debtors
    columns: z.array(z.strictObject({ day: dateSchema, inquiryIds: z.array(idSchema('inq')) })), // newest first
    rows: z.array(matrixRowSchema),
    isWhole: z.boolean(), // false: there are older inquiries than these, and a silence may be older than it says
    payload: z.enum(['shown', 'withheld']), // withheld: numbers of assets are left out, which is not 0
    at: instantSchema,
  })
  .meta({ id: 'CaseMatrix' });
export type CaseMatrix = z.infer<typeof caseMatrixSchema>;

/** `POST /searches`: what is looked for may name a person, so it never stands in an address. */
export const newSearchSchema = z.strictObject({ q: z.string().trim().min(2).max(100) }).meta({ id: 'NewSearch' });
export type NewSearch = z.infer<typeof newSearchSchema>;

export const searchedBySchema = z.enum(['case-number', 'inquiry', 'request-number', 'identifier', 'last-four', 'name']);
export type SearchedBy = z.infer<typeof searchedBySchema>;

export const searchHitSchema = z.strictObject({
  by: searchedBySchema,
  caseId: idSchema('case'),
  caseNumber: textSchema,
  inquiryId: idSchema('inq').nullable(),
  debtor: deskItemSchema.shape.debtor,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchViewSchema = z
  .strictObject({
    items: z.array(searchHitSchema),
    isCut: z.boolean(), // true: there may be more than these
    /** Where was looked. What is not in this list was not looked at, so its absence says nothing. */
    searched: z.array(
      z.strictObject({
        by: searchedBySchema,
        within: z.enum(['all', 'newest', 'mailboxes']),
        cases: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'SearchView' });
export type SearchView = z.infer<typeof searchViewSchema>;
