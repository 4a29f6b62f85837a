import { z } from 'zod';
import { roleNameSchema } from '../officer-register.ts';
import { idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** `POST /cases/{caseId}/officers`: the case is assigned (分案) to an officer of its court. */
export const newAssignmentSchema = z
  .strictObject({ userId: idSchema('usr'), reason: textSchema })
  .meta({ id: 'NewAssignment' });
export type NewAssignment = z.infer<typeof newAssignmentSchema>;

/** Who works on a case, from when until when, by whose decision and why. */
export const assignmentSchema = z
  .strictObject({
    userId: z.string(),
    name: z.string().nullable(), // null: no longer in the register
    since: instantSchema,
    assignedBy: z.string(),
    reason: z.string().nullable(), // null: assigned by entering the case
    until: instantSchema.nullable(), // null: assigned now
    endedBy: z.string().nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'Assignment' });
export type Assignment = z.infer<typeof assignmentSchema>;

/** raised 提级执行, designated 指定执行, crossed 交叉执行. */
export const handOverKindSchema = z.enum(['raised', 'designated', 'crossed']);
export type HandOverKind = z.infer<typeof handOverKindSchema>;

/** `POST /cases/{caseId}/hand-overs`: the case goes to another court, on a superior court's order. */
export const newHandOverSchema = z
  .strictObject({
    toCourtCode: textSchema,
    kind: handOverKindSchema,
    orderedBy: textSchema, // code of the court that ordered it
    documentNumber: textSchema,
    fileId: idSchema('file'), // the order
    reason: textSchema,
  })
  .meta({ id: 'NewHandOver' });
export type NewHandOver = z.infer<typeof newHandOverSchema>;

export const handOverSchema = newHandOverSchema
  .extend({
    handOverId: z.string(),
    caseId: idSchema('case'),
    fromCourtCode: z.string(),
    at: instantSchema,
    by: z.string(),
    /** Until then, people who saw the case at the court that gave it away may read it. */
    readableUntil: instantSchema,
    readers: z.int(),
  })
  .meta({ id: 'HandOver' });
export type HandOver = z.infer<typeof handOverSchema>;

/** One row of `GET /users`: a person of the register, with the roles that count now. */
export const userViewSchema = z
  .strictObject({
    userId: z.string(),
    name: z.string(),
    courtCode: z.string(),
    courtName: z.string(),
    roles: z.array(roleNameSchema), // empty: suspended, nothing is allowed
    registeredRoles: z.array(roleNameSchema),
    changedBy: z.string().nullable(),
    changedAt: instantSchema.nullable(),
  })
  .meta({ id: 'User' });
export type UserView = z.infer<typeof userViewSchema>;

/** `PUT /users/{userId}/roles`; an empty list suspends. */
export const newRolesSchema = z
  .strictObject({ roles: z.array(roleNameSchema).max(roleNameSchema.options.length), reason: textSchema })
  .meta({ id: 'NewRoles' });
export type NewRoles = z.infer<typeof newRolesSchema>;
