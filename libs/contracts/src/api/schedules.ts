import { z } from 'zod';
import { idSchema, textSchema } from '../text.ts';
import { dateSchema, instantSchema } from '../time.ts';
import { newInquirySchema, scopeSchema } from './inquiries.ts';

/** `POST /schedules`: an inquiry asked again and again after its case was terminated (终本). */
export const newScheduleSchema = z
  .strictObject({
    inquiryId: idSchema('inq'), // case, debtor and notice are those of this inquiry
    startsOn: dateSchema, // the first day on which it is asked again
    intervalMonths: z.literal([3, 4, 6, 12]).default(6),
    years: z.int().min(1).max(5).default(5),
    scope: scopeSchema.default({ categories: 'all', agencies: 'all-entitled', except: [] }),
    reason: textSchema,
  })
  .meta({ id: 'NewSchedule' });
export type NewSchedule = z.infer<typeof newScheduleSchema>;

export const scheduleStates = ['active', 'paused', 'ended'] as const;
export const scheduleStateSchema = z.enum(scheduleStates);
export type ScheduleState = z.infer<typeof scheduleStateSchema>;

/** `POST /schedules/{scheduleId}/states`; one that has ended stays so. */
export const newScheduleStateSchema = z
  .strictObject({ state: scheduleStateSchema, reason: textSchema })
  .meta({ id: 'NewScheduleState' });
export type NewScheduleState = z.infer<typeof newScheduleStateSchema>;

/**
 * planned: its day has not come · prepared: the day has come, an officer is to send it · sent: agencies are asked ·
 * compared: asked and compared · missed: nobody sent it before the next day came · dropped: the schedule ended first ·
 * failed: asked, and the comparison could not be made.
 */
export const scheduleRunStates = ['planned', 'prepared', 'sent', 'compared', 'missed', 'dropped', 'failed'] as const;
export const scheduleRunStateSchema = z.enum(scheduleRunStates);
export type ScheduleRunState = z.infer<typeof scheduleRunStateSchema>;

const scheduleRunShape = z.strictObject({
  runNo: z.int().min(1),
  dueOn: dateSchema,
  state: scheduleRunStateSchema,
  preparedAt: instantSchema.nullable(),
  inquiryId: idSchema('inq').nullable(),
  sentAt: instantSchema.nullable(),
  comparisonId: idSchema('cmp').nullable(),
  settledAt: instantSchema.nullable(), // compared, missed, dropped or failed
  attempts: z.int().nonnegative(), // of making the comparison
  failure: z.string().nullable(), // code of the last one that failed
});
export type ScheduleRun = z.infer<typeof scheduleRunShape>;

export const scheduleViewSchema = z
  .strictObject({
    scheduleId: idSchema('sch'),
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    inquiryId: idSchema('inq'),
    purpose: z.literal('post-termination-requery'),
    intervalMonths: z.literal([3, 4, 6, 12]),
    years: z.int(),
    startsOn: dateSchema,
    endsOn: dateSchema, // day of the last run
    scope: scopeSchema,
    state: scheduleStateSchema,
    stateReason: z.string(), // why it was made, or why it is paused or ended
    stateBy: idSchema('usr'),
    stateAt: instantSchema,
    createdBy: idSchema('usr'),
    createdAt: instantSchema,
    nextDueOn: dateSchema.nullable(), // the first run that is still to come; null: none
    runs: z.array(scheduleRunShape),
  })
  .meta({ id: 'Schedule' });
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

/** `POST /schedules/{scheduleId}/sending`: an officer sends a run that was prepared. */
export const newRunSendingSchema = z
  .strictObject({
    runNo: z.int().min(1),
    legal: newInquirySchema.shape.legal.nullable().default(null), // null: the notice of the repeated inquiry
    reason: textSchema.nullable().default(null),
  })
  .meta({ id: 'NewRunSending' });
export type NewRunSending = z.infer<typeof newRunSendingSchema>;

/** `POST /cases/{caseId}/notes`: what an officer wants to remember; never changed, never taken back. */
export const newCaseNoteSchema = z.strictObject({ text: textSchema }).meta({ id: 'NewCaseNote' });
export type NewCaseNote = z.infer<typeof newCaseNoteSchema>;

export const caseNoteSchema = z
  .strictObject({
    noteId: idSchema('note'),
    caseId: idSchema('case'),
    text: z.string(),
    writtenBy: idSchema('usr'),
    writerName: z.string().nullable(), // null: not in the register any more
    writtenAt: instantSchema,
  })
  .meta({ id: 'CaseNote' });
export type CaseNote = z.infer<typeof caseNoteSchema>;
