import { z } from 'zod';
import type { AssetKind } from './assets/asset.ts';
import { foundAssetSchema } from './assets/asset.ts';
import type { Category, SectionName } from './category.ts';
import { idSchema, textSchema } from './text.ts';
import { dateSchema } from './time.ts';

/** What a clerk can say for an agency of this category: the kind of asset, and the parts that say whether there is any. */
export interface ManualCategory {
  readonly category: Category;
  readonly assetKind: AssetKind;
  readonly existence: readonly SectionName[];
}

/** Categories that can be answered by hand: those whose assets have a form of ours. */
export const manualCategories: readonly ManualCategory[] = [
  { category: 'bank', assetKind: 'deposit-account', existence: ['accounts'] },
  { category: 'internet-bank', assetKind: 'deposit-account', existence: ['accounts'] },
  {
    category: 'real-estate',
    assetKind: 'real-estate',
    existence: ['land-ownership', 'land-use', 'house', 'sea-use', 'structure', 'forest', 'advance-notice'],
  },
  { category: 'vehicle', assetKind: 'vehicle', existence: ['vehicles'] },
];

/** Why an agency says by hand that it cannot answer. */
export const manualReasons = ['refused', 'returned', 'ambiguous', 'identity-mismatch', 'incomplete'] as const;

const enclosed = {
  /** The day of the data, where the agency gave one; null: it did not say. */
  asOf: dateSchema.nullable().default(null),
  /** Documents that go with it, uploaded before; their bytes are kept with the answer. */
  fileIds: z.array(idSchema('file')).max(20).default([]),
};
/** Name and number in the agency's register were compared with those of the asking. */
const checkedNameAndNumber = z.boolean().default(false);

/** What a clerk fills in for one task of a manual channel (人工反馈表). */
export const manualFormSchema = z
  .discriminatedUnion('statement', [
    z.strictObject({
      statement: z.literal('assets'),
      ...enclosed,
      checkedNameAndNumber,
      complete: z.boolean(), // false: there is more than is listed here, or a part was not looked at
      assets: z.array(foundAssetSchema).min(1).max(1_000),
    }),
    z.strictObject({ statement: z.literal('no-record'), ...enclosed, checkedNameAndNumber }),
    z.strictObject({
      statement: z.literal('cannot-answer'),
      ...enclosed,
      reason: z.enum(manualReasons),
      reasonText: textSchema,
      contactName: textSchema.nullable().default(null),
      contactPhone: textSchema.nullable().default(null),
    }),
  ])
  .meta({ id: 'ManualForm' });
export type ManualForm = z.infer<typeof manualFormSchema>;

/** The form for agencies of one category: assets of their kind only. Null: nobody answers for it by hand. */
export function manualFormFor(category: Category): z.ZodType | null {
  const entry = manualCategories.find((each) => each.category === category);
  const kind = foundAssetSchema.options.find(({ shape }) => shape.kind.value === entry?.assetKind);
  if (!entry || !kind) return null;
  const [assets, ...others] = manualFormSchema.options;
  return z.discriminatedUnion('statement', [assets.extend({ assets: z.array(kind).min(1).max(1_000) }), ...others]);
}
