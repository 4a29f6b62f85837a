import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and its self-signed certificate for 127.0.0.1, in PEM. Made anew for each run, so that no key is kept anywhere. */
export interface OwnCertificate {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;
const commonName = '0603550403';
const subjectAltName = '0603551d11';
const basicConstraints = '0603551d13';
const ecdsaWithSha256 = '06082a8648ce3d040302';

/** What a certificate says. Left out: it is self-signed, for 127.0.0.1, from yesterday to tomorrow. */
export interface CertificateOptions {
  readonly issuer?: OwnCertificate & { readonly name: string };
  readonly dnsName?: string; // beside 127.0.0.1
  readonly endsAt?: Date;
}

/** Node makes keys and signatures but no certificates (RFC 5280 §4.1); this is the least that a TLS peer takes. */
export function makeCertificate(name: string, now: Date, options: CertificateOptions = {}): OwnCertificate {
  const { issuer, dnsName, endsAt = new Date(now.getTime() + dayMs) } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(hex(ecdsaWithSha256));
  const names = [
    der(0x87, Buffer.from([127, 0, 0, 1])),
    ...(dnsName === undefined ? [] : [der(0x82, Buffer.from(dnsName))]),
  ];
  const isAuthority = issuer === undefined;
  const extensions = sequence(
    sequence(hex(subjectAltName), der(0x04, sequence(...names))),
    sequence(
      hex(basicConstraints),
      der(0x01, hex('ff')),
      der(0x04, isAuthority ? sequence(der(0x01, hex('ff'))) : sequence()),
    ),
  );
  const body = sequence(
    der(0xa0, der(0x02, hex('02'))), // version 3
    der(0x02, Buffer.concat([hex('01'), randomBytes(8)])),
    algorithm,
    holder(issuer?.name ?? name),
    sequence(utcTime(Math.min(now.getTime(), endsAt.getTime()) - dayMs), utcTime(endsAt.getTime())),
    holder(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signer = issuer ? createPrivateKey(issuer.key) : privateKey;
  const signature = der(0x03, hex('00'), sign('sha256', body, signer));
  const base64 = sequence(body, algorithm, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
  };
}

const holder = (name: string): Buffer => sequence(der(0x31, sequence(hex(commonName), der(0x0c, Buffer.from(name)))));

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const utcTime = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
