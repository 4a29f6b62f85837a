import { canonicalJson } from './canonical-json.ts';
import { blindIndex, contentHash, open, seal } from './crypto.ts';
import type { Keyring } from './keyring.ts';
import { textHash } from './ledger/ledger-row.ts';

/** Sealing, opening, indexing and hashing under one keyring, as the store takes them: it knows no keys. */
export function bindKeyring(keyring: Keyring) {
  return {
    seal: (bytes: Uint8Array, context: string) => seal(keyring, bytes, context),
    open: (bytes: Uint8Array, context: string) => open(keyring, bytes, context),
    blindIndex: (kind: string, value: string) => blindIndex(keyring, kind, value),
    contentHash,
    canonicalText: canonicalJson,
    textHash,
  };
}
