import { signatureAlgorithms } from '#adapter-kit';
import { secretRefSchema } from '#contracts';
import { z } from 'zod';

const businessId = z.string().min(1).max(35);
const code = z.string().regex(/^[A-Za-z0-9]{1,4}$/); // external codes of ISO 20022
const path = z
  .string()
  .regex(/^\/[A-Za-z0-9._/-]*$/)
  .max(200);

/** Wanted messages that are built: accounts (supl.027), safe boxes (fin.002). */
export const wantedMessages = ['supl.027.001.01', 'fin.002.001.03'] as const;

/** An account register asked by auth.001 and answering by auth.002 (iso20022-auth.md). */
export const settingsSchema = z.strictObject({
  /** `repeat`: one data retrieval system, the same query again is polling. `keys`: an aggregating application. */
  flow: z.enum(['repeat', 'keys']).default('repeat'),
  path: path.default('/'), // flow repeat, below the address of the channel
  paths: z
    .strictObject({ query: path, status: path, result: path })
    .default({ query: '/query', status: '/status', result: '/result' }), // flow keys
  ownBusinessId: businessId, // Fr
  partnerBusinessId: businessId.nullable().default(null), // To; null: the code of the agency
  businessIdScheme: code.default('Y'),
  signing: z.strictObject({
    keyRef: secretRefSchema, // RSA private key, PEM
    certificateRef: secretRefSchema.nullable().default(null), // sent along where the partner wants it
    algorithm: z.enum(signatureAlgorithms).default('rsa-sha256'),
  }),
  partnerCertificateRef: secretRefSchema, // certificate or public key of whoever signs the answers, PEM
  verifyPartnerSignature: z.boolean().default(true),
  personScheme: code.default('NIDN'), // PIC in Finland
  companyScheme: code.default('COID'),
  wanted: z
    .array(z.enum(wantedMessages))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'a message is wanted twice')
    .default(['supl.027.001.01']),
  fin012: z.enum(['off', '.03', '.04']).default('.04'), // who asks and who approved, as supplementary data
  sendsDueDate: z.boolean().default(false), // DueDt, where the partner uses it
  pollingIntervalMs: z.int().min(10).max(86_400_000).default(60_000), // what was agreed; the channel keeps it
});
export type RegisterSettings = z.infer<typeof settingsSchema>;
