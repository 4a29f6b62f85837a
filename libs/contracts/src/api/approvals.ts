import { z } from 'zod';
import { purposeSchema } from '../inquiry.ts';
import { approvalCauseSchema } from '../purpose-policy.ts';
import { idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';
import { newInquirySchema } from './inquiries.ts';

/**
 * waiting: nobody has decided. approved: decided, but the guard stopped it when it was to be sent; it may be sent until it
 * expires. sent: the inquiry is out. The others are final.
 */
export const approvalStateSchema = z.enum(['waiting', 'approved', 'sent', 'declined', 'withdrawn', 'expired']);
export type ApprovalState = z.infer<typeof approvalStateSchema>;

/** `POST /approvals`: the inquiry as it would be sent, and why. */
export const newApprovalSchema = newInquirySchema
  .omit({ emergency: true })
  .extend({ reason: textSchema })
  .meta({ id: 'NewApproval' });
export type NewApproval = z.infer<typeof newApprovalSchema>;

/** Causes as shown to the asker: whether a debtor is marked is not theirs to know. */
const shownCauseSchema = approvalCauseSchema.or(z.literal('court-policy'));

export const approvalItemSchema = z
  .strictObject({
    approvalId: idSchema('apr'),
    state: approvalStateSchema,
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    purpose: purposeSchema,
    causes: z.array(shownCauseSchema), // empty: asked for although nothing demanded it
    askedBy: idSchema('usr'),
    askedAt: instantSchema,
    expiresAt: instantSchema,
    wishedApproverId: idSchema('usr').nullable(), // a wish; any approver of the court decides
    decidedBy: idSchema('usr').nullable(),
    decidedAt: instantSchema.nullable(),
    inquiryId: idSchema('inq').nullable(), // once it is sent
  })
  .meta({ id: 'ApprovalItem' });
export type ApprovalItem = z.infer<typeof approvalItemSchema>;

export const approvalViewSchema = approvalItemSchema
  .extend({
    reason: z.string(),
    decisionReason: z.string().nullable(),
    asked: newInquirySchema.pick({ scope: true, legal: true, transactionPeriod: true, dueAt: true, origin: true }),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.infer<typeof approvalViewSchema>;

/** `POST /approvals/{id}/decision`. */
export const newApprovalDecisionSchema = z
  .strictObject({ decision: z.enum(['approve', 'decline']), reason: textSchema })
  .meta({ id: 'NewApprovalDecision' });
export type NewApprovalDecision = z.infer<typeof newApprovalDecisionSchema>;

/** What became of it; no more than ids. */
export const approvalOutcomeSchema = approvalItemSchema
  .pick({ approvalId: true, state: true, inquiryId: true })
  .meta({ id: 'ApprovalOutcome' });
export type ApprovalOutcome = z.infer<typeof approvalOutcomeSchema>;

export const emergencyDecisionSchema = z.enum(['justified', 'unjustified']);

/** One row of `GET /emergency-reviews`: an inquiry that went out without what it needed, because it could not wait. */
export const emergencyReviewSchema = z
  .strictObject({
    inquiryId: idSchema('inq'),
    caseId: idSchema('case'),
    debtorId: idSchema('deb'),
    usedBy: idSchema('usr'),
    usedAt: instantSchema,
    reason: z.string(),
    waived: z.array(approvalCauseSchema.or(z.literal('repeat'))), // what it went out without
    reviewBy: instantSchema,
    overdue: z.boolean(),
    decision: emergencyDecisionSchema.nullable(), // null: not reviewed
    decidedBy: idSchema('usr').nullable(),
    decidedAt: instantSchema.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'EmergencyReview' });
export type EmergencyReview = z.infer<typeof emergencyReviewSchema>;

export const newEmergencyDecisionSchema = z
  .strictObject({ decision: emergencyDecisionSchema, reason: textSchema })
  .meta({ id: 'NewEmergencyDecision' });
export type NewEmergencyDecision = z.infer<typeof newEmergencyDecisionSchema>;
export const emergencyOutcomeSchema = emergencyReviewSchema
  .pick({ inquiryId: true, decision: true })
  .meta({ id: 'EmergencyOutcome' });
export type EmergencyOutcome = z.infer<typeof emergencyOutcomeSchema>;

/** `PUT /debtors/{id}/mark`: whether inquiries about this person need a second one (敏感对象). It holds for the person in every case. */
export const newDebtorMarkSchema = z
  .strictObject({ sensitive: z.boolean(), reason: textSchema })
  .meta({ id: 'NewDebtorMark' });
export type NewDebtorMark = z.infer<typeof newDebtorMarkSchema>;
export const debtorMarkViewSchema = z
  .strictObject({
    debtorId: idSchema('deb'),
    sensitive: z.boolean(),
    reason: z.string().nullable(), // null with `by` and `at`: it was never marked
    by: idSchema('usr').nullable(),
    at: instantSchema.nullable(),
  })
  .meta({ id: 'DebtorMark' });
export type DebtorMarkView = z.infer<typeof debtorMarkViewSchema>;
