import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { canonicalSha256 } from './canonical-json.ts';
import type { Keyring, RingKey } from './keyring.ts';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** A sealed text cannot be opened: an unknown key, another context, or somebody changed it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code: 'key-unknown' | 'envelope-malformed' | 'not-authentic';

  constructor(code: SealBroken['code']) {
    super(`The sealed text cannot be opened (${code}).`);
    this.code = code;
  }
}

/**
 * Encrypts with the keyring's first key (AES-256-GCM).
 * Envelope: version (1 byte), length of the key's id (1), id, nonce (12), tag (16), ciphertext.
 * @param context where the text belongs, such as `answers.payload/<row id>`: it opens nowhere else
 */
export function seal(keyring: Keyring, bytes: Uint8Array, context: string): Buffer {
  const key = keyring.keys[0];
  const id = Buffer.from(key.id, 'utf8');
  const header = Buffer.concat([Buffer.from([version, id.length]), id]);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', purposeKey(key, 'seal'), nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Decrypts with the key that the envelope names.
 * @throws SealBroken
 */
export function open(keyring: Keyring, envelope: Uint8Array, context: string): Buffer {
  const { header, id, nonce, tag, sealed } = readEnvelope(Buffer.from(envelope));
  const key = keyring.keys.find((each) => each.id === id);
  if (!key) throw new SealBroken('key-unknown');
  const decipher = createDecipheriv('aes-256-gcm', purposeKey(key, 'seal'), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    throw new SealBroken('not-authentic');
  }
}

/** The id of the key that opens this envelope, to find rows that wait for a rotation. */
export function sealingKeyId(envelope: Uint8Array): string {
  return readEnvelope(Buffer.from(envelope)).id;
}

function readEnvelope(envelope: Buffer) {
  const idLength = envelope[1] ?? 0;
  const start = 2 + idLength;
  const isWhole = envelope[0] === version && idLength > 0 && envelope.length >= start + nonceBytes + tagBytes;
  if (!isWhole) throw new SealBroken('envelope-malformed');
  const tagAt = start + nonceBytes;
  return {
    header: envelope.subarray(0, start),
    id: envelope.toString('utf8', 2, start),
    nonce: envelope.subarray(start, tagAt),
    tag: envelope.subarray(tagAt, tagAt + tagBytes),
    sealed: envelope.subarray(tagAt + tagBytes),
  };
}

/**
 * What stands in the database in place of a number that must be found again (HMAC-SHA256, hexadecimal), made with the
 * first key. The caller normalises the value first.
 * @param kind keeps equal values of different kinds apart, such as `debtor.id-number`
 */
export function blindIndex(keyring: Keyring, kind: string, value: string): string {
  return indexWith(keyring.keys[0], kind, value);
}

/** The index under every key, the first key's first: rows written before a rotation are found by the older ones. */
export function blindIndexes(keyring: Keyring, kind: string, value: string): readonly string[] {
  return keyring.keys.map((key) => indexWith(key, kind, value));
}

function indexWith(key: RingKey, kind: string, value: string): string {
  const text = JSON.stringify([kind, value]);
  return createHmac('sha256', purposeKey(key, 'blind-index')).update(text).digest('hex');
}

const derived = new WeakMap<RingKey, Map<string, Buffer>>();

/** One secret, one key per purpose (HKDF-SHA256), so that an index says nothing about a seal. */
function purposeKey(key: RingKey, purpose: 'seal' | 'blind-index'): Buffer {
  const known = derived.get(key) ?? new Map<string, Buffer>();
  derived.set(key, known);
  const made = known.get(purpose) ?? Buffer.from(hkdfSync('sha256', key.secret, '', `chakong/${purpose}`, 32));
  known.set(purpose, made);
  return made;
}

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
