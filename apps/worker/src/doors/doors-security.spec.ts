import { X509Certificate } from 'node:crypto';
import { request as overTls } from 'node:https';
import { request as plain } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type AdapterSession, channelConfigSchema, type DoorRequest, type Mailbox } from '#contracts';
import { spkiSha256 } from '#adapter-kit';
import { makeCertificate } from '../../../../test/faults/certificate.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import { type DoorsOptions, type DoorsServer, openDoors } from './doors-server.ts';
import { sourceAddress } from './source-address.ts';

const open: DoorsServer[] = [];
afterEach(async () => {
  for (const doors of open.splice(0)) await doors.close();
});

const path = '/doors/banks';
const now = new Date();
const root = { name: 'agencies', ...makeCertificate('agencies', now) };
const stranger = { name: 'strangers', ...makeCertificate('strangers', now) };
const ofA = makeCertificate('bank a', now, { issuer: root });
const ofB = makeCertificate('bank b', now, { issuer: root });
const ofNobody = makeCertificate('bank c', now, { issuer: root });
const forged = makeCertificate('bank a', now, { issuer: stranger });
const expired = makeCertificate('bank a', now, { issuer: root, endsAt: new Date(now.getTime() - 3_600_000) });
const pinOf = (pem: string) => spkiSha256(new X509Certificate(pem));
const bound = {
  clientCertificates: [
    { agencyId: 'bank.a', spkiSha256: pinOf(ofA.cert) },
    { agencyId: 'bank.b', subject: 'CN=bank b' },
  ],
};

/** The body of a call is the agency whose credentials it shows; `?` are credentials of nobody. */
const receive = async ({ body }: DoorRequest, mailbox: Mailbox, signal: AbortSignal) => {
  const agencyId = Buffer.from(body).toString();
  if (agencyId === '?') mailbox.loginRefused?.();
  else if (agencyId !== '') await mailbox.handOut(agencyId, 10, signal);
  return {
    status: 200,
    headers: { server: 'adapter', 'cache-control': 'public' },
    body: Buffer.from(`for ${agencyId}`),
  };
};

async function given(
  more: Partial<DoorsOptions> = {},
  channel: object = bound,
  own: AdapterSession['receive'] = receive,
) {
  const counted: string[] = [];
  const handedOut: string[] = [];
  const heard: DoorRequest[] = [];
  const config = channelConfigSchema.parse({
    ...{ channelId: 'banks', nameZh: '银行', nameEn: 'Banks', adapter: 'any', mode: 'mailbox' },
    ...channel,
  });
  const session: AdapterSession = {
    doorPaths: [path],
    receive: (request, ...rest) => {
      heard.push(request);
      return own!(request, ...rest);
    },
  };
  const parts = {
    channels: new Map([
      [config.channelId, { config, channel: { session, agencies: new Map() } } as unknown as HostedChannel],
    ]),
    metrics: { doorCalled: ({ result }: Record<string, string>) => void counted.push(result!), quarantined: () => {} },
    log: { error: () => {}, warn: () => {} },
    clock: { monotonicMs: () => 0, now: () => new Date() },
    store: { mailbox: { handOut: async ({ agencyId }: Record<string, string>) => (handedOut.push(agencyId!), []) } },
  } as unknown as WorkerParts;
  const doors = await openDoors(parts, {} as never, {
    ...{ host: '127.0.0.1', port: 0, maxBodyBytes: 1_000, deadlineMs: 5_000, simulatedHeader: 'x-simulated' },
    ...{ tls: null, trustedProxies: [], clientAuthorities: [], certificateHeader: null },
    ...more,
  });
  open.push(doors);
  return { doors, counted, handedOut, heard };
}

interface Call {
  readonly agency: string;
  readonly own?: { readonly cert: string; readonly key: string };
  readonly headers?: Record<string, string>;
}
interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}
/** Calls the door; a connection that is not made or cut is its code. */
function call({ doors }: { doors: DoorsServer }, { agency, own, headers = {} }: Call): Promise<Reply | string> {
  const options = { method: 'POST', path, host: '127.0.0.1', port: doors.port, headers, agent: false } as const;
  return new Promise((resolve) => {
    const sent = doors.url.startsWith('https')
      ? overTls({ ...options, ca: server.cert, ...own }, take)
      : plain(options, take);
    function take(incoming: import('node:http').IncomingMessage) {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
      incoming.on('end', () => resolve({ status: incoming.statusCode!, headers: incoming.headers, body }));
    }
    sent.on('error', () => resolve('cut'));
    sent.end(agency);
  });
}
const statusOf = async (place: { doors: DoorsServer }, asked: Call) => {
  const reply = await call(place, asked);
  return typeof reply === 'string' ? reply : reply.status;
};

