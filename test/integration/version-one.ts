import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface OldKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

const derived = ({ secret }: OldKey, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `chakong/${purpose}`, 32));

/** An envelope as the product wrote it before there were data keys. */
export function sealVersionOne(key: OldKey, bytes: Uint8Array, context: string): Buffer {
  const header = Buffer.concat([Buffer.from([1, key.id.length]), Buffer.from(key.id)]);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derived(key, 'seal'), nonce);
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/** A blind index as it was then. */
export const indexVersionOne = (key: OldKey, kind: string, value: string): string =>
  createHmac('sha256', derived(key, 'blind-index'))
    .update(JSON.stringify([kind, value]))
    .digest('hex');
