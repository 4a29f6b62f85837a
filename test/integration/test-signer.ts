import { generateKeyPairSync } from 'node:crypto';
import { openSigner, type Signer } from '#platform';

/** A new key of its own for every place. */
export function newSigner(kind: 'ed25519' | 'SM2' = 'ed25519'): Signer {
  const { privateKey } =
    kind === 'SM2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519');
  const signer = openSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  if (!signer) throw new Error('no signer');
  return signer;
}
