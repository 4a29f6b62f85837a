import { z } from 'zod';

/** Something a person should know about a value (report.md §9.8). `raw` is the agency's text; it never enters a log. */
export const warningSchema = z
  .strictObject({
    code: z.enum([
      'date-unparseable',
      'date-impossible',
      'unit-unknown',
      'currency-missing',
      'currency-unknown',
      'code-unknown',
      'number-unparseable',
      'row-unreadable',
      'name-differs',
      'id15-only',
      'checksum-failed',
      'unit-code-invalid',
      'vin-check-failed',
      'plate-format',
      'contradicting-answer',
      'older-than-previous-answer',
      'snapshot-old',
      'possible-duplicate',
      'share-sum-not-one',
      'fraction-unparseable',
    ]),
    path: z.string(),
    raw: z.string().max(2_000).nullable(),
  })
  .meta({ id: 'Warning' });
export type Warning = z.infer<typeof warningSchema>;
