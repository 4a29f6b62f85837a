import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { spkiSha256 } from '#adapter-kit';
import type { ClientCertificate } from '#contracts';

/** By what a client certificate is known. */
export interface ShownCertificate {
  readonly spkiSha256: string;
  readonly subject: string; // `CN=…,O=…`
}

/** What a call shows of itself before its wire is read: no certificate, a good one, or one that is not. */
export type Shown = ShownCertificate | 'none' | 'invalid';

type Bindings = readonly ClientCertificate[];

/** Whose certificate it is; null: nobody's of this channel. */
export function agencyOfCertificate(bindings: Bindings, shown: Shown): string | null {
  if (typeof shown === 'string') return null;
  const own = bindings.find(
    (each) => each.spkiSha256 === shown.spkiSha256 || (each.subject !== null && each.subject === shown.subject),
  );
  return own?.agencyId ?? null;
}

/**
 * Whether a caller with this certificate may be the agency that its credentials name. Both must name the same one; an
 * agency without a certificate is known by its credentials alone, but never behind the certificate of another.
 */
export function mayActAs(bindings: Bindings, shown: Shown, agencyId: string): boolean {
  const known = agencyOfCertificate(bindings, shown);
  const isBound = bindings.some((each) => each.agencyId === agencyId);
  return isBound ? known === agencyId : known === null;
}

export interface CertificateSources {
  /** Authorities of client certificates; the listener has checked what came by TLS, a header is checked here. */
  readonly authorities: readonly X509Certificate[];
  readonly header: string | null; // lower case: PEM, percent-encoded, set by a proxy that ends TLS
  readonly now: () => Date;
}

/** @param isProxy whether the connection comes from a trusted proxy; from anybody else the header means nothing */
export function shownCertificate(
  incoming: IncomingMessage,
  { authorities, header, now }: CertificateSources,
  isProxy: boolean,
): Shown {
  const { socket } = incoming;
  const own = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (own) return isGood(own, authorities, now()) ? known(own) : 'invalid';
  const told = header !== null && isProxy ? incoming.headers[header] : undefined;
  if (told === undefined || told === '') return 'none';
  const certificate = typeof told === 'string' ? readCertificate(told) : 'invalid';
  return certificate !== 'invalid' && isGood(certificate, authorities, now()) ? known(certificate) : 'invalid';
}

function readCertificate(told: string): X509Certificate | 'invalid' {
  try {
    return new X509Certificate(decodeURIComponent(told));
  } catch {
    return 'invalid';
  }
}

/** Also of one that TLS took: a session that is resumed outlives its certificate. */
function isGood(certificate: X509Certificate, authorities: readonly X509Certificate[], now: Date): boolean {
  const at = now.getTime();
  if (at < Date.parse(certificate.validFrom) || at > Date.parse(certificate.validTo)) return false;
  return authorities.some((each) => certificate.checkIssued(each) && certificate.verify(each.publicKey));
}

const known = (certificate: X509Certificate): ShownCertificate => ({
  spkiSha256: spkiSha256(certificate),
  subject: certificate.subject.split('\n').join(','),
});
