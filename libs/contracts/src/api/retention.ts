import { z } from 'zod';
import { idSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

const reason = z.string().trim().max(2_000);

/** On a whole case, or on one inquiry. */
export const newHoldSchema = z
  .strictObject({
    target: z.union([z.strictObject({ caseId: idSchema('case') }), z.strictObject({ inquiryId: idSchema('inq') })]),
    reason: reason.default(''), // missing: 403 `reason-required`
  })
  .meta({ id: 'NewHold' });
export type NewHold = z.infer<typeof newHoldSchema>;

export const holdViewSchema = z
  .strictObject({
    holdId: idSchema('hold'),
    caseId: idSchema('case'),
    inquiryId: idSchema('inq').nullable(), // null: the whole case
    reason: z.string(),
    placedBy: idSchema('usr'),
    placedAt: instantSchema,
    liftedBy: idSchema('usr').nullable(),
    liftedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Hold' });
export type HoldView = z.infer<typeof holdViewSchema>;

/** What is removed by age, each under a rule of its own. */
export const retentionRules = ['raw-messages', 'exports', 'uploads', 'imports', 'quarantine'] as const;
export const retentionRuleSchema = z.enum(retentionRules);
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

/** What the next sweep would remove. `held`: due by age, and kept because of a legal hold. */
export const retentionPreviewSchema = z
  .strictObject({
    at: instantSchema,
    rules: z.array(
      z.strictObject({
        rule: retentionRuleSchema,
        keeps: z.strictObject({ value: z.int(), unit: z.enum(['days', 'hours']) }),
        before: instantSchema, // what is older is due
        due: z.int().nonnegative(),
        held: z.int().nonnegative(),
      }),
    ),
  })
  .meta({ id: 'RetentionPreview' });
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;
