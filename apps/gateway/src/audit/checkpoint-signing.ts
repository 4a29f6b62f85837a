import {
  type CheckpointSigner,
  keepCheckpoint,
  type Log,
  openCheckpointSigner,
  publicKeyOf,
  type ResolvedSecret,
  type Settings,
} from '#platform';
import type { Store } from '#store';

export interface SigningParts {
  readonly settings: Pick<Settings, 'auditCheckpointRows' | 'auditCheckpointMinutes'>;
  readonly store: Pick<Store, 'ledger'>;
  readonly secret: (name: string) => Promise<ResolvedSecret>;
  readonly log: Log;
  readonly now: () => Date;
  /** Where checkpoints are kept outside of the database. */
  readonly folder: string;
}

export interface CheckpointSigning {
  /** True when one was due and this process signed it. */
  signIfDue(): Promise<boolean>;
  /** Keys whose checkpoints are ours; PEM. */
  publicKeys(): Promise<readonly string[]>;
}

const privateName = 'audit-checkpoint-private-key';
const publicName = 'audit-checkpoint-public-key';
const pemBlock = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g;

/** Keys are found when they are first needed; that there is none is said once. */
export function openCheckpointSigning(parts: SigningParts): CheckpointSigning {
  const { secret, log } = parts;
  let known: Promise<CheckpointSigner | null> | null = null;
  const find = async (): Promise<CheckpointSigner | null> => {
    const found = await secret(privateName);
    if (found.ok) return openCheckpointSigner(found.value);
    log.error('checkpoint.key-missing', { name: privateName });
    return null;
  };
  return {
    async signIfDue() {
      const signer = await (known ??= find());
      return signer !== null && signDue(parts, signer);
    },
    async publicKeys() {
      const own = await secret(publicName); // may hold those of earlier keys too
      if (own.ok) return own.value.match(pemBlock) ?? [];
      const half = await secret(privateName);
      return half.ok ? [publicKeyOf(half.value)] : [];
    },
  };
}

async function signDue(
  { settings, store, log, now, folder }: SigningParts,
  signer: CheckpointSigner,
): Promise<boolean> {
  const at = now();
  const made = await store.ledger.checkpoints.makeDue({
    everyRows: settings.auditCheckpointRows,
    everyMs: settings.auditCheckpointMinutes * 60_000,
    at,
    sign: async (place) => {
      const checkpoint = await signer.sign({ ...place, atMs: at.getTime() });
      await keepCheckpoint(folder, checkpoint); // outside first: what the database has then is never more
      return checkpoint;
    },
  });
  if (made) log.info('checkpoint.signed', { seq: made.seq, hash: made.hash, keyId: made.keyId });
  return made !== null;
}
