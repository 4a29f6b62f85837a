import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { PublicJwk } from '#contracts';
import { canonicalSha256 } from '../canonical-json.ts';
import { signSm2, verifySm2 } from './sm2.ts';

/** A key that signs. Another algorithm is one more of these. */
export interface SigningKey {
  readonly publicJwk: PublicJwk;
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * The algorithm follows from the key: Ed25519 signs EdDSA, a key on the curve SM2 signs SM2 with SM3.
 * @param privateKey PKCS 8 in PEM
 * @returns null for anything else
 */
export function openSigningKey(privateKey: string): SigningKey | null {
  const key = readPrivateKey(privateKey);
  if (key === 'unreadable') return null;
  if (key.asymmetricKeyType === 'ed25519') return ed25519Key(key);
  return isOnSm2(key) ? sm2Key(key) : null;
}

/** False as well when the signature or the key has a wrong form. */
export function verifyBytes(bytes: Uint8Array, signature: Uint8Array, key: PublicJwk): boolean {
  if (key.kty === 'EC')
    return verifySm2(bytes, signature, Buffer.concat([uncompressed, fromText(key.x), fromText(key.y)]));
  try {
    const { kty, crv, x } = key;
    return verify(null, bytes, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), signature);
  } catch {
    return false; // no point of the curve
  }
}

/** The thumbprint of RFC 7638: over the members that make the key, in their order. */
export function thumbprintOf(key: PublicJwk): string {
  const { kty, crv, x } = key;
  const members = key.kty === 'EC' ? { crv, kty, x, y: key.y } : { crv, kty, x };
  return Buffer.from(canonicalSha256(members), 'hex').toString('base64url');
}

function readPrivateKey(text: string): KeyObject | 'unreadable' {
  try {
    return createPrivateKey(text);
  } catch {
    return 'unreadable'; // its message may quote the key
  }
}

function ed25519Key(key: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: '' } as const;
  return { publicJwk: { ...jwk, kid: thumbprintOf(jwk) }, sign: (bytes) => sign(null, bytes, key) };
}

/** The curve by its object identifier 1.2.156.10197.1.301: Node has no name for keys on it. */
const sm2Curve = Buffer.from('06082a811ccf5501822d', 'hex');
const isOnSm2 = (key: KeyObject): boolean =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).includes(sm2Curve);

const uncompressed = Buffer.from([4]);
const scalarBytes = 32;
/** Version 1 and the head of the private scalar in an EC private key (RFC 5915). */
const scalarHead = Buffer.from('0201010420', 'hex');

function sm2Key(key: KeyObject): SigningKey {
  const whole = key.export({ type: 'pkcs8', format: 'der' });
  const at = whole.indexOf(scalarHead) + scalarHead.length;
  const scalar = whole.subarray(at, at + scalarBytes);
  const point = createPublicKey(key)
    .export({ type: 'spki', format: 'der' })
    .subarray(-1 - 2 * scalarBytes);
  const x = point.subarray(1, 1 + scalarBytes).toString('base64url');
  const y = point.subarray(1 + scalarBytes).toString('base64url');
  const jwk = { kty: 'EC', crv: 'SM2', x, y, alg: 'SM2', use: 'sig', kid: '' } as const;
  return { publicJwk: { ...jwk, kid: thumbprintOf(jwk) }, sign: (bytes) => signSm2(bytes, scalar, point) };
}

const fromText = (text: string): Buffer => Buffer.from(text, 'base64url');
