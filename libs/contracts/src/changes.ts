import { z } from 'zod';
import { categorySchema } from './category.ts';
import { verdictSchema } from './coverage.ts';
import { decimalSchema, moneySchema } from './money.ts';
import { reasonSchema } from './no-answer.ts';
import { agencyIdSchema, idSchema } from './text.ts';
import { instantSchema, whenSchema } from './time.ts';

/** What happened to a line of coverage between two reports (report.md §11.1). */
export const lineTransitions = [
  'compare-assets',
  'no-longer-reported',
  'cannot-tell',
  'no-longer-asked',
  'new-asset',
  'still-nothing',
  'newly-established', // no answer before: never a new asset
  'now-confirmed-nothing',
  'still-no-answer',
  'found-after-widening', // not asked before: never a new asset
  'nothing-after-widening',
  'no-answer-after-widening',
] as const;
export type LineTransition = (typeof lineTransitions)[number];

/** What happened to an asset between two reports (report.md §11.2). */
export const assetTransitions = [
  'unchanged',
  'changed',
  'new-asset',
  'newly-established',
  'found-after-widening',
  'no-longer-reported',
  'cannot-tell',
  'no-longer-asked',
  'identity-confirmed',
  'identity-rejected',
] as const;
export type AssetTransition = (typeof assetTransitions)[number];

/** What happened to a field of an asset (report.md §11.3). Codes are stored: none is ever renamed. */
export const changeCodes = [
  'value-up',
  'value-down',
  'value-established', // not provided before: no increase
  'value-not-given',
  'status-changed',
  'share-changed',
  'co-right-added',
  'co-right-removed',
  'details-changed',
  'encumbrance-added',
  'encumbrance-established', // the list was not reported before
  'encumbrance-removed',
  'encumbrance-not-given',
  'encumbrance-changed',
  'moved-up',
  'took-effect',
  'expiring',
  'lapsed',
] as const;
export type ChangeCode = (typeof changeCodes)[number];

/** Signals for a person, never conclusions (report.md §11.4). The last two need a declaration (财产申报). */
export const signalCodes = [
  'possible-transfer',
  'split-accounts',
  'declared-but-gone',
  'found-but-not-declared',
] as const;
export type SignalCode = (typeof signalCodes)[number];

const assetIdSchema = z.string().startsWith('ast_');
const placeShape = { agencyId: agencyIdSchema, category: categorySchema };

const lineChangeSchema = z.strictObject({
  ...placeShape,
  before: verdictSchema,
  after: verdictSchema,
  beforeReason: reasonSchema.nullable(),
  afterReason: reasonSchema.nullable(),
  transition: z.enum(lineTransitions),
});
export type LineChange = z.infer<typeof lineChangeSchema>;

const addedAssetSchema = z.strictObject({
  assetId: assetIdSchema,
  transition: z.enum(['new-asset', 'newly-established', 'found-after-widening']),
  warnings: z.array(z.enum(['older-than-previous-answer'])),
  possiblyRenumbered: z.array(assetIdSchema), // accounts that are gone and look alike; never joined
});
export type AddedAsset = z.infer<typeof addedAssetSchema>;

const goneShape = {
  lastAssetId: assetIdSchema,
  lastSeenAt: whenSchema, // the agency's own time, else when we received it
  lastValue: moneySchema.nullable(),
};
const removedAssetSchema = z.strictObject({
  ...goneShape,
  transition: z.literal('no-longer-reported'),
  possiblyRenumbered: z.array(assetIdSchema), // accounts that appeared and look alike; never joined
});
export type RemovedAsset = z.infer<typeof removedAssetSchema>;
const undecidedAssetSchema = z.strictObject({ ...goneShape, transition: z.enum(['cannot-tell', 'no-longer-asked']) });
export type UndecidedAsset = z.infer<typeof undecidedAssetSchema>;

const fieldChangeSchema = z.strictObject({
  path: z.string(),
  code: z.enum(changeCodes),
  before: z.json(),
  after: z.json(),
  difference: decimalSchema.nullable(), // after minus before, of amounts of one currency
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

const scopePlaceSchema = z.strictObject(placeShape);

export const changesSentenceSchema = z.strictObject({ zh: z.string(), en: z.string() });
export const changeCountsSchema = z.strictObject({
  lines: z.partialRecord(z.enum(lineTransitions), z.int().positive()),
  assets: z.partialRecord(z.enum(assetTransitions), z.int().positive()),
});

/** What changed between two reports about one debtor (变化, report.md §12). */
export const changesSchema = z.strictObject({
  previousReport: z.strictObject({
    reportId: idSchema('rep'),
    reportVersion: z.int().min(1),
    inquiryId: idSchema('inq'),
    stateAt: instantSchema,
  }),
  scopeChanged: z.strictObject({ added: z.array(scopePlaceSchema), removed: z.array(scopePlaceSchema) }),
  sentence: changesSentenceSchema,
  counts: changeCountsSchema,
  lines: z.array(lineChangeSchema),
  added: z.array(addedAssetSchema),
  removed: z.array(removedAssetSchema),
  undecided: z.array(undecidedAssetSchema),
  changed: z.array(z.strictObject({ assetId: assetIdSchema, fields: z.array(fieldChangeSchema).min(1) })),
  /** Decisions of two persons about a match: no asset came or went. */
  reviewed: z.array(
    z.strictObject({ assetId: assetIdSchema, transition: z.enum(['identity-confirmed', 'identity-rejected']) }),
  ),
  /** Asked by another adapter version or matched by another rule: read the rest with that in mind. */
  askedDifferently: z.array(
    z.strictObject({
      ...placeShape,
      what: z.enum(['adapter-version', 'match-rule']),
      before: z.string(),
      after: z.string(),
    }),
  ),
  signals: z.array(z.strictObject({ code: z.enum(signalCodes), evidence: z.array(z.string()).min(1) })),
});
export type Changes = z.infer<typeof changesSchema>;
