import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { sm4 } from 'sm-crypto-v2';
import type { DataKeyAlgorithm, SealAlgorithm } from '#contracts';

/** What a sealed text consists of beside its key: 12 bytes of nonce, 16 bytes of tag. */
export type CipherParts = {
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array; // authenticated, not encrypted
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
};

/** An authenticated cipher. One key seals far fewer than 2^32 texts, because nonces are random. */
export type Cipher = {
  readonly keyBytes: number;
  seal(key: Uint8Array, text: Pick<CipherParts, 'nonce' | 'aad'> & { readonly bytes: Uint8Array }): CipherParts;
  /** @throws when key, nonce, tag, text or `aad` are not those that belong together */
  open(key: Uint8Array, parts: CipherParts): Buffer;
};

export const nonceBytes = 12;
export const tagBytes = 16;

/** AES-256 in Galois/Counter mode (NIST SP 800-38D). */
const aes256Gcm: Cipher = {
  keyBytes: 32,
  seal(key, { nonce, aad, bytes }) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(aad);
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return { nonce, aad, tag: cipher.getAuthTag(), sealed };
  },
  open(key, { nonce, aad, tag, sealed }) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  },
};

const gcm = { mode: 'gcm', padding: 'none', output: 'array' } as const;

/**
 * SM4 (GB/T 32907, GM/T 0002) in Galois/Counter mode as RFC 8998 has it. Node's OpenSSL knows no SM4-GCM
 * (docs/decisions/0024-sm4-in-galois-counter-mode.md).
 */
const sm4Gcm: Cipher = {
  keyBytes: 16,
  seal(key, { nonce, aad, bytes }) {
    const { output, tag } = sm4.encrypt(bytes, key, { ...gcm, iv: nonce, associatedData: aad, outputTag: true });
    if (tag?.length !== tagBytes) throw new Error('SM4-GCM gave no tag of 16 bytes.');
    return { nonce, aad, tag, sealed: output };
  },
  open(key, { nonce, aad, tag, sealed }) {
    if (tag.length !== tagBytes) throw new Error('The tag of SM4-GCM has 16 bytes.');
    return Buffer.from(sm4.decrypt(sealed, key, { ...gcm, iv: nonce, associatedData: aad, tag }));
  },
};

export const ciphers: Readonly<Record<SealAlgorithm, Cipher>> = { 'aes-256-gcm': aes256Gcm, 'sm4-gcm': sm4Gcm };

/** How long the secret of a data key is, in bytes. */
export const secretBytes: Readonly<Record<DataKeyAlgorithm, number>> = {
  'aes-256-gcm': aes256Gcm.keyBytes,
  'sm4-gcm': sm4Gcm.keyBytes,
  'hmac-sha256': 32,
  'hmac-sm3': 32,
};

/** The keyed hash that belongs to a cipher's family, for blind indexes. */
export const indexAlgorithmOf: Readonly<Record<SealAlgorithm, 'hmac-sha256' | 'hmac-sm3'>> = {
  'aes-256-gcm': 'hmac-sha256',
  'sm4-gcm': 'hmac-sm3',
};

/** Hexadecimal. */
export const keyedHash = (algorithm: DataKeyAlgorithm, key: Uint8Array, text: string): string =>
  createHmac(algorithm === 'hmac-sm3' ? 'sm3' : 'sha256', key)
    .update(text)
    .digest('hex');