const server = makeCertificate('doors', now);
const tls = { cert: server.cert, key: server.key, clientCa: root.cert };
const withTls = { tls, clientAuthorities: [new X509Certificate(root.cert)] };

describe('a client certificate at a door', () => {
  it('must be that of the agency whose credentials the call shows', async () => {
    const place = await given(withTls);
    expect(await statusOf(place, { agency: 'bank.a', own: ofA })).toBe(200);
    expect(await statusOf(place, { agency: 'bank.b', own: ofB })).toBe(200);
    expect(place.handedOut.splice(0)).toEqual(['bank.a', 'bank.b']);
    expect(await statusOf(place, { agency: 'bank.a', own: ofB })).toBe(403);
    expect(await statusOf(place, { agency: 'bank.b', own: ofA })).toBe(403);
    expect(await statusOf(place, { agency: 'bank.a', own: ofNobody })).toBe(403);
    expect(place.handedOut).toEqual([]);
    expect(place.counted.filter((each) => each === 'wrong-certificate')).toHaveLength(3);
  });

  it('is refused before anything is read when it is expired, forged or missing', async () => {
    const place = await given(withTls);
    for (const own of [expired, forged]) expect(await statusOf(place, { agency: 'bank.a', own })).toBe('cut');
    expect(await statusOf(place, { agency: 'bank.a' })).toBe('cut');
    expect(place.heard).toEqual([]);
  });

  it('leaves agencies without one to their credentials, but never behind the certificate of another', async () => {
    const place = await given(withTls);
    expect(await statusOf(place, { agency: 'bank.z', own: ofNobody })).toBe(200);
    expect(await statusOf(place, { agency: 'bank.z', own: ofA })).toBe(403);
    expect(await statusOf(await given({}, {}), { agency: 'bank.z' })).toBe(200);
    expect(await statusOf(await given(), { agency: 'bank.a' })).toBe(403); // a listener without TLS
  });

  it('is not swallowed by an adapter that catches everything', async () => {
    const place = await given(withTls, bound, async (request, mailbox, signal) => {
      const reply = { status: 200, headers: {}, body: Buffer.from('all is well') };
      return receive(request, mailbox, signal).catch(() => reply);
    });
    expect(await call(place, { agency: 'bank.a', own: ofB })).toMatchObject({ status: 403, body: '' });
  });
});

describe('a certificate in a header', () => {
  const behindProxy = {
    ...{ clientAuthorities: [new X509Certificate(root.cert)], certificateHeader: 'x-client-cert' },
    trustedProxies: ['127.0.0.1/32'],
  };
  const told = (own: { cert: string }) => ({ 'x-client-cert': encodeURIComponent(own.cert) });

  it('counts when a trusted proxy hands it on, and is checked again', async () => {
    const place = await given(behindProxy);
    expect(await statusOf(place, { agency: 'bank.a', headers: told(ofA) })).toBe(200);
    expect(place.heard[0]!.headers['x-client-cert']).toBeUndefined();
    expect(await statusOf(place, { agency: 'bank.a', headers: told(ofB) })).toBe(403);
    for (const own of [expired, forged, { cert: 'nonsense' }, { cert: '%E0%A4%A' }])
      expect(await statusOf(place, { agency: 'bank.a', headers: told(own) })).toBe(403);
    expect(await statusOf(place, { agency: 'bank.a' })).toBe(403);
    expect(place.handedOut).toEqual(['bank.a']);
  });

  it('means nothing from anybody else', async () => {
    const place = await given({ ...behindProxy, trustedProxies: ['10.0.0.0/8'] });
    expect(await statusOf(place, { agency: 'bank.a', headers: told(ofA) })).toBe(403);
    expect(place.handedOut).toEqual([]);
  });
});

