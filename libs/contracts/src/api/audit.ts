import { z } from 'zod';
import { anomalySchema } from '../anomaly.ts';
import { auditEntrySchema } from '../audit.ts';
import { identifierTypeSchema } from '../debtor.ts';
import { hashSchema, idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

const seqSchema = z.int().positive();

/** One event of the ledger (审计记录). `reason` is null in lists; `hasReason` says whether there is one. */
export const auditEventViewSchema = z
  .strictObject({
    seq: seqSchema,
    at: instantSchema,
    ...auditEntrySchema.shape,
    caseNumber: textSchema.nullable(),
    hasReason: z.boolean(),
    previous: hashSchema,
    hash: hashSchema,
  })
  .meta({ id: 'AuditEvent' });
export type AuditEventView = z.infer<typeof auditEventViewSchema>;

const mostFound = 200;

/**
 * Who asked about a person (by debtor, or by number across all cases), or what a person did: exactly one of the three.
 * A number of a person stands only here, never in an address.
 */
export const auditSearchSchema = z
  .strictObject({
    debtorId: idSchema('deb').optional(),
    identifier: z.strictObject({ type: identifierTypeSchema, number: textSchema }).optional(),
    userId: idSchema('usr').optional(),
    before: seqSchema.nullable().default(null), // `nextBefore` of the answer before
    limit: z.int().min(1).max(mostFound).default(50),
  })
  .refine(
    ({ debtorId, identifier, userId }) =>
      [debtorId, identifier, userId].filter((each) => each !== undefined).length === 1,
    { path: ['debtorId'], message: 'exactly one of debtorId, identifier, userId' },
  )
  .meta({ id: 'AuditSearch' });
export type AuditSearch = z.infer<typeof auditSearchSchema>;

export const auditFoundSchema = z.strictObject({
  items: z.array(auditEventViewSchema),
  nextBefore: seqSchema.nullable(), // null: that is all
});
export type AuditFound = z.infer<typeof auditFoundSchema>;

export const newVerificationSchema = z
  .strictObject({ from: seqSchema.default(1), to: seqSchema.nullable().default(null) })
  .refine(({ from, to }) => to === null || to >= from, { path: ['to'], message: 'lies before `from`' })
  .meta({ id: 'NewVerification' });

export const verificationViewSchema = z
  .strictObject({
    outcome: z.enum(['intact', 'broken']),
    rows: z.int().nonnegative(),
    withheld: z.int().nonnegative(),
    reasons: z.int().nonnegative(),
    checkpoints: z.int().nonnegative(), // that agreed; 0: nothing outside the database vouches for the chain
    forgedCheckpoints: z.int().nonnegative(), // signed by no key of ours
    first: seqSchema.nullable(),
    last: seqSchema.nullable(),
    lastHash: hashSchema.nullable(),
    firstBroken: z
      .strictObject({
        seq: seqSchema,
        kind: z.enum(['edited', 'deleted', 'inserted', 'reordered', 'truncated', 'forked']),
        expected: z.string().nullable(),
        found: z.string().nullable(),
        soundUpTo: z.int().nonnegative(), // everything up to here is proved
      })
      .nullable(),
  })
  .meta({ id: 'LedgerVerification' });
export type VerificationView = z.infer<typeof verificationViewSchema>;

export const anomaliesViewSchema = z.strictObject({
  items: z.array(anomalySchema),
  examined: z.int().nonnegative(), // events that were looked at
  since: instantSchema,
  isWhole: z.boolean(), // false: there were more events in this time than are looked at
});
export type AnomaliesView = z.infer<typeof anomaliesViewSchema>;

export const newAuditPackSchema = z
  .strictObject({
    from: seqSchema.default(1),
    to: seqSchema.nullable().default(null), // null: as far as it goes now
    withReasons: z.boolean().default(false),
    reason: textSchema, // why it is handed out; it goes into the ledger
  })
  .refine(({ from, to }) => to === null || to >= from, { path: ['to'], message: 'lies before `from`' })
  .meta({ id: 'NewAuditPack' });

export const auditPackViewSchema = z
  .strictObject({
    packId: idSchema('aud'),
    from: seqSchema,
    to: seqSchema,
    withReasons: z.boolean(),
    createdAt: instantSchema,
    links: z.strictObject({ content: z.string() }),
  })
  .meta({ id: 'AuditPack' });
export type AuditPackView = z.infer<typeof auditPackViewSchema>;
