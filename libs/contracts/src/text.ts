import { z } from 'zod';

/** Text of the report: trimmed, NFC, any Unicode code point, never empty (unknown is `null`). report.md §1. */
export const textSchema = z.string().min(1).max(2_000);

/** Ids of ours: a prefix and an opaque, time-ordered part. Never contains personal data. */
export const idSchema = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z-]{1,64}$`));

/** Agency and channel ids come from configuration: dotted lower case, such as `bank.sample`. */
export const agencyIdSchema = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
  .max(100);
export const channelIdSchema = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
  .max(60);

/** `sha256:<hex>` or `sm3:<hex>`. */
export const hashSchema = z.string().regex(/^(sha256|sm3):[0-9a-f]{64}$/);

/** A code of ours beside the raw one: an unknown raw value becomes `other`, and the raw one is kept. */
export function codeSchema<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.strictObject({
    code: z.enum(values),
    label: z.strictObject({ zh: z.string(), en: z.string() }),
    rawCode: textSchema.nullable(),
    rawLabel: textSchema.nullable(),
  });
}

export interface Code<Value extends string> {
  readonly code: Value;
  readonly label: { readonly zh: string; readonly en: string };
  readonly rawCode: string | null;
  readonly rawLabel: string | null;
}
