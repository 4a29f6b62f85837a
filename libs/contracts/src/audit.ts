import { z } from 'zod';
import { purposeSchema } from './inquiry.ts';
import { roles } from './officer-register.ts';
import { hashSchema, idSchema, textSchema } from './text.ts';

/** What is written into the ledger (审计台账): acts, and views of what belongs to somebody. */
export const auditActions = [
  'session.opened',
  'session.refused',
  'session.closed',
  'token.created',
  'token.revoked',
  'access.denied',
  'roles.changed',
  'case.created',
  'case.read',
  'cases.listed',
  'case.changed',
  'case.assigned',
  'case.handed-over',
  'debtor.created',
  'debtor.read',
  'debtor.searched',
  'debtor.marked',
  'mark.read',
  'file.uploaded',
  'file.read',
  'inquiry.previewed',
  'inquiry.sent',
  'inquiry.refused',
  'inquiry.read',
  'inquiries.listed',
  'inquiry.followed',
  'inquiry.requeried',
  'inquiry.cancelled',
  'inquiry.paused',
  'inquiry.resumed',
  'import.created',
  'import.read',
  'import.changed',
  'import.exported',
  'import.sent',
  'approval.asked',
  'approval.read',
  'approval.decided',
  'approval.withdrawn',
  'emergency.used',
  'emergency.read',
  'emergency.reviewed',
  'answer.read',
  'answer.stated',
  'answer.entered',
  'raw.read',
  'task.read',
  'report.read',
  'report.cut',
  'report.exported',
  'comparison.made',
  'comparison.read',
  'schedule.created',
  'schedule.read',
  'schedule.changed',
  'note.read',
  'note.written',
  'operations.changed',
  'quarantine.replayed',
  'audit.read',
  'audit.verified',
  'audit.exported',
  'checkpoint.signed',
  'hold.read',
  'hold.placed',
  'hold.lifted',
  'raw.culled',
  'keys.rotated',
] as const;
export const auditActionSchema = z.enum(auditActions);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** `system`: the product at work by itself; `visitor`: nobody who is known. */
export const auditRoleSchema = z.enum([...roles, 'system', 'visitor']);

/** One act as it is put into the ledger. Ids, codes and counts; the reason, which may name somebody, is kept sealed. */
export const auditEntrySchema = z.strictObject({
  actor: z.strictObject({
    userId: idSchema('usr').nullable(),
    role: auditRoleSchema,
    courtCode: textSchema.nullable(),
    via: z.string().max(100).nullable(), // id of the token or session
  }),
  action: auditActionSchema,
  objectId: z.string().max(100).nullable(), // its prefix says what it is
  caseId: idSchema('case').nullable(),
  debtorId: idSchema('deb').nullable(), // the row also gets the blind indexes of this person
  purpose: purposeSchema.nullable(),
  reason: z.string().max(2_000).nullable(),
  shown: z
    .strictObject({ reportId: idSchema('rep').nullable(), reportVersion: z.int().nullable(), hash: hashSchema })
    .nullable(),
  address: z.string().max(64).nullable(), // where the request came from
  result: z.enum(['done', 'refused']),
  detail: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
