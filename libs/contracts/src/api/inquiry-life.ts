import { z } from 'zod';
import { agencyIdSchema, channelIdSchema, idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** Who had lines asked again: an officer, or the gateway because the agency is back. */
export const requeryCauseSchema = z.enum(['officer', 'recovery']);
export type RequeryCause = z.infer<typeof requeryCauseSchema>;

/** One row of `GET /inquiries/{id}/requeries`. */
export const requeryItemSchema = z
  .strictObject({
    seq: z.int(),
    at: instantSchema,
    cause: requeryCauseSchema,
    by: z.string().nullable(), // null: nobody, it was automatic
    reason: z.string().nullable(),
    agencyIds: z.array(agencyIdSchema),
  })
  .meta({ id: 'RequeryItem' });
export type RequeryItem = z.infer<typeof requeryItemSchema>;

/** `POST /inquiries/{id}/pause`. */
export const newInquiryPauseSchema = z.strictObject({ reason: textSchema }).meta({ id: 'NewInquiryPause' });
export const inquiryPauseViewSchema = z
  .strictObject({ inquiryId: idSchema('inq'), pausedAt: instantSchema.nullable() })
  .meta({ id: 'InquiryPause' });
export type InquiryPauseView = z.infer<typeof inquiryPauseViewSchema>;

/** `POST /channels/{id}/cancellations`: withdraws what is open there, for every inquiry. */
export const newChannelCancellationSchema = z
  .strictObject({
    agencyId: agencyIdSchema.nullable().default(null), // null: the whole channel
    reason: textSchema,
    dryRun: z.boolean().default(true), // only counts
  })
  .meta({ id: 'NewChannelCancellation' });
export const channelCancellationViewSchema = z
  .strictObject({
    channelId: channelIdSchema,
    agencyId: agencyIdSchema.nullable(),
    dryRun: z.boolean(),
    inquiries: z.int(),
    lines: z.int(),
    more: z.boolean(), // not all at once: send it again under a new key
  })
  .meta({ id: 'ChannelCancellation' });
export type ChannelCancellationView = z.infer<typeof channelCancellationViewSchema>;
