import { z } from 'zod';

const countSchema = z.int().nonnegative();

/** How often a thing was there, and for how many answers in a row it has been missing now. */
export const tallySchema = z.strictObject({ seen: countSchema, missing: countSchema });

/**
 * What the drift detector remembers of one agency: counts and the names of fields and codes, never a value. Two
 * histories can be put together in their order (libs/inquiry/src/agency-history.ts), so that workers keep their own for
 * a while and add it to the one in the store.
 */
export const agencyHistorySchema = z.strictObject({
  answers: countSchema, // found, nothing or unintelligible
  unread: countSchema, // of these, unintelligible
  found: tallySchema, // among answers found or nothing: `missing` is how many have said nothing in a row
  answered: countSchema, // found or nothing
  fields: z.record(z.string(), tallySchema), // by `kind.field`, among the answers that named this kind of asset
  kinds: z.record(z.string(), countSchema), // answers that named this kind of asset
  codes: z.record(z.string(), countSchema), // warning codes, section verdicts and dropped kinds, by answers
  recent: z.array(z.array(z.string().max(80)).max(60)).max(20), // codes of the newest answers, oldest first
});
export type AgencyHistory = z.infer<typeof agencyHistorySchema>;
