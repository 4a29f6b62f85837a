import { z } from 'zod';
import { codeSchema, textSchema } from '../text.ts';
import { dateSchema } from '../time.ts';

export const vehicleStatuses = [
  'normal',
  'moved-out',
  'stolen',
  'out-of-use',
  'deregistered',
  'violation-pending',
  'customs',
  'accident-pending',
  'suspect',
  'seized',
  'detained',
  'forced-deregistration',
  'hit-and-run',
  'locked',
  'scrap-notice',
  'inspection-overdue',
  'other',
] as const;

export const plateClasses = [
  'large',
  'small',
  'trailer',
  'temporary',
  'new-energy-large',
  'new-energy-small',
  'other',
] as const;

/** Fields of a vehicle (机动车, report.md §7.4). */
export const vehicleShape = {
  kind: z.literal('vehicle'),
  plateNumber: textSchema,
  plateClass: codeSchema(plateClasses).nullable(),
  vin: textSchema.nullable(),
  vinCheck: z.enum(['ok', 'failed', 'not-applicable']), // warn only
  engineNumber: textSchema.nullable(),
  engineModel: textSchema.nullable(),
  brand: textSchema.nullable(),
  model: textSchema.nullable(),
  vehicleType: textSchema.nullable(),
  colour: textSchema.nullable(),
  energyType: textSchema.nullable(),
  use: codeSchema(['non-commercial', 'other']).nullable(),
  ownerName: textSchema,
  ownerIdMasked: textSchema.nullable(),
  ownerIdType: codeSchema(['citizen-id', 'org-code', 'military', 'other']).nullable(),
  firstRegisteredOn: dateSchema.nullable(),
  issuedBy: textSchema.nullable(),
  office: textSchema.nullable(),
  inspectionValidTo: dateSchema.nullable(),
  scrapOn: dateSchema.nullable(),
  insuranceEndsOn: dateSchema.nullable(),
  statusCodes: z.array(codeSchema(vehicleStatuses)).max(40).nullable(),
  mortgaged: z.boolean().nullable(),
  certificateNo: textSchema.nullable(),
  physicalControl: z.enum(['held', 'not-held', 'unknown']), // seized on paper is not held
};
