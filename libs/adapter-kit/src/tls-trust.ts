import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import type { ChannelTls } from '#contracts';

/** TLS of one channel with its secrets found (PEM). */
export type TlsTrust = Pick<
  ConnectionOptions,
  'ca' | 'cert' | 'key' | 'servername' | 'minVersion' | 'checkServerIdentity'
>;

/** One certificate that a channel depends on, and when it ends. */
export interface CredentialExpiry {
  readonly credential: 'ca' | 'cert';
  readonly endsAt: Date;
}

/** Finds the secrets of `tls` and makes the options of a connection of them. Verification itself is always on. */
export function tlsTrust(tls: ChannelTls, secret: (name: string) => string): TlsTrust {
  const { ca, cert, key, serverName, minVersion, pins } = tls;
  return {
    minVersion,
    ...(ca && { ca: secret(ca.secret) }),
    ...(cert && { cert: secret(cert.secret) }),
    ...(key && { key: secret(key.secret) }),
    ...(serverName !== null && { servername: serverName }),
    ...(pins.length > 0 && { checkServerIdentity: pinned(new Set(pins)) }),
  };
}

/** When the certificates of a channel end; of several in one text the first to end. */
export function credentialExpiries({ ca, cert }: ChannelTls, secret: (name: string) => string): CredentialExpiry[] {
  const named = { ca, cert };
  return (['ca', 'cert'] as const).flatMap((credential) => {
    const reference = named[credential];
    if (reference === null) return [];
    const ends = certificatesIn(secret(reference.secret)).map(({ validTo }) => Date.parse(validTo));
    return ends.length === 0 ? [] : [{ credential, endsAt: new Date(Math.min(...ends)) }];
  });
}

const certificateText = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws Error where one of them cannot be read */
export const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(certificateText) ?? []).map((text) => new X509Certificate(text));

/** SHA-256 of the public key of a certificate, in base64. */
export function spkiSha256({ publicKey }: Pick<X509Certificate, 'publicKey'>): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

/** Beside the name, the key: a certificate of a trusted authority for the right name is not enough. */
function pinned(pins: ReadonlySet<string>): typeof checkServerIdentity {
  return (hostname: string, certificate: PeerCertificate) => {
    const wrongName = checkServerIdentity(hostname, certificate);
    if (wrongName) return wrongName;
    if (pins.has(spkiSha256(new X509Certificate(certificate.raw)))) return undefined;
    return Object.assign(new Error('the public key is none of those that are pinned'), { code: notPinned });
  };
}

const notPinned = 'CERT_NOT_PINNED';
