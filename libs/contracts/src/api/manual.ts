import { z } from 'zod';
import { categorySchema, matchKeySchema, sectionNameSchema } from '../category.ts';
import { debtorKindSchema, debtorSchema } from '../debtor.ts';
import { purposeSchema } from '../inquiry.ts';
import { agencyIdSchema, channelIdSchema, idSchema, textSchema } from '../text.ts';
import { dateSchema, instantSchema } from '../time.ts';

/** Why a task cannot be worked on at the moment. */
export const heldBySchema = z.enum(['inquiry', 'channel', 'agency']);

/** One row of a clerk's list (人工任务): an asking that lies with an agency without an interface. */
export const manualTaskSchema = z
  .strictObject({
    requestNumber: z.string(),
    inquiryId: idSchema('inq'),
    agencyId: agencyIdSchema,
    agencyName: z.string(),
    channelId: channelIdSchema,
    category: categorySchema,
    deliveredAt: instantSchema.nullable(),
    dueAt: instantSchema,
    overdue: z.boolean(),
    heldBy: heldBySchema.nullable(), // not null: paused, nothing is to be done now
    asked: z.strictObject({
      purpose: purposeSchema,
      sections: z.array(sectionNameSchema),
      matchKeys: z.array(matchKeySchema),
      transactionPeriod: z.strictObject({ from: dateSchema, to: dateSchema }).nullable(),
      courtName: z.string(),
      caseNumber: z.string(),
      documentName: z.string(),
      documentNumber: z.string(),
    }),
    debtor: z.strictObject({
      kind: debtorKindSchema,
      name: z.string(),
      formerNames: debtorSchema.shape.formerNames,
      ids: z.array(z.strictObject({ type: z.string(), number: z.string() })),
    }),
    form: z.string(), // address of the form's schema
  })
  .meta({ id: 'ManualTask' });
export type ManualTask = z.infer<typeof manualTaskSchema>;

/** accepted: the first answer; repeated: the same again, nothing changed; changed: another answer, which makes a later version. */
export const manualAnswerViewSchema = z
  .strictObject({
    requestNumber: z.string(),
    inquiryId: idSchema('inq'),
    outcome: z.enum(['accepted', 'repeated', 'changed']),
    late: z.boolean(), // it came when nobody waited for it any more
  })
  .meta({ id: 'ManualAnswer' });
export type ManualAnswerView = z.infer<typeof manualAnswerViewSchema>;

export const manualFormViewSchema = z
  .strictObject({ category: categorySchema, schema: z.record(z.string(), z.unknown()) })
  .meta({ id: 'ManualFormSchema' });

/** `POST /inquiries/{id}/statements`: what an agency wrote or told the court without answering (domain.md §5.2). */
export const newStatementSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    category: categorySchema,
    statement: z.enum(['objected', 'clarification-needed']),
    reasonText: textSchema,
    contactName: textSchema.nullable().default(null),
    contactPhone: textSchema.nullable().default(null),
    receivedOn: dateSchema, // the day it reached the court; the clock of an objection runs from it
    fileId: idSchema('file').nullable().default(null),
  })
  .meta({ id: 'NewStatement' });
export type NewStatement = z.infer<typeof newStatementSchema>;
export const statementViewSchema = z
  .strictObject({
    inquiryId: idSchema('inq'),
    agencyId: agencyIdSchema,
    statement: newStatementSchema.shape.statement,
    late: z.boolean(),
  })
  .meta({ id: 'Statement' });
