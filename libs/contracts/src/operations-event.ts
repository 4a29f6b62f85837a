import { z } from 'zod';
import { agencyIdSchema, channelIdSchema, idSchema } from './text.ts';
import { instantSchema } from './time.ts';

/** What operators are told about (运维事件). Codes are stored: none is ever renamed. */
export const operationsEventKinds = [
  'breaker-opened',
  'breaker-half-opened',
  'breaker-closed',
  'answer-contradicted', // a later answer says something else (R13)
  'answer-quarantined', // it could not be read; its bytes are kept
  'all-nothing-suspected', // an agency suddenly says "nothing" to everybody
  'shape-drifted', // its answers have another shape than they used to
  'agency-silent', // it has not come to its mailbox for too long
  'channel-unauthorized', // our access is not accepted; the channel is held
  'channel-address-denied', // its name leads into a network that it may not call; nothing was sent
  'channel-credential-expiring', // a certificate of the channel ends soon, or has ended
  'package-conflict', // a file that was read before came again with other bytes
  'requeried-after-recovery', // lines were asked again because the agency is back
] as const;
export const operationsEventKindSchema = z.enum(operationsEventKinds);
export type OperationsEventKind = z.infer<typeof operationsEventKindSchema>;

/** One thing that happened. `detail` holds codes, counts, paths and our own ids; never anything about a person. */
export const operationsEventSchema = z.strictObject({
  eventId: idSchema('opx'),
  kind: operationsEventKindSchema,
  channelId: channelIdSchema,
  agencyId: agencyIdSchema.nullable(), // null: the whole channel
  inquiryId: idSchema('inq').nullable(),
  at: instantSchema, // when it was first seen
  lastAt: instantSchema, // and last
  count: z.int().positive(), // how often since then
  detail: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
});
export type OperationsEvent = z.infer<typeof operationsEventSchema>;
