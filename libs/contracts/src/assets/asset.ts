import { z } from 'zod';
import { matchSchema } from '../match.ts';
import { agencyIdSchema, channelIdSchema, hashSchema, idSchema, textSchema } from '../text.ts';
import { asOfKindSchema, instantSchema, whenSchema } from '../time.ts';
import { assetKinds } from './asset-kinds.ts';
import { depositAccountShape } from './deposit-account.ts';
import { describedShape, foundShape } from './found-fields.ts';
import { realEstateShape } from './real-estate.ts';
import { vehicleShape } from './vehicle.ts';

/** One thing found, as an adapter hands it over. Each new kind of asset is one more member here and below. */
export const foundAssetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...depositAccountShape, ...foundShape }),
  z.strictObject({ ...realEstateShape, ...foundShape }),
  z.strictObject({ ...vehicleShape, ...foundShape }),
]);
export type FoundAsset = z.infer<typeof foundAssetSchema>;

/** The fields of each kind that may be unknown: what a manifest promises, and what can be dropped. */
export const optionalAssetFields: ReadonlyMap<string, readonly string[]> = new Map(
  foundAssetSchema.options.map(({ shape }) => [shape.kind.value, optionalIn(shape)]),
);

function optionalIn(shape: Readonly<Record<string, z.ZodType>>): string[] {
  return Object.entries(shape).flatMap(([field, schema]) => (schema.safeParse(null).success ? [field] : []));
}

export const assetKindSchema = z.enum(assetKinds satisfies readonly FoundAsset['kind'][]);
export type AssetKind = z.infer<typeof assetKindSchema>;

const answerRefSchema = z.strictObject({
  answerId: idSchema('ans'),
  agencyId: agencyIdSchema,
  asOf: whenSchema.nullable(),
  receivedAt: instantSchema,
});

/** Where a figure comes from: the winning answer, and every other answer that named the same asset (report.md §5). */
export const provenanceSchema = z.strictObject({
  agencyId: agencyIdSchema,
  channelId: channelIdSchema,
  adapterId: z.string(),
  adapterVersion: z.string(),
  answerId: idSchema('ans'),
  agencyRecordId: textSchema.nullable(),
  asOf: whenSchema.nullable(),
  asOfKind: asOfKindSchema.nullable(),
  receivedAt: instantSchema,
  rawHash: hashSchema,
  mergedFrom: z.array(answerRefSchema).min(1),
  duplicateOf: z.string().nullable(),
  conflicts: z.array(
    z.strictObject({
      path: z.string(),
      values: z.array(z.strictObject({ value: z.json(), answerId: idSchema('ans'), asOf: whenSchema.nullable() })),
    }),
  ),
});
export type Provenance = z.infer<typeof provenanceSchema>;

const reportedShape = {
  assetId: z.string().startsWith('ast_'),
  assetKey: textSchema.nullable(), // null: never merged
  provenance: provenanceSchema,
  match: matchSchema.extend({ reviewState: z.enum(['not-needed', 'pending', 'confirmed', 'rejected']) }),
  ...describedShape,
};

/** One asset (财产) of a report. */
export const assetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...depositAccountShape, ...reportedShape }),
  z.strictObject({ ...realEstateShape, ...reportedShape }),
  z.strictObject({ ...vehicleShape, ...reportedShape }),
]);
export type Asset = z.infer<typeof assetSchema>;
