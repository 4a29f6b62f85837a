import { z } from 'zod';
import { assetKindSchema } from './assets/asset.ts';
import { categorySchema, matchKeySchema, matchRuleSchema, modeSchema, sectionNameSchema } from './category.ts';
import { debtorKindSchema } from './debtor.ts';

/**
 * What an adapter can do, as plain data: the plan skips what it cannot answer, the catalogue prints it, the report
 * quotes it, and the conformance kit proves that it is true.
 */
export const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/), // the name of the adapter's folder
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  modes: z.array(modeSchema).min(1),
  categories: z.array(categorySchema).min(1),
  debtorKinds: z.array(debtorKindSchema).min(1),
  /** What the agency compares, per kind of identifier sent. */
  matchRule: z.strictObject({ natural: matchRuleSchema, organisation: matchRuleSchema }),
  keysSent: z.strictObject({ natural: z.array(matchKeySchema).min(1), organisation: z.array(matchKeySchema).min(1) }),
  assetKinds: z.array(assetKindSchema).min(1),
  sections: z.array(sectionNameSchema).min(1), // sections it asks for
  delivers: z.array(z.string()).min(1), // optional fields filled when the agency knows them, "kind.field"
  legalPrerequisites: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
