import { z } from 'zod';
import { categorySchema, matchKeySchema, matchRuleSchema, modeSchema, sectionNameSchema } from './category.ts';
import { agencyIdSchema, channelIdSchema, textSchema } from './text.ts';
import { instantSchema } from './time.ts';

export const notAskedCauseSchema = z.enum(['out-of-scope', 'not-connected', 'not-entitled', 'not-in-index']);
export type NotAskedCause = z.infer<typeof notAskedCauseSchema>;

/** One agency in one category for one debtor, as planned: asked through a channel, or not asked with the cause. */
export const plannedLineSchema = z.strictObject({
  agencyId: agencyIdSchema,
  agencyName: textSchema,
  category: categorySchema,
  region: z.string().nullable(),
  notAskedCause: notAskedCauseSchema.nullable(), // null: asked
  channelId: channelIdSchema.nullable(), // the next nine are null when not asked
  mode: modeSchema.nullable(),
  adapterId: z.string().nullable(),
  adapterVersion: z.string().nullable(),
  requestNumber: z.string().nullable(),
  matchRule: matchRuleSchema.nullable(),
  dueAt: instantSchema.nullable(),
  maxAttempts: z.int().positive().nullable(),
  shardNo: z.int().nonnegative().nullable(),
  channelPriority: z.int().nullable(),
  nothingIsReliable: z.boolean(),
  matchKeysSent: z.array(matchKeySchema),
  sections: z.array(sectionNameSchema), // requested sections
  typicalMs: z.int().nullable(),
  promisedMs: z.int().nullable(),
});
export type PlannedLine = z.infer<typeof plannedLineSchema>;

/** A shard: the agencies of one channel that one `ask` job asks. At most 250. */
export interface PlannedShard {
  readonly channelId: string;
  readonly shardNo: number;
  readonly agencyIds: readonly string[];
}

export interface Plan {
  readonly lines: readonly PlannedLine[]; // every agency of the directory that the scope could mean, asked or not
  readonly shards: readonly PlannedShard[];
}
