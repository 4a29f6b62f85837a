import { NoAnswer } from '#contracts';
import { addressDenied, deniedAnswer } from './network-guard.ts';

/** Their certificate: another name, another authority, expired, not yet valid, revoked, another key than pinned. */
const theirCertificate =
  /^(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF))/;
/** Alerts with which the other side says that ours is missing or wrong (RFC 8446 §6.2). */
const ourCertificate =
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(?:NO_CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/;

/**
 * Whatever breaks a connection is the other side's or the network's; only a call we cannot even make is our defect. A
 * server that we do not trust hears nothing, and one that does not trust us has refused our access.
 */
export function connectionFailure(error: Error): Error {
  if (error instanceof NoAnswer) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (code === 'UND_ERR_INVALID_ARG') return new TypeError('a request that cannot be sent');
  if (code === addressDenied) return deniedAnswer();
  if (ourCertificate.test(code)) {
    const details = { cause: code, reasonCode: 'client-certificate' };
    return new NoAnswer('unauthorized', 'the endpoint did not accept our certificate', details);
  }
  const reasonCode = theirCertificate.test(code) ? 'certificate' : 'connection';
  return new NoAnswer('unavailable', 'the endpoint could not be reached', { cause: code, reasonCode });
}
