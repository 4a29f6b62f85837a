import { z } from 'zod';

/** One reply of an exchange, without its bytes: those are among the raw messages, in the same order. */
export const recordedExchangeSchema = z.strictObject({
  /** As the adapter asked for it, without its query; null: not recorded, so any request may be answered with it. */
  path: z.string().nullable(),
  status: z.int(),
  contentType: z.string().nullable(),
  sizeBytes: z.int().nonnegative(), // 0: it has no place among the raw messages
});
export type RecordedExchange = z.infer<typeof recordedExchangeSchema>;

/** Why an answer is `unintelligible`, and how its messages came: what reading them again takes (隔离原文). */
export interface Unread {
  /** What was wrong, as paths; never a value. */
  readonly paths: readonly string[];
  readonly exchanges: readonly RecordedExchange[];
}

/** Where quarantined bytes came from. Kept sealed: a path or a file name may hold more than it should. */
export const quarantineOriginSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('door'),
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()), // without credentials
    simulated: z.boolean(),
  }),
  z.strictObject({ source: z.literal('call'), exchanges: z.array(recordedExchangeSchema) }),
  z.strictObject({ source: z.literal('package'), name: z.string() }),
]);
export type QuarantineOrigin = z.infer<typeof quarantineOriginSchema>;
