import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';

/** The DER of an Ed25519 private key in PKCS #8 up to its 32 bytes (RFC 8410 §7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The host key of a simulated box, the same at every start, so that a configuration can pin it. It is no secret: it
 * protects simulated answers of invented banks, and production refuses simulated channels.
 */
export function hostKeyOf(channelId: string): string {
  const seed = createHash('sha256').update(`chakong simulated box ${channelId}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  const publicBytes = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return openSshKey(seed, publicBytes);
}

const counted = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const text = (value: string): Buffer => counted(Buffer.from(value));

/** The file format of OpenSSH (PROTOCOL.key): ssh2 reads no other for this kind of key. */
function openSshKey(seed: Buffer, publicBytes: Buffer): string {
  const publicPart = Buffer.concat([text('ssh-ed25519'), counted(publicBytes)]);
  const check = Buffer.alloc(8); // twice the same number, any number
  const bare = Buffer.concat([check, publicPart, counted(Buffer.concat([seed, publicBytes])), text('')]);
  const padding = Buffer.from(Array.from({ length: (8 - (bare.length % 8)) % 8 }, (_, place) => place + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const magic = Buffer.from('openssh-key-v1\0', 'latin1');
  const privatePart = counted(Buffer.concat([bare, padding]));
  const body = Buffer.concat([magic, text('none'), text('none'), text(''), one, counted(publicPart), privatePart]);
  const lines = body.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
