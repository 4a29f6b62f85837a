import { z } from 'zod';
import { hashSchema, idSchema } from './text.ts';
import { instantSchema } from './time.ts';

/** EdDSA: Ed25519 (RFC 8037). SM2: GM/T 0003 with SM3 and the customary user id; its name is not registered with IANA. */
export const signingAlgorithms = ['EdDSA', 'SM2'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/); // 32 bytes in base64url
/** A key id is the thumbprint of the key (RFC 7638, SHA-256), so that it can be pinned. */
export const keyIdSchema = coordinate;
const named = { kid: keyIdSchema, use: z.literal('sig') };

/** A public key of ours as a JSON Web Key. */
export const publicJwkSchema = z
  .discriminatedUnion('kty', [
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: coordinate,
      alg: z.literal('EdDSA'),
      ...named,
    }),
    z.strictObject({
      ...{ kty: z.literal('EC'), crv: z.literal('SM2'), x: coordinate, y: coordinate },
      ...{ alg: z.literal('SM2'), ...named },
    }),
  ])
  .meta({ id: 'PublicKey' });
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** Every key that something of ours is or was signed with. */
export const jwksSchema = z.strictObject({ keys: z.array(publicJwkSchema).max(1_000) }).meta({ id: 'PublicKeys' });
export type Jwks = z.infer<typeof jwksSchema>;

/** Header and signature of a JWS whose payload lies beside it (RFC 7515, appendix F). */
const detachedJwsSchema = z
  .string()
  .max(4_000)
  .regex(/^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+$/);

export const reportClaimsSchema = z.strictObject({
  kind: z.literal('report'),
  reportId: idSchema('rep'),
  reportVersion: z.int().min(1),
  inquiryId: idSchema('inq'),
  contentHash: hashSchema,
  supersedes: idSchema('rep').nullable(),
  sealedAt: instantSchema,
});
export type ReportClaims = z.infer<typeof reportClaimsSchema>;

/** What was signed when a version was stored. The payload of the JWS is the canonical JSON (RFC 8785) of the claims. */
export const reportSignatureSchema = z
  .strictObject({ claims: reportClaimsSchema, jws: detachedJwsSchema })
  .meta({ id: 'ReportSignature' });
export type ReportSignature = z.infer<typeof reportSignatureSchema>;

export const maskLevels = ['standard', 'none', 'third-parties-only'] as const;
export const maskLevelSchema = z.enum(maskLevels);
export type MaskLevel = z.infer<typeof maskLevelSchema>;

export const exportClaimsSchema = z.strictObject({
  kind: z.literal('export'),
  exportId: idSchema('exp'),
  exportHash: hashSchema,
  reportId: idSchema('rep'),
  reportVersion: z.int().min(1),
  contentHash: hashSchema, // of the report it was made of
  mask: maskLevelSchema,
  draft: z.boolean(),
  exportedAt: instantSchema,
});
export type ExportClaims = z.infer<typeof exportClaimsSchema>;

export const exportSignatureSchema = z
  .strictObject({ claims: exportClaimsSchema, jws: detachedJwsSchema })
  .meta({ id: 'ExportSignature' });
export type ExportSignature = z.infer<typeof exportSignatureSchema>;

export type SignedClaims = ReportClaims | ExportClaims;
