import { z } from 'zod';

/** What a data key (数据密钥) is for: to seal rows, or to make the blind indexes by which they are found again. */
export const dataKeyPurposeSchema = z.enum(['seal', 'blind-index']);
export type DataKeyPurpose = z.infer<typeof dataKeyPurposeSchema>;

/** The ciphers that seal rows. */
export const sealAlgorithmSchema = z.enum(['aes-256-gcm', 'sm4-gcm']);
export type SealAlgorithm = z.infer<typeof sealAlgorithmSchema>;

export const dataKeyAlgorithmSchema = z.enum([...sealAlgorithmSchema.options, 'hmac-sha256', 'hmac-sm3']);
export type DataKeyAlgorithm = z.infer<typeof dataKeyAlgorithmSchema>;

/** A key as everybody may see it. */
export type DataKey = {
  readonly dataKeyId: string;
  readonly purpose: DataKeyPurpose;
  readonly algorithm: DataKeyAlgorithm;
};

/** Its secret, encrypted under a wrapping key (包装密钥). */
export type Wrapped = { readonly wrappingKeyId: string; readonly wrapped: Uint8Array };
export type WrappedDataKey = DataKey & Wrapped;

/** It seals from `activeFrom` until `retiredAt`, by the clock of the database; it opens for ever. */
export type DataKeyRow = WrappedDataKey & { readonly activeFrom: Date; readonly retiredAt: Date | null };
