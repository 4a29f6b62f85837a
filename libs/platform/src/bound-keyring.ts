import { randomBytes } from 'node:crypto';
import type { DataKey, DataKeyPurpose, DataKeyRow, SealAlgorithm, Wrapped, WrappedDataKey } from '#contracts';
import { canonicalJson } from './canonical-json.ts';
import { indexAlgorithmOf, secretBytes } from './ciphers.ts';
import { systemClock } from './clock.ts';
import { contentHash, equalsConstantTime } from './crypto.ts';
import { commandPrefix } from './key-command.ts';
import { KeyFault } from './key-fault.ts';
import type { Keyring } from './keyring.ts';
import { openHeldKeys } from './held-keys.ts';
import { textHash } from './ledger/ledger-row.ts';
import { keyringService, type KeyService, versionOneSecret } from './wrapping.ts';

/** When the next data key takes over, and how soon processes know of it. */
export type Turnover = {
  readonly everyMs: number;
  readonly mostSeals: number;
  /** From its making to its first use, so that every process has read it before it meets it. */
  readonly activeAfterMs: number;
  readonly readEveryMs: number;
};

export type KeyOptions = {
  readonly algorithm?: SealAlgorithm; // of new data keys
  /** Wraps in place of the keyring, which then only unwraps what it wrapped before. */
  readonly service?: KeyService | null;
  /** The keyring as it is now, where it can be read again. */
  readonly reread?: () => Promise<Keyring>;
  readonly turnover?: Partial<Turnover>;
  readonly monotonicMs?: () => number;
};

const usualTurnover: Turnover = {
  everyMs: 86_400_000,
  mostSeals: 16_777_216,
  activeAfterMs: 60_000,
  readEveryMs: 10_000,
};

/**
 * Sealing, opening, indexing and hashing, as the store takes them: it knows no algorithm. Rows are sealed with data keys,
 * which the store keeps wrapped and hands in with `take`; before that nothing can be sealed
 * (docs/decisions/0023-rows-are-sealed-with-data-keys.md).
 * @param keyring null: a key service alone wraps
 */
export function bindKeyring(keyring: Keyring | null, options: KeyOptions = {}) {
  const { algorithm = 'aes-256-gcm', monotonicMs = () => systemClock.monotonicMs() } = options;
  let ring = keyring;
  const reread = async (): Promise<void> => {
    if (options.reread) ring = await options.reread();
  };
  const held = openHeldKeys({ ring: () => ring, monotonicMs });
  const service = serviceOf({ ...options, algorithm, ring: () => ring, reread });
  return {
    ...held,
    contentHash,
    canonicalText: canonicalJson,
    textHash,
    turnover: { ...usualTurnover, ...options.turnover },
    /** Takes in what the table says: unwraps what is new, and forgets nothing. `at`: the database's clock. */
    take: (rows: readonly DataKeyRow[], at: Date, signal: AbortSignal): Promise<void> =>
      held.take(rows, { at, unwrap: (row) => service.unwrap(row, row, signal) }),
    ...keyMaking(service, { algorithm, ring: () => ring }),
    isFirstWrapping: (wrappingKeyId: string): boolean => service.isFirst(wrappingKeyId),
    rereadWrappingKeys: reread,
  };
}

type Making = { readonly algorithm: SealAlgorithm; readonly ring: () => Keyring | null };

/** Makes wrapped keys. */
function keyMaking(service: KeyService, { algorithm, ring }: Making) {
  const wrapped = async (key: DataKey, secret: Uint8Array, signal: AbortSignal): Promise<WrappedDataKey> => {
    const made = await service.wrap(secret, key, signal);
    const back = await service.unwrap(made, key, signal); // a key that cannot be had back is never used
    const isSame = equalsConstantTime(Buffer.from(back).toString('hex'), Buffer.from(secret).toString('hex'));
    if (!isSame) throw new KeyFault('wrapped-key-broken', key.dataKeyId);
    return { ...key, ...made };
  };
  return {
    /** A new data key with a random secret, wrapped. */
    make(purpose: DataKeyPurpose, signal: AbortSignal): Promise<WrappedDataKey> {
      const kind = purpose === 'seal' ? algorithm : indexAlgorithmOf[algorithm];
      const key = { dataKeyId: `dk-${randomBytes(8).toString('hex')}`, purpose, algorithm: kind };
      return wrapped(key, randomBytes(secretBytes[kind]), signal);
    },
    /** The keys that version 1 took from the keyring, as data keys: those of the keyring's first key first. */
    earlier: (purpose: DataKeyPurpose, signal: AbortSignal): Promise<readonly WrappedDataKey[]> =>
      Promise.all(
        (ring()?.keys ?? []).map((each) =>
          wrapped(earlierKey(each.id, purpose), versionOneSecret(each, purpose), signal),
        ),
      ),
    /** The same key under the first wrapping key; null: it is already. */
    async rewrap(row: WrappedDataKey, signal: AbortSignal): Promise<Wrapped | null> {
      if (!service.mayChangeUnseen && service.isFirst(row.wrappingKeyId)) return null;
      const { dataKeyId, purpose, algorithm: kind } = row;
      const secret = await service.unwrap(row, row, signal);
      const { wrappingKeyId, wrapped: bytes } = await wrapped({ dataKeyId, purpose, algorithm: kind }, secret, signal);
      return { wrappingKeyId, wrapped: bytes };
    },
  };
}

const earlierKey = (ringKeyId: string, purpose: DataKeyPurpose): DataKey =>
  purpose === 'seal'
    ? { dataKeyId: `v1.${ringKeyId}`, purpose, algorithm: 'aes-256-gcm' }
    : { dataKeyId: `v1.${ringKeyId}.index`, purpose, algorithm: 'hmac-sha256' };

/** What gateway, worker and store are given. */
export type BoundKeyring = ReturnType<typeof bindKeyring>;

type Source = Pick<KeyOptions, 'service'> & {
  readonly algorithm: SealAlgorithm;
  readonly ring: () => Keyring | null;
  readonly reread: () => Promise<void>;
};

/** The command wraps where there is one; who wrapped a key unwraps it. */
function serviceOf({ service: outer = null, algorithm, ring, reread }: Source): KeyService {
  const current = (): Keyring => {
    const now = ring();
    if (!now) throw new KeyFault('wrapping-key-unknown');
    return now;
  };
  const inner = keyringService({ current, reread }, algorithm);
  const ownerOf = (wrappingKeyId: string): KeyService => {
    if (!wrappingKeyId.startsWith(commandPrefix)) return inner;
    if (outer) return outer;
    throw new KeyFault('wrapping-key-unknown', wrappingKeyId);
  };
  return {
    wrap: (secret, about, signal) => (outer ?? inner).wrap(secret, about, signal),
    unwrap: (wrapped, about, signal) => ownerOf(wrapped.wrappingKeyId).unwrap(wrapped, about, signal),
    isFirst: (wrappingKeyId) => (outer ?? inner).isFirst(wrappingKeyId),
    mayChangeUnseen: (outer ?? inner).mayChangeUnseen,
  };
}
