import { type PublicJwk, publicJwkSchema, type SignedClaims } from '#contracts';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { openSigningKey, thumbprintOf, verifyBytes } from './algorithms.ts';

/** Signs claims under one key, which is named by its thumbprint. */
export interface Signer {
  readonly publicJwk: PublicJwk;
  /** A detached JWS (RFC 7515, appendix F) over the canonical JSON of the claims. */
  sign(claims: SignedClaims): string;
}

/** @returns null when the text is neither an Ed25519 nor an SM2 private key */
export function openSigner(privateKey: string): Signer | null {
  const key = openSigningKey(privateKey);
  if (key === null) return null;
  const { publicJwk } = key;
  const head = encode(canonicalJson({ alg: publicJwk.alg, kid: publicJwk.kid, jwk: publicJwk, typ: 'JOSE' }));
  return {
    publicJwk,
    sign: (claims) => `${head}..${Buffer.from(key.sign(signedBytes(head, claims))).toString('base64url')}`,
  };
}

/** What makes a key ours: it is listed in a key set, or its thumbprint was told us by another way. */
export type TrustedKeys = { readonly keys: readonly PublicJwk[] } | { readonly fingerprint: string };

/** `wrong-key`: signed, but by nobody we were told to trust. */
export type SignatureState = 'valid' | 'invalid' | 'wrong-key';

const headSchema = z.strictObject({
  alg: z.enum(['EdDSA', 'SM2']),
  kid: z.string(),
  jwk: publicJwkSchema,
  typ: z.literal('JOSE'),
});

/** The key that a signature names; null when its head cannot be read. Says nothing about whether it is to be trusted. */
export function keyOf(jws: string): PublicJwk | null {
  const { data } = headSchema.safeParse(parsed(jws.split('.', 1)[0] ?? ''));
  if (!data || data.jwk.kid !== data.kid || data.jwk.alg !== data.alg) return null;
  return thumbprintOf(data.jwk) === data.kid ? data.jwk : null;
}

/** Only keys that are trusted verify anything: the one in the head is believed when its thumbprint is. */
export function verifyDetached(jws: string, claims: SignedClaims, trusted: TrustedKeys): SignatureState {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.');
  const named = keyOf(jws);
  if (named === null || payload !== '' || rest.length > 0) return 'invalid';
  if (!isTrusted(named, trusted)) return 'wrong-key';
  const isValid = verifyBytes(signedBytes(head, claims), Buffer.from(signature, 'base64url'), named);
  return isValid ? 'valid' : 'invalid';
}

const isTrusted = (named: PublicJwk, trusted: TrustedKeys): boolean =>
  'keys' in trusted ? trusted.keys.some((key) => thumbprintOf(key) === named.kid) : trusted.fingerprint === named.kid;

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const signedBytes = (head: string, claims: SignedClaims): Buffer =>
  Buffer.from(`${head}.${encode(canonicalJson(claims))}`, 'ascii');

function parsed(head: string): unknown {
  try {
    return JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
  } catch {
    return 'unreadable';
  }
}
