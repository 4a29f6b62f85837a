import { randomBytes } from 'node:crypto';
import type { DataKeyAlgorithm } from '#contracts';
import { ciphers, nonceBytes, tagBytes } from './ciphers.ts';

/** 1: sealed by a key of the keyring itself, as before there were data keys. 2: sealed by a data key. */
export type EnvelopeVersion = 1 | 2;

/** A sealed text cannot be opened: an unknown key, another context, or somebody changed it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code: 'key-unknown' | 'envelope-malformed' | 'not-authentic';

  constructor(code: SealBroken['code']) {
    super(`The sealed text cannot be opened (${code}).`);
    this.code = code;
  }
}

type Envelope = {
  readonly version: EnvelopeVersion;
  readonly keyId: string;
  readonly header: Uint8Array;
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
};

export type SealingKey = { readonly id: string; readonly algorithm: DataKeyAlgorithm; readonly secret: Uint8Array };

/**
 * Envelope: version (1 byte), length of the key's id (1), id, nonce (12), tag (16), ciphertext. Header and context are
 * authenticated with it, so that it opens in its own place only.
 */
export function sealWith(key: SealingKey, bytes: Uint8Array, context: string): Buffer {
  const id = Buffer.from(key.id, 'utf8');
  const header = Buffer.concat([Buffer.from([2, id.length]), id]);
  const { tag, sealed, nonce } = cipherOf(key).seal(key.secret, {
    nonce: randomBytes(nonceBytes),
    aad: aadOf(header, context),
    bytes,
  });
  return Buffer.concat([header, nonce, tag, sealed]);
}

/** @throws SealBroken `not-authentic` */
export function openWith(key: Omit<SealingKey, 'id'>, envelope: Envelope, context: string): Buffer {
  const { header, nonce, tag, sealed } = envelope;
  const cipher = cipherOf(key);
  try {
    return cipher.open(key.secret, { nonce, tag, sealed, aad: aadOf(header, context) });
  } catch {
    throw new SealBroken('not-authentic');
  }
}

/** @throws SealBroken `envelope-malformed` */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const envelope = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const idLength = envelope[1] ?? 0;
  const start = 2 + idLength;
  const version = versionOf(envelope[0]);
  if (version === null || idLength === 0 || envelope.length < start + nonceBytes + tagBytes)
    throw new SealBroken('envelope-malformed');
  const tagAt = start + nonceBytes;
  return {
    version,
    keyId: envelope.toString('utf8', 2, start),
    header: envelope.subarray(0, start),
    nonce: envelope.subarray(start, tagAt),
    tag: envelope.subarray(tagAt, tagAt + tagBytes),
    sealed: envelope.subarray(tagAt + tagBytes),
  };
}

const versionOf = (byte: number | undefined): EnvelopeVersion | null => (byte === 1 || byte === 2 ? byte : null);

const aadOf = (header: Uint8Array, context: string): Buffer => Buffer.concat([header, Buffer.from(context, 'utf8')]);

function cipherOf({ algorithm }: Pick<SealingKey, 'algorithm'>) {
  if (algorithm === 'aes-256-gcm' || algorithm === 'sm4-gcm') return ciphers[algorithm];
  throw new SealBroken('key-unknown'); // the envelope names a key that indexes and never sealed
}
