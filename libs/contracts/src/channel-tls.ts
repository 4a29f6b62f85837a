import { z } from 'zod';
import { agencyIdSchema } from './text.ts';

/** A secret is always a reference, found as CHAKONG_SECRET_<NAME> or as a file in CHAKONG_SECRETS_DIR. */
export const secretRefSchema = z.strictObject({ secret: z.string().regex(/^[a-z0-9][a-z0-9-]*$/) });
export type SecretRef = z.infer<typeof secretRefSchema>;

/** SHA-256 of a public key (SubjectPublicKeyInfo, DER) in base64: stays the same when a certificate is renewed with its key. */
const spkiSha256Schema = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'SHA-256 of the public key in base64 (44 characters)');

/** How the other side of a channel is known, and how we are known there. Verification cannot be switched off. */
export const channelTlsSchema = z
  .strictObject({
    ca: secretRefSchema.nullable().default(null), // PEM, instead of the authorities that this computer trusts
    cert: secretRefSchema.nullable().default(null), // PEM, ours
    key: secretRefSchema.nullable().default(null), // PEM, of `cert`
    serverName: z.string().min(1).max(253).nullable().default(null), // name in its certificate, where it is not the host
    minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
    pins: z.array(spkiSha256Schema).max(10).default([]), // its public key must be one of these as well
  })
  .refine(({ cert, key }) => (cert === null) === (key === null), 'cert and key together, or neither');
export type ChannelTls = z.infer<typeof channelTlsSchema>;

/**
 * By which client certificate an agency is known at our doors. Where an agency has one, its calls need it beside the
 * credentials of the wire, and both must name the same agency.
 */
export const clientCertificateSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    spkiSha256: spkiSha256Schema.nullable().default(null),
    subject: z.string().min(3).max(500).nullable().default(null), // RFC 4514 order as issued: `CN=…,O=…,C=CN`
  })
  .refine(({ spkiSha256, subject }) => (spkiSha256 === null) !== (subject === null), 'either spkiSha256 or subject');
export type ClientCertificate = z.infer<typeof clientCertificateSchema>;
