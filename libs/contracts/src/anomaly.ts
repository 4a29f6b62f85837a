import { z } from 'zod';
import { idSchema, textSchema } from './text.ts';
import { instantSchema } from './time.ts';

/** What an auditor should look at (异常线索). It accuses nobody. */
export const anomalyKinds = [
  'no-case', // an inquiry without a case
  'own-surname', // the debtor bears the officer's own surname
  'night-burst', // many acts about persons within an hour of the night
  'same-person', // one and the same person again and again
  'many-people', // many persons in a short time
  'after-hand-over', // a case was looked at by the court that had handed it over
  'emergency', // emergency use
  'many-refusals', // somebody tries what is refused
] as const;
export const anomalyKindSchema = z.enum(anomalyKinds);
export type AnomalyKind = z.infer<typeof anomalyKindSchema>;

const mostEvidence = 20;
export const anomalySchema = z
  .strictObject({
    kind: anomalyKindSchema,
    userId: idSchema('usr').nullable(),
    courtCode: textSchema.nullable(),
    caseId: idSchema('case').nullable(), // null: not about one case
    since: instantSchema,
    until: instantSchema,
    count: z.int().positive(),
    threshold: z.int().positive(), // from how many on it is shown
    evidence: z.array(z.int().positive()).min(1).max(mostEvidence), // rows of the ledger, oldest first
  })
  .meta({ id: 'Anomaly' });
export type Anomaly = z.infer<typeof anomalySchema>;
