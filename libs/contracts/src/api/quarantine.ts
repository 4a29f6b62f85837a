import { z } from 'zod';
import { answerSchema } from '../answer.ts';
import { agencyIdSchema, channelIdSchema, hashSchema, idSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

export const quarantineStateSchema = z.enum(['waiting', 'read', 'given-up']);

/** One message that could not be read (隔离). Never any of its content. */
export const quarantineItemSchema = z
  .strictObject({
    quarantineId: idSchema('ans'),
    channelId: channelIdSchema,
    agencyId: agencyIdSchema.nullable(), // null: nobody knows whose it is
    inquiryId: idSchema('inq').nullable(), // only of a call
    source: z.enum(['door', 'call', 'package']),
    state: quarantineStateSchema,
    attempts: z.int().nonnegative(), // readings since it came
    paths: z.array(z.string()), // what was wrong at the last reading
    sizeBytes: z.int().nonnegative(),
    at: instantSchema,
    lastReadAt: instantSchema.nullable(),
  })
  .meta({ id: 'Quarantined' });
export type QuarantineItem = z.infer<typeof quarantineItemSchema>;

/** Which messages are read again: named ones, or all that wait in one channel. */
export const newReplaySchema = z
  .strictObject({
    quarantineIds: z.array(idSchema('ans')).min(1).max(500).optional(),
    channelId: channelIdSchema.optional(),
    dryRun: z.boolean().default(false),
  })
  .refine(({ quarantineIds, channelId }) => (quarantineIds === undefined) !== (channelId === undefined), {
    error: 'either quarantineIds or channelId',
  })
  .meta({ id: 'NewReplay' });
export const replayViewSchema = z
  .strictObject({
    dryRun: z.boolean(),
    chosen: z.int().nonnegative(), // messages that wait and are (to be) read again
    channels: z.record(z.string(), z.int().positive()), // of these, by channel
  })
  .meta({ id: 'Replay' });
export type ReplayView = z.infer<typeof replayViewSchema>;

/** One answer with its stamp, as the journal has it. */
export const answerViewSchema = answerSchema.meta({ id: 'Answer' });

/** The messages behind an answer, as they came. */
/** `absent`: the profile signs nothing, or the signature was missing. `not-checked`: nobody looked, so it proves nothing. */
const signatureStatusSchema = z.enum(['valid', 'invalid', 'absent', 'not-checked']);

export const rawAnswerViewSchema = z
  .strictObject({
    answerId: idSchema('ans'),
    inquiryId: idSchema('inq'),
    rawHash: hashSchema, // sha256 over all messages, one after the other
    signatureStatus: signatureStatusSchema,
    receivedAt: instantSchema,
    messages: z.array(
      z.strictObject({
        mediaType: z.string(), // a guess from the first bytes
        sizeBytes: z.int().nonnegative(),
        hash: hashSchema, // of this message alone
        signatureStatus: signatureStatusSchema,
        base64: z.string(),
      }),
    ),
  })
  .meta({ id: 'RawAnswer' });
export type RawAnswerView = z.infer<typeof rawAnswerViewSchema>;

/** An agency whose history is forgotten by decision of an operator. */
export const suspicionClearedSchema = z
  .strictObject({ agencyId: agencyIdSchema, cleared: z.boolean() })
  .meta({ id: 'SuspicionCleared' });