describe('a source address', () => {
  const trusted = ['10.0.0.0/8'];
  it.each([
    ['of a stranger, who writes what he likes', '203.0.113.9', '10.0.0.1, 1.1.1.1', '203.0.113.9'],
    ['behind a proxy', '10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['behind two proxies', '10.0.0.1', '1.1.1.1, 10.0.0.2', '1.1.1.1'],
    ['that somebody wrote before a proxy', '10.0.0.1', '9.9.9.9, 1.1.1.1', '1.1.1.1'],
    ['without a header', '10.0.0.1', undefined, '10.0.0.1'],
    ['as IPv4 in IPv6', '::ffff:10.0.0.1', '1.1.1.1', '1.1.1.1'],
  ])('is that %s', (...[, peer, forwarded, source]) => {
    expect(sourceAddress({ peer, forwarded }, trusted)).toBe(source);
  });
});

describe('the doors have limits', () => {
  it('for calls that nobody stands behind, by address', async () => {
    const place = await given({ failuresPerMinute: 3, trustedProxies: ['127.0.0.1/32'] }, {});
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (const _ of [1, 2, 3]) expect(await statusOf(place, { agency: '?', headers: from('1.1.1.1') })).toBe(200);
    expect(await statusOf(place, { agency: '?', headers: from('1.1.1.1') })).toBe(429);
    expect(await statusOf(place, { agency: 'bank.a', headers: from('9.9.9.9, 1.1.1.1') })).toBe(429);
    expect(await statusOf(place, { agency: 'bank.a', headers: from('1.1.1.2') })).toBe(200);
    expect(place.heard).toHaveLength(4);
  });

  it('for calls of one agency', async () => {
    const place = await given({}, { limits: { maxCallsPerMinute: 2 } });
    const seen = [];
    for (const agency of ['bank.a', 'bank.a', 'bank.a', 'bank.b']) seen.push(await statusOf(place, { agency }));
    expect(seen).toEqual([200, 200, 429, 200]);
    expect(place.handedOut).toEqual(['bank.a', 'bank.a', 'bank.b']);
  });

  it('for headers, and for who sends them drop by drop', async () => {
    const place = await given({ limits: { headersMs: 300, requestMs: 600, maxHeaderBytes: 2_000 } }, {});
    expect(await call(place, { agency: '', headers: { 'x-long': 'a'.repeat(3_000) } })).toMatchObject({ status: 431 });
    expect(await rawly(place, ['GET / HTTP/1.1\r\n', 'host: x\r\n'])).toContain('HTTP/1.1 408');
    const slowBody = [`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n`, 'a', 'b'];
    expect(await rawly(place, slowBody)).toMatch(/^HTTP\/1.1 408|^$/);
    expect(await rawly(place, ['nonsense\r\n\r\n'])).toContain('HTTP/1.1 400');
    expect(place.counted).toEqual([]);
  });

  it('for connections', async () => {
    const place = await given({ limits: { maxConnections: 1 } }, {});
    const first = connect(place.doors.port, '127.0.0.1');
    await new Promise((ready) => first.once('connect', ready));
    await wait(20);
    expect(await statusOf(place, { agency: '' })).toBe('cut');
    first.destroy();
  });
});

describe('every answer of the doors', () => {
  const expected = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };

  it('carries the strict headers, whatever the adapter says, and names no software', async () => {
    const place = await given(withTls);
    for (const [agency, own] of [
      ['bank.a', ofA],
      ['bank.a', ofB],
      ['', ofA],
      ['x'.repeat(2_000), ofA],
    ] as const) {
      const reply = await call(place, { agency, own, headers: { origin: 'https://elsewhere.example' } });
      if (typeof reply === 'string') throw new Error(reply);
      expect(reply.headers).toMatchObject({
        ...expected,
        'strict-transport-security': expect.stringContaining('max-age'),
      });
      expect(Object.keys(reply.headers).filter((name) => /^(server|x-powered-by|access-control-)/.test(name))).toEqual(
        [],
      );
    }
  });

  it('carries them also where it is no HTTP', async () => {
    const place = await given({}, {});
    const text = (await rawly(place, ['nonsense\r\n\r\n'])).toLowerCase();
    for (const [name, value] of Object.entries(expected)) expect(text).toContain(`${name}: ${value}`.toLowerCase());
  });
});

/** What comes back to these pieces, sent slowly, until the other side closes. */
async function rawly({ doors }: { doors: DoorsServer }, pieces: readonly string[]): Promise<string> {
  let text = '';
  const socket = connect(doors.port, '127.0.0.1');
  socket.setEncoding('latin1').on('data', (more: string) => (text += more));
  const closed = new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve));
  for (const piece of pieces) {
    if (!socket.writable) break;
    socket.write(piece);
    await wait(50);
  }
  await closed;
  return text;
}
