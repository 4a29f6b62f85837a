import { z } from 'zod';
import { decimalSchema, moneySchema } from '../money.ts';
import { codeSchema, textSchema } from '../text.ts';
import { dateSchema, whenSchema } from '../time.ts';

export const rightKinds = [
  'land-ownership',
  'land-use',
  'house',
  'structure',
  'sea-use',
  'forest',
  'advance-notice',
  'farm-land',
  'other',
] as const;

/** Fields of a right to real estate (不动产权利, report.md §7.3). */
export const realEstateShape = {
  kind: z.literal('real-estate'),
  rightKind: z.enum(rightKinds),
  unitCode: textSchema.nullable(), // 不动产单元号, 28 characters
  unitCodeValid: z.boolean().nullable(), // warn only
  certificateNo: textSchema.nullable(),
  certificatePrintNo: textSchema.nullable(),
  location: textSchema,
  areaCode: textSchema.nullable(),
  registryOffice: textSchema.nullable(),
  buildingArea: decimalSchema.nullable(),
  exclusiveArea: decimalSchema.nullable(),
  sharedArea: decimalSchema.nullable(),
  landArea: decimalSchema.nullable(),
  rightArea: decimalSchema.nullable(),
  areaUnit: textSchema.nullable(), // m² unless declared
  use: codeSchema(['other']).nullable(),
  nature: codeSchema(['other']).nullable(),
  rightNature: codeSchema(['other']).nullable(),
  structureType: textSchema.nullable(),
  floorsTotal: z.int().nullable(),
  completedOn: dateSchema.nullable(),
  rightFrom: dateSchema.nullable(),
  rightTo: dateSchema.nullable(),
  rightStatus: z.enum(['temporary', 'current', 'historic', 'cancelled']).nullable(),
  registeredAt: whenSchema.nullable(),
  transactionPrice: moneySchema.nullable(), // a price at registration, not a valuation
  businessNo: textSchema.nullable(),
  mortgagedFlag: z.boolean().nullable(),
  seizedFlag: z.boolean().nullable(),
  onlyHomeHint: z.enum(['yes', 'no', 'unknown']), // a hint only (查扣冻规定 art. 4)
  extra: z.record(z.string(), textSchema).nullable(),
};
