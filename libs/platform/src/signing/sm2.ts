import { sm2 } from 'sm-crypto-v2';

/**
 * SM2 signatures with SM3 (GM/T 0003.2), the user id hashed in as Z. Not by OpenSSL: what it signs through Node leaves Z
 * out, so that nobody else could verify it.
 */
const options = { hash: true, userId: '1234567812345678' } as const; // the user id of GM/T 0009 where none was agreed

/** r and s, 32 bytes each. @param privateKey 32 bytes */
export function signSm2(bytes: Uint8Array, privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const hex = { own: Buffer.from(privateKey).toString('hex'), public: Buffer.from(publicKey).toString('hex') };
  return Buffer.from(sm2.doSignature(bytes, hex.own, { ...options, publicKey: hex.public }), 'hex');
}

const signatureBytes = 64;

/** @param publicKey 65 bytes: 04, x, y. A signature or key of the wrong form is not valid, never an error. */
export function verifySm2(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureBytes) return false;
  try {
    const hex = { signature: Buffer.from(signature).toString('hex'), key: Buffer.from(publicKey).toString('hex') };
    return sm2.verifyPublicKey(hex.key) && sm2.doVerifySignature(bytes, hex.signature, hex.key, options);
  } catch {
    return false; // a point that is not on the curve
  }
}
