import { z } from 'zod';
import { agencyIdSchema, idSchema, textSchema } from './text.ts';

export const roles = ['officer', 'ops', 'clerk'] as const;
export const roleNameSchema = z.enum(roles);
export type RoleName = z.infer<typeof roleNameSchema>;

/** What a caller may do. Tokens carry a part of what the person's roles give. */
export const scopes = [
  'cases:read',
  'cases:write',
  'files:write',
  'inquiries:read',
  'inquiries:write',
  'reports:read',
  'answers:read',
  'answers:raw',
  'agencies:read',
  'operations:read',
  'operations:write',
  'answers:manual',
] as const;
export const scopeNameSchema = z.enum(scopes);
export type ScopeName = z.infer<typeof scopeNameSchema>;

export const scopesOfRole: Readonly<Record<RoleName, readonly ScopeName[]>> = {
  officer: [
    'cases:read',
    'cases:write',
    'files:write',
    'inquiries:read',
    'inquiries:write',
    'reports:read',
    'answers:read',
    'answers:raw',
    'agencies:read',
    'answers:manual', // what came on paper, for inquiries of their own court
  ],
  ops: ['agencies:read', 'operations:read', 'operations:write'],
  clerk: ['files:write', 'answers:manual'], // of an agency without an interface
};

/** One person of `config/officers.yaml`: who may sign in and in whose name agencies are asked. */
export const registeredOfficerSchema = z.strictObject({
  userId: idSchema('usr'),
  name: textSchema,
  courtCode: textSchema,
  courtName: textSchema,
  roles: z.array(roleNameSchema).min(1),
  agencyIds: z.array(agencyIdSchema).max(1_000).default([]), // role `clerk`: the agencies they answer for
  phone: textSchema.nullable().default(null),
  workCardNo: textSchema.nullable().default(null),
  workCardFile: z.string().nullable().default(null), // picture, relative to the configuration folder
  dutyCardNo: textSchema.nullable().default(null),
  dutyCardFile: z.string().nullable().default(null),
});
export type RegisteredOfficer = z.infer<typeof registeredOfficerSchema>;

/** One bearer token of the tokens file: only its hash is stored (api.md §2.1). */
export const tokenEntrySchema = z.strictObject({
  tokenId: idSchema('tok'),
  userId: idSchema('usr'),
  tokenHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  scopes: z.array(scopeNameSchema).min(1).nullable().default(null), // null: all of the person's roles
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type TokenEntry = z.infer<typeof tokenEntrySchema>;
