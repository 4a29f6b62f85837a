import { z } from 'zod';
import { scopeNameSchema } from '../officer-register.ts';
import { idSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** A code for people who look at the list later, such as `case-system`. It is kept in clear, so it names nobody. */
const labelSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

/** A bearer token to make in somebody's name. */
export const newTokenSchema = z
  .strictObject({
    userId: idSchema('usr'),
    scopes: z.array(scopeNameSchema).min(1).max(40), // a part of what the person's roles give
    expiresAt: instantSchema, // at most 365 days from now
    label: labelSchema,
  })
  .meta({ id: 'NewToken' });
export type NewToken = z.infer<typeof newTokenSchema>;

export const tokenViewSchema = z
  .strictObject({
    tokenId: idSchema('tok'),
    userId: idSchema('usr'),
    scopes: z.array(scopeNameSchema),
    label: labelSchema,
    createdBy: idSchema('usr'),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    lastUsedOn: z.iso.date().nullable(), // a day is enough to find what nobody uses
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Token' });
export type TokenView = z.infer<typeof tokenViewSchema>;

/** The only time the token is shown; null when the request is repeated. */
export const tokenMadeSchema = tokenViewSchema
  .extend({
    token: z
      .string()
      .regex(/^ckt_[A-Za-z0-9_-]{43}$/)
      .nullable(),
  })
  .meta({ id: 'TokenMade' });
export type TokenMade = z.infer<typeof tokenMadeSchema>;
