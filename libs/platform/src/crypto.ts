import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalSha256 } from './canonical-json.ts';

/** SHA-256, hexadecimal. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is stored of a bearer token: `sha256:` and its hash. A token has chance enough to need no salt. */
export function hashToken(token: string): string {
  return `sha256:${sha256Hex(token)}`;
}

/** `sha256:` over the canonical JSON of a value (RFC 8785): the same content gives the same hash, whatever the order of keys. */
export function contentHash(value: unknown): string {
  return `sha256:${canonicalSha256(value)}`;
}

/** Compares without telling by its duration where two secrets differ. */
export function equalsConstantTime(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
