import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { agencyOf } from '#conformance';
import { channelConfigSchema } from '#contracts';
import { makeCertificate } from '../../../test/faults/certificate.ts';
import { connectionFailure } from './connection-failure.ts';
import { axiosOver, openHttp } from './http-port.ts';
import { credentialExpiries, spkiSha256, tlsTrust } from './tls-trust.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

const now = new Date();
const day = 86_400_000;
const root = { name: 'sample root', ...makeCertificate('sample root', now) };
const other = { name: 'other root', ...makeCertificate('other root', now) };
const server = makeCertificate('agency', now, { issuer: root, dnsName: 'agency.example' });
const ours = makeCertificate('court', now, { issuer: root });
const secrets: Record<string, string> = {
  root: root.cert,
  other: other.cert,
  ...{ cert: ours.cert, key: ours.key },
  ...Object.fromEntries(
    [
      [
        'expired',
        makeCertificate('court', now, { issuer: root, endsAt: new Date(now.getTime() - 3_600_000) }),
      ] as const,
      ['stranger', makeCertificate('court', now, { issuer: other })] as const,
    ].flatMap(([name, made]) => [
      [`${name}-cert`, made.cert],
      [`${name}-key`, made.key],
    ]),
  ),
};
const pinOf = (pem: string) => spkiSha256(new X509Certificate(pem));
const agency = agencyOf({ agencyId: 'bank.any', code: '1', category: 'bank' });
const never = new AbortController().signal;
const ref = (secret: string) => ({ secret });

/** Asks an HTTPS server once, and says what came of it and how often the server heard a request. */
async function asked(
  tls: object,
  shown: { cert: string; key: string } = server,
  how: 'plain' | 'with-ours' | 'axios' = 'plain',
) {
  let heard = 0;
  const endpoint = createServer(
    { ...shown, ...(how === 'with-ours' && { requestCert: true, rejectUnauthorized: true, ca: root.cert }) },
    (_, reply) => {
      heard += 1;
      reply.end('{"ok":1}');
    },
  ).listen(0, '127.0.0.1');
  await new Promise((ready) => endpoint.once('listening', ready));
  toClose.push(() => endpoint.close());
  const config = channelConfigSchema.parse({
    ...{ channelId: 'any', nameZh: '通道', nameEn: 'Channel', adapter: 'any', mode: 'call', tls },
    baseUrl: `https://127.0.0.1:${(endpoint.address() as AddressInfo).port}`,
  });
  const http = openHttp({
    ...{ baseUrl: config.baseUrl!, maxReplyBytes: 1_000, connections: 1, simulatedHeader: 'x' },
    allowedNetworks: ['127.0.0.0/8'],
    tls: tlsTrust(config.tls!, (name) => secrets[name]!),
  });
  toClose.push(() => http.close());
  const port = http.portFor(agency, { message: () => {}, simulated: () => {} });
  const sending =
    how === 'axios' ? axiosOver(port).post('/', 'x', { signal: never }) : port.send('/', { signal: never, body: 'x' });
  const said = await sending.then(
    ({ status }) => status,
    (failure: Record<string, unknown>) => [failure['reason'], failure['reasonCode']],
  );
  return { said, heard };
}

const distrusted = { said: ['unavailable', 'certificate'], heard: 0 };

describe('TLS to an agency', () => {
  it('trusts the authority of the channel, and no other', async () => {
    expect(await asked({ ca: ref('root') })).toEqual({ said: 200, heard: 1 });
    expect(await asked({ ca: ref('root') }, server, 'axios')).toEqual({ said: 200, heard: 1 });
    expect(await asked({ ca: ref('other') })).toEqual(distrusted);
    expect(await asked({})).toEqual(distrusted);
  });

  it('refuses a certificate that has expired or is for somebody else', async () => {
    const expired = makeCertificate('agency', now, { issuer: root, endsAt: new Date(now.getTime() - day) });
    expect(await asked({ ca: ref('root') }, expired)).toEqual(distrusted);
    expect(await asked({ ca: ref('root'), serverName: 'agency.example' })).toEqual({ said: 200, heard: 1 });
    expect(await asked({ ca: ref('root'), serverName: 'bank.example' })).toEqual(distrusted);
  });

  it('asks for the pinned key as well, where one is pinned', async () => {
    expect(await asked({ ca: ref('root'), pins: [pinOf(server.cert)] })).toEqual({ said: 200, heard: 1 });
    expect(await asked({ ca: ref('root'), pins: [pinOf(ours.cert)] })).toEqual(distrusted);
    const twin = makeCertificate('agency', now, { issuer: root }); // the same authority gave the same name to another key
    expect(await asked({ ca: ref('root'), pins: [pinOf(server.cert)] }, twin)).toEqual(distrusted);
    expect(await asked({ ca: ref('other'), pins: [pinOf(server.cert)] })).toEqual(distrusted);
  });

  it('shows our certificate, and is no answer where that is missing or wrong', async () => {
    const shown = { ca: ref('root'), cert: ref('cert'), key: ref('key') };
    expect(await asked(shown, server, 'with-ours')).toEqual({ said: 200, heard: 1 });
    const refused = { said: ['unavailable', 'connection'], heard: 0 }; // Node closes and says nothing; others say why, see below
    expect(await asked({ ca: ref('root') }, server, 'with-ours')).toEqual(refused);
    for (const name of ['expired', 'stranger']) {
      const wrong = { ca: ref('root'), cert: ref(`${name}-cert`), key: ref(`${name}-key`) };
      expect([name, await asked(wrong, server, 'with-ours')]).toEqual([name, refused]);
    }
  });

  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'unauthorized', 'client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unauthorized', 'client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'unauthorized', 'client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'unauthorized', 'client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'unavailable', 'connection'],
    ['ECONNRESET', 'unavailable', 'connection'],
    ['CERT_HAS_EXPIRED', 'unavailable', 'certificate'],
  ])('takes %s for %s', (code, reason, reasonCode) => {
    expect(connectionFailure(Object.assign(new Error('canary'), { code }))).toMatchObject({
      reason,
      reasonCode,
      cause: code,
    });
  });

  it('cannot be told to trust blindly', () => {
    for (const tls of [
      { rejectUnauthorized: false },
      { minVersion: 'TLSv1.1' },
      { cert: ref('cert') },
      { pins: ['x'] },
      { ca: 'text' },
    ])
      expect(
        channelConfigSchema.safeParse({
          ...{ channelId: 'any', nameZh: '通道', nameEn: 'Channel', adapter: 'any', mode: 'call', tls },
        }).success,
      ).toBe(false);
  });

  it('knows when its certificates end', () => {
    const endsAt = new Date(Math.floor(now.getTime() / 1000) * 1000 + 40 * day);
    const long = makeCertificate('court', now, { issuer: root, endsAt });
    const { tls } = channelConfigSchema.parse({
      ...{ channelId: 'any', nameZh: '通道', nameEn: 'Channel', adapter: 'any', mode: 'call' },
      tls: { ca: ref('root'), cert: ref('cert'), key: ref('key') },
    });
    const texts: Record<string, string> = { root: root.cert + other.cert, cert: long.cert };
    const ends = credentialExpiries(tls!, (name) => texts[name]!);
    expect(ends.map(({ credential }) => credential)).toEqual(['ca', 'cert']);
    expect(ends[1]!.endsAt).toEqual(endsAt);
  });
});
