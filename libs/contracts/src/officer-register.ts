import { z } from 'zod';
import { categorySchema } from './category.ts';
import { agencyIdSchema, channelIdSchema, idSchema, textSchema } from './text.ts';
import { dateSchema } from './time.ts';

/**
 * officer 执行员, approver 审批人 (superior), court-admin 法院管理员, ops 运维, auditor 审计员, integrator 接入开发者,
 * wallboard 大屏, clerk 机构经办人.
 */
export const roles = [
  'officer',
  'approver',
  'court-admin',
  'ops',
  'auditor',
  'integrator',
  'wallboard',
  'clerk',
] as const;
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
  'files:read',
  'cases:assign',
  'approvals:decide',
  'exports:write',
  'holds:write',
  'audit:read',
  'audit:export',
  'administration',
  'wallboard:read',
] as const;
export const scopeNameSchema = z.enum(scopes);
export type ScopeName = z.infer<typeof scopeNameSchema>;

/** What a role gives: the one table of rights. libs/access makes the rules of it, and adds whose cases they are about. */
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
    'files:read',
    'exports:write',
  ],
  approver: [
    'cases:read',
    'inquiries:read',
    'reports:read',
    'answers:read',
    'agencies:read',
    'files:read',
    'approvals:decide',
    'cases:assign',
  ],
  'court-admin': ['cases:read', 'cases:assign', 'inquiries:read', 'agencies:read', 'holds:write', 'administration'], // the asking, never the payload
  ops: ['agencies:read', 'operations:read', 'operations:write'],
  auditor: ['audit:read', 'audit:export', 'agencies:read'],
  integrator: ['agencies:read', 'operations:read'],
  wallboard: ['wallboard:read'],
  clerk: ['files:write', 'answers:manual'], // of an agency without an interface
};

/** With whom an officer's cards are filed (法释〔2013〕20号 art. 2), and on which days that counts. */
const registrationSchema = z
  .strictObject({
    agencyIds: z.array(agencyIdSchema).max(5_000).default([]),
    channelIds: z.array(channelIdSchema).max(1_000).default([]), // every agency of these channels
    categories: z.array(categorySchema).max(13).default([]), // every agency of these categories
    from: dateSchema,
    until: dateSchema.nullable().default(null), // the last day; null: until it is taken back
  })
  .refine(({ agencyIds, channelIds, categories }) => agencyIds.length + channelIds.length + categories.length > 0, {
    error: 'agencyIds, channelIds or categories',
  });
export type Registration = z.infer<typeof registrationSchema>;

/** One person of `config/officers.yaml`: who may sign in and in whose name agencies are asked. */
export const registeredOfficerSchema = z.strictObject({
  userId: idSchema('usr'),
  name: textSchema,
  courtCode: textSchema,
  courtName: textSchema,
  subject: textSchema.optional(), // how the sign-in of the court names them; without it the userId
  roles: z.array(roleNameSchema).min(1),
  agencyIds: z.array(agencyIdSchema).max(1_000).default([]), // role `clerk`: the agencies they answer for
  phone: textSchema.nullable().default(null),
  workCardNo: textSchema.nullable().default(null),
  workCardFile: z.string().nullable().default(null), // picture, relative to the configuration folder
  dutyCardNo: textSchema.nullable().default(null),
  dutyCardFile: z.string().nullable().default(null),
  registrations: z.array(registrationSchema).max(1_000).default([]),
});
export type RegisteredOfficer = z.infer<typeof registeredOfficerSchema>;

/** One bearer token of the tokens file: only its hash is stored (api.md §2.1). */
export const tokenEntrySchema = z.strictObject({
  tokenId: idSchema('tok'),
  userId: idSchema('usr'),
  tokenHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  scopes: z.array(scopeNameSchema).min(1).nullable().default(null), // null: all of the person's roles
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  demo: z.boolean().optional(), // made for the demo's people: production refuses it
});
export type TokenEntry = z.infer<typeof tokenEntrySchema>;
