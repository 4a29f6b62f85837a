import { z } from 'zod';
import { coRightSchema } from '../co-right.ts';
import { encumbranceSchema } from '../encumbrance.ts';
import { matchSchema } from '../match.ts';
import { textSchema } from '../text.ts';
import { asOfKindSchema, whenSchema } from '../time.ts';
import { warningSchema } from '../warning.ts';

/** What every asset carries besides the fields of its kind (report.md §5). `null` = not reported, `[]` = reported as none. */
export const describedShape = {
  disputed: z.boolean().nullable(),
  encumbrances: z.array(encumbranceSchema).max(1_000).nullable(),
  coRights: z.array(coRightSchema).max(1_000).nullable(),
  warnings: z.array(warningSchema).max(1_000),
  remark: textSchema.nullable(),
};

/** What an adapter adds to an asset; the merge turns it into provenance and match of the report. */
export const foundShape = {
  agencyRecordId: textSchema.nullable(), // running number at the agency
  asOf: whenSchema.nullable(), // null: the agency did not say (机构未说明)
  asOfKind: asOfKindSchema.nullable(),
  match: matchSchema,
  ...describedShape,
};
