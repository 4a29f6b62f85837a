import { z } from 'zod';
import { changesSchema } from '../changes.ts';
import { countsSchema } from '../coverage.ts';
import { purposeSchema } from '../inquiry.ts';
import { sentenceSchema } from '../report.ts';
import { idSchema } from '../text.ts';
import { instantSchema } from '../time.ts';
import { reportVersionItemSchema } from './inquiries.ts';

/** `POST /comparisons`: two versions about one debtor, of one inquiry or of two. The same pair gives the same id. */
export const newComparisonSchema = z
  .strictObject({ older: idSchema('rep'), newer: idSchema('rep') })
  .meta({ id: 'NewComparison' });
export type NewComparison = z.infer<typeof newComparisonSchema>;

const comparedReportSchema = z.strictObject({
  reportId: idSchema('rep'),
  reportVersion: z.int(),
  inquiryId: idSchema('inq'),
  purpose: purposeSchema,
  stateAt: instantSchema,
  isFull: z.boolean(),
  simulated: z.boolean(),
  counts: countsSchema,
  sentence: sentenceSchema,
});
export type ComparedReport = z.infer<typeof comparedReportSchema>;

/** A comparison (比对), made anew from the two versions whenever it is read: they never change, so neither does it. */
export const comparisonViewSchema = z
  .strictObject({
    comparisonId: idSchema('cmp'),
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    createdAt: instantSchema,
    older: comparedReportSchema,
    newer: comparedReportSchema,
    changes: changesSchema,
  })
  .meta({ id: 'Comparison' });
export type ComparisonView = z.infer<typeof comparisonViewSchema>;

/** The text of a notice to the creditor (告知书), drafted from a comparison; somebody reads and signs it. */
export const noticeDraftSchema = z
  .strictObject({
    comparisonId: idSchema('cmp'),
    title: z.string(),
    paragraphs: z.array(z.string()).min(1),
    /** Agencies about which nothing can be said; named in the text. */
    undecided: z.int().nonnegative(),
    simulated: z.boolean(),
  })
  .meta({ id: 'NoticeDraft' });
export type NoticeDraft = z.infer<typeof noticeDraftSchema>;

/** A version among all those about one debtor. */
export const debtorVersionSchema = reportVersionItemSchema
  .extend({ inquiryId: idSchema('inq'), purpose: purposeSchema })
  .meta({ id: 'DebtorVersion' });
export type DebtorVersion = z.infer<typeof debtorVersionSchema>;
