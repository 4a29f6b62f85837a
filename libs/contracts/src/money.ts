import { z } from 'zod';

/** A decimal number written out, such as "1250.40". Never a float: what the agency wrote must come back unchanged. */
export const decimalSchema = z
  .string()
  .regex(/^-?(0|[1-9]\d*)(\.\d+)?$/)
  .max(60);

export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

/** An amount with its ISO 4217 currency. Unknown is `null`, never 0. */
export const moneySchema = z.strictObject({ amount: decimalSchema, currency: currencySchema });

export const quantitySchema = z.strictObject({ value: decimalSchema, unit: z.string().min(1) });

/** A share in lowest terms: "1/2"; "1/1" is the whole. */
export const fractionSchema = z.string().regex(/^[1-9]\d*\/[1-9]\d*$/);

export type Money = z.infer<typeof moneySchema>;
export type Quantity = z.infer<typeof quantitySchema>;
