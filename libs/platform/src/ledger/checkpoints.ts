import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { hashSchema } from '#contracts';
import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { sha256Hex } from '../crypto.ts';

/**
 * A place of the ledger that was signed (检查点): whoever holds it can tell later whether the chain up to there is still
 * the one it was, even if every row and every hash were written anew.
 */
export const checkpointSchema = z.strictObject({
  kind: z.literal('chakong-audit-checkpoint'),
  seq: z.int().positive(),
  hash: hashSchema,
  atMs: z.int().nonnegative(),
  keyId: z.string().min(1).max(100),
});
export type Checkpoint = z.output<typeof checkpointSchema>;

/** As it is stored and handed on: the signed text beside what it says. */
export type SignedCheckpoint = Checkpoint & { readonly jws: string };

export interface CheckpointSigner {
  readonly keyId: string;
  sign(place: Pick<Checkpoint, 'seq' | 'hash' | 'atMs'>): Promise<SignedCheckpoint>;
}

/** The id of a key is the beginning of its own hash, so that nobody has to agree on names. */
const keyIdOf = (publicKey: KeyObject): string =>
  `ed25519-${sha256Hex(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 16)}`;

/**
 * @param pem an Ed25519 private key (PKCS #8)
 * @throws when it is no such key
 */
export function openCheckpointSigner(pem: string): CheckpointSigner {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('Checkpoints are signed with an Ed25519 key.');
  const keyId = keyIdOf(createPublicKey(key));
  return {
    keyId,
    async sign(place) {
      const checkpoint: Checkpoint = { kind: 'chakong-audit-checkpoint', ...place, keyId };
      const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(checkpoint)))
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: 'chakong-audit-checkpoint' })
        .sign(key);
      return { ...checkpoint, jws };
    },
  };
}

/** The public half, as it is handed to auditors (PEM). */
export const publicKeyOf = (privatePem: string): string =>
  createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString().trim();

export interface ReadCheckpoints {
  readonly checkpoints: readonly SignedCheckpoint[];
  /** How many are not signed by a key that is trusted, or are no checkpoints at all. */
  readonly forged: number;
}

/** Keeps what is signed by one of the keys; two that disagree about one place are both kept, and one of them will not fit. */
export async function readCheckpoints(
  texts: Iterable<string>,
  publicPems: readonly string[],
): Promise<ReadCheckpoints> {
  const keys = publicPems.map((pem) => createPublicKey(pem));
  const checkpoints: SignedCheckpoint[] = [];
  let forged = 0;
  for (const jws of new Set(texts)) {
    const checkpoint = await verified(jws, keys);
    if (checkpoint === null) forged += 1;
    else checkpoints.push({ ...checkpoint, jws });
  }
  return { checkpoints: checkpoints.toSorted((one, other) => one.seq - other.seq), forged };
}

async function verified(jws: string, keys: readonly KeyObject[]): Promise<Checkpoint | null> {
  const found = await Promise.all(keys.map((key) => verifiedBy(jws, key)));
  return found.find((each) => each !== 'does-not-fit') ?? null;
}

async function verifiedBy(jws: string, key: KeyObject): Promise<Checkpoint | 'does-not-fit'> {
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA', 'Ed25519'] });
    return checkpointSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return 'does-not-fit';
  }
}
