import { z } from 'zod';
import { categorySchema } from '../category.ts';
import { verdictSchema } from '../coverage.ts';
import { agencyIdSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** One line in an event (api.md §5): ids, codes and counts only. */
export const lineEventSchema = z.strictObject({
  agencyId: agencyIdSchema,
  category: categorySchema,
  verdict: verdictSchema,
  reason: z.string().nullable(),
  assetCount: z.int().nullable(),
  answeredAt: instantSchema.nullable(),
});
export type LineEvent = z.infer<typeof lineEventSchema>;

/** One event of an inquiry, as stored and as sent. `seq` is the inquiry's own, without gaps. */
export type InquiryEvent =
  | { readonly kind: 'lines'; readonly seq: number; readonly lines: readonly LineEvent[] }
  | { readonly kind: 'report'; readonly seq: number; readonly reportId: string; readonly reportVersion: number }
  | { readonly kind: 'closed'; readonly seq: number }
  | { readonly kind: 'cancelled'; readonly seq: number }
  | { readonly kind: 'paused'; readonly seq: number }
  | { readonly kind: 'resumed'; readonly seq: number }
  | { readonly kind: 'requeried'; readonly seq: number; readonly asked: number };
