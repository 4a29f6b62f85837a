import { z } from 'zod';
import { categorySchema } from './category.ts';
import { agencyIdSchema, channelIdSchema, textSchema } from './text.ts';

/**
 * One row of the agency directory (协查机构): a row of `config/agencies/*.csv` or `*.yaml`.
 * `code` is what the channel calls the agency on the wire (bank code, area code, office code).
 */
export const agencySchema = z.strictObject({
  agencyId: agencyIdSchema,
  code: z.string().min(1).max(64),
  nameZh: textSchema,
  nameEn: textSchema,
  category: categorySchema,
  region: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(), // GB/T 2260
  channelId: channelIdSchema.nullable(), // null: not connected
  typicalMs: z.int().nonnegative().nullable(), // usual time to the answer
  promisedMs: z.int().positive().nullable(), // promised time to the answer, counted while the channel is open
  /** Promised instead by days: by closing time of the n-th working day after the day of asking. */
  promisedWorkingDays: z.int().min(0).max(90).nullable().optional(),
});
export type Agency = z.infer<typeof agencySchema>;
