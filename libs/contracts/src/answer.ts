import { z } from 'zod';
import { foundAssetSchema } from './assets/asset.ts';
import { categorySchema, matchKeySchema, matchRuleSchema, sectionNameSchema } from './category.ts';
import { reasonSchema } from './no-answer.ts';
import { agencyIdSchema, channelIdSchema, hashSchema, idSchema, textSchema } from './text.ts';
import { asOfKindSchema, dateSchema, instantSchema, whenSchema } from './time.ts';

/** The verdict of one part of an answer; parts fail on their own (domain.md §5.6). */
export const sectionSchema = z.strictObject({
  name: sectionNameSchema,
  verdict: z.enum(['found', 'nothing', 'no-answer', 'not-asked']),
  reason: reasonSchema.nullable(),
});
export type Section = z.infer<typeof sectionSchema>;

/** What the adapter normalised away, in numbers (report.md §4, §9.5). */
export const droppedSchema = z.strictObject({
  sentinels: z.int().nonnegative(), // magic texts and placeholder rows
  zeroOnly: z.int().nonnegative(),
  closed: z.int().nonnegative(),
  unreadable: z.int().nonnegative(),
  minimised: z.int().nonnegative(), // contact data and third parties
});
export type Dropped = z.infer<typeof droppedSchema>;
export const nothingDropped: Dropped = { sentinels: 0, zeroOnly: 0, closed: 0, unreadable: 0, minimised: 0 };

const saidShape = {
  sections: z.array(sectionSchema).max(30),
  asOf: whenSchema.nullable(), // null: the agency did not say; never the time of receipt
  asOfKind: asOfKindSchema.nullable(),
  dropped: droppedSchema,
  signatureStatus: z.enum(['valid', 'invalid', 'absent', 'not-checked']),
  /** The agency's own number for this part of its answer; a later part of the same asking extends it. */
  part: z.enum(['main', 'transactions']),
};

export const saidFoundSchema = z.strictObject({
  ...saidShape,
  verdict: z.literal('found'),
  identityMatched: z.literal(true),
  complete: z.boolean(), // false: some requested section is missing or failed
  assets: z.array(foundAssetSchema).min(1),
});

/**
 * An agency answered completely, about the matched debtor, with an explicit empty result. `signal` names the declared
 * signal that proves it (WIRE-3), so that nobody can build this verdict from what is left over.
 */
export const saidNothingSchema = z.strictObject({
  ...saidShape,
  verdict: z.literal('nothing'),
  identityMatched: z.literal(true),
  complete: z.literal(true),
  signal: z.string().min(1).max(60),
  assets: z.tuple([]),
});

export const saidNoAnswerSchema = z.strictObject({
  verdict: z.literal('no-answer'),
  reason: reasonSchema,
  stage: z.enum(['queued', 'held', 'sent', 'acknowledged']).nullable(), // only with `pending`
  reasonCode: textSchema.nullable(), // the agency's own code, or ours such as `lossy-encoding`
  reasonText: textSchema.nullable(), // the agency's own words, unchanged; may name people, so never logged
  contactName: textSchema.nullable(),
  contactPhone: textSchema.nullable(),
  receivedOn: dateSchema.optional(), // the day a statement on paper reached the court; left out: the day it was received here
  retryAfterMs: z.int().nonnegative().nullable(),
  sections: z.array(sectionSchema).max(30),
  assets: z.null(),
});

/** What one agency said to one asking, before we stamp it. Returned by adapters. */
export const saidSchema = z.discriminatedUnion('verdict', [saidFoundSchema, saidNothingSchema, saidNoAnswerSchema]);
export type Said = z.infer<typeof saidSchema>;
export type SaidFound = z.infer<typeof saidFoundSchema>;
export type SaidNothing = z.infer<typeof saidNothingSchema>;
export type SaidNoAnswer = z.infer<typeof saidNoAnswerSchema>;

/** Who was asked what, when, how often, and who really spoke. Given by the channel, never made up by an adapter. */
export const answerStampSchema = z.strictObject({
  answerId: idSchema('ans'),
  inquiryId: idSchema('inq'),
  agencyId: agencyIdSchema,
  category: categorySchema,
  channelId: channelIdSchema,
  adapterId: z.string(),
  adapterVersion: z.string(),
  requestNumber: z.string().min(1).max(64),
  matchRule: matchRuleSchema,
  matchKeysSent: z.array(matchKeySchema),
  attempt: z.int().nonnegative(), // exchanges tried so far, this one included; 0: nothing was sent
  maxAttempts: z.int().positive(),
  firstSentAt: instantSchema.nullable(),
  sentAt: instantSchema.nullable(), // null: nothing was sent
  receivedAt: instantSchema,
  nextAttemptAt: instantSchema.nullable(), // asked again then, without a person
  breakerState: z.enum(['closed', 'half-open', 'open']).nullable(),
  breakerOpenSince: instantSchema.nullable(),
  simulated: z.boolean(),
  /** What the all-nothing detector held of the agency when it said `nothing` (docs/decisions/0014-suspicion-is-part-of-the-answer.md). */
  suspicion: z.literal('all-nothing').optional(),
  rawHash: hashSchema.nullable(), // null: no message came
  contentHash: hashSchema, // over what was said, without times: the same answer twice changes nothing
});
export type AnswerStamp = z.infer<typeof answerStampSchema>;

const stamped = answerStampSchema.shape;

/** What one agency said, as the journal keeps it: a union on `verdict`, so nobody reads `assets.length` without looking. */
export const answerSchema = z.discriminatedUnion('verdict', [
  saidFoundSchema.extend({ ...stamped, rawHash: hashSchema }),
  saidNothingSchema.extend({ ...stamped, rawHash: hashSchema }),
  saidNoAnswerSchema.extend(stamped),
]);
export type Answer = z.infer<typeof answerSchema>;

/** Ends the asking of this agency as far as the shard is concerned: answered, or nothing more will be tried on its own. */
export const isSettled = (answer: Answer): boolean =>
  answer.verdict !== 'no-answer' || (answer.nextAttemptAt === null && answer.reason !== 'pending');

/** Builds the answer of an agency that gave none. */
export function noAnswerSaid(
  reason: SaidNoAnswer['reason'],
  details: Partial<Omit<SaidNoAnswer, 'verdict' | 'reason' | 'assets'>> = {},
): SaidNoAnswer {
  const unknown = {
    stage: null,
    reasonCode: null,
    reasonText: null,
    contactName: null,
    contactPhone: null,
    retryAfterMs: null,
    sections: [],
  };
  return { verdict: 'no-answer', reason, ...unknown, ...details, assets: null };
}
