import { hkdfSync, randomBytes } from 'node:crypto';
import type { DataKey, SealAlgorithm, Wrapped } from '#contracts';
import { ciphers, nonceBytes, tagBytes } from './ciphers.ts';
import { KeyFault } from './key-fault.ts';
import type { Keyring, RingKey } from './keyring.ts';

/**
 * Wraps and unwraps the secrets of data keys: the keyring in memory, or a command in front of a KMS or HSM.
 * Errors: KeyFault. Both wait no longer than their own time limit, and end with the signal.
 */
export type KeyService = {
  wrap(secret: Uint8Array, about: DataKey, signal: AbortSignal): Promise<Wrapped>;
  unwrap(wrapped: Wrapped, about: DataKey, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether new keys are put under this id. */
  isFirst(wrappingKeyId: string): boolean;
  /** Rotation wraps also what is under the first: the service may have changed its key behind the same id. */
  readonly mayChangeUnseen: boolean;
};

export type KeyringHolder = {
  readonly current: () => Keyring;
  /** Reads the keyring again, when it comes from a file: somebody may have put a new key first. */
  readonly reread: () => Promise<void>;
};

/** Wraps with the keyring's first key; unwraps with all of them. */
export function keyringService({ current, reread }: KeyringHolder, algorithm: SealAlgorithm): KeyService {
  const find = (id: string) => current().keys.find((each) => each.id === id);
  return {
    async wrap(secret, about) {
      await reread();
      const [first] = current().keys;
      return { wrappingKeyId: first.id, wrapped: wrapWith(first, secret, { about, algorithm }) };
    },
    async unwrap({ wrappingKeyId, wrapped }, about) {
      if (!find(wrappingKeyId)) await reread();
      const key = find(wrappingKeyId);
      if (!key) throw new KeyFault('wrapping-key-unknown', wrappingKeyId);
      return unwrapWith(key, wrapped, about);
    },
    isFirst: (wrappingKeyId) => wrappingKeyId === current().keys[0].id,
    mayChangeUnseen: false,
  };
}

const algorithmBytes = { 'aes-256-gcm': 1, 'sm4-gcm': 2 } as const;
const byByte: ReadonlyMap<number, SealAlgorithm> = new Map([
  [algorithmBytes['aes-256-gcm'], 'aes-256-gcm'],
  [algorithmBytes['sm4-gcm'], 'sm4-gcm'],
]);

type About = { readonly about: DataKey; readonly algorithm: SealAlgorithm };

/** The cipher (1 byte), nonce (12), tag (16), the encrypted secret. */
function wrapWith(key: RingKey, secret: Uint8Array, { about, algorithm }: About): Buffer {
  const { nonce, tag, sealed } = ciphers[algorithm].seal(derive(key, `wrap/${algorithm}`, algorithm), {
    nonce: randomBytes(nonceBytes),
    aad: placeOf(key, about),
    bytes: secret,
  });
  return Buffer.concat([Buffer.from([algorithmBytes[algorithm]]), nonce, tag, sealed]);
}

function unwrapWith(key: RingKey, bytes: Uint8Array, about: DataKey): Buffer {
  const algorithm = byByte.get(bytes[0] ?? 0);
  const tagAt = 1 + nonceBytes;
  if (!algorithm || bytes.length < tagAt + tagBytes) throw new KeyFault('wrapped-key-broken', about.dataKeyId);
  try {
    return ciphers[algorithm].open(derive(key, `wrap/${algorithm}`, algorithm), {
      nonce: bytes.subarray(1, tagAt),
      tag: bytes.subarray(tagAt, tagAt + tagBytes),
      sealed: bytes.subarray(tagAt + tagBytes),
      aad: placeOf(key, about),
    });
  } catch {
    throw new KeyFault('wrapped-key-broken', about.dataKeyId);
  }
}

/** A wrapped key opens in its own row only. */
const placeOf = (key: RingKey, { dataKeyId, purpose, algorithm }: DataKey): Buffer =>
  Buffer.from(JSON.stringify(['data_keys', key.id, dataKeyId, purpose, algorithm]), 'utf8');

const derive = (key: RingKey, purpose: string, algorithm: SealAlgorithm): Buffer =>
  Buffer.from(hkdfSync('sha256', key.secret, '', `chakong/${purpose}`, ciphers[algorithm].keyBytes));

/** The keys that version 1 took from a key of the keyring: one that sealed, one that indexed (HKDF-SHA256, 32 bytes). */
export const versionOneSecret = (key: RingKey, purpose: DataKey['purpose']): Buffer =>
  derive(key, purpose, 'aes-256-gcm');
