import { z } from 'zod';
import { textSchema } from './text.ts';

/** Why a second person has to approve an inquiry. `marked-debtor` is told to those only who may see the mark. */
export const approvalCauses = ['transactions', 'many-debtors', 'marked-debtor'] as const;
export const approvalCauseSchema = z.enum(approvalCauses);
export type ApprovalCause = z.infer<typeof approvalCauseSchema>;

const monthHours = 744;
const yearHours = 8_784;

/** What a court wants before an inquiry goes out, beyond what the law asks for. */
export const purposeRulesSchema = z.strictObject({
  approveTransactions: z.boolean(), // transactions are asked with a second person's approval only
  approveMarked: z.boolean(), // so is everything about a debtor with the mark `sensitive`
  mostDebtors: z.int().min(1).max(100_000), // different debtors of one officer within `debtorHours`, above which each new one needs approval
  debtorHours: z.int().min(1).max(monthHours),
  repeatHours: z.int().min(0).max(yearHours), // the same again within this time needs a reason; 0: never
  approvalHours: z.int().min(1).max(monthHours), // how long an approval may be waited for and used
  emergencyAllowed: z.boolean(),
  reviewHours: z.int().min(1).max(monthHours), // until when an emergency use has to be reviewed
  mostUnjustified: z.int().min(1).max(100), // so many unjustified uses, and there are no more
  unjustifiedDays: z.int().min(1).max(3_660), // within this time
});
export type PurposeRules = z.infer<typeof purposeRulesSchema>;

/** `config/purpose-policy.yaml`: what differs from the defaults, everywhere and at single courts. */
export const purposePolicySchema = z.strictObject({
  everywhere: purposeRulesSchema.partial().prefault({}),
  courts: z
    .array(purposeRulesSchema.partial().extend({ courtCode: textSchema }))
    .max(5_000)
    .default([]),
});
export type PurposePolicy = z.infer<typeof purposePolicySchema>;
