import { afterEach, describe, expect, it } from '@jest/globals';
import { channelConfigSchema, type AdapterSession, type DoorRequest } from '#contracts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';
import { type DoorsOptions, type DoorsServer, openDoors } from './doors-server.ts';

const open: DoorsServer[] = [];
afterEach(async () => {
  for (const doors of open.splice(0)) await doors.close();
});

const path = '/doors/bank-national';

async function doorsOf(
  receive: NonNullable<AdapterSession['receive']>,
  more: Partial<DoorsOptions> = {},
  channel: object = {},
) {
  const counted: string[] = [];
  const logged: string[] = [];
  const kept: string[] = [];
  const config = channelConfigSchema.parse({
    ...{ channelId: 'bank-national', nameZh: '银行', nameEn: 'Banks', adapter: 'any-bank', mode: 'mailbox' },
    ...channel,
  });
  const session: AdapterSession = { doorPaths: [path], receive };
  const hosted = { config, channel: { session, agencies: new Map() } } as unknown as HostedChannel;
  const parts = {
    channels: new Map([[config.channelId, hosted]]),
    quarantined: { tell: () => {}, tellOf: () => {} },
    metrics: {
      doorCalled: ({ channelId, result }: Record<string, string>) => counted.push(`${channelId} ${result}`),
      quarantined: () => {},
    },
    log: { error: (event: string) => logged.push(event), warn: (event: string) => logged.push(event) },
    clock: { monotonicMs: () => 0, now: () => new Date() },
    store: { mailbox: { quarantine: async ({ agencyId }: Record<string, string>) => void kept.push(agencyId ?? '') } },
  } as unknown as WorkerParts;
  const cards = { of: () => Promise.reject(new Error('not asked for')) } as never;
  const options = {
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 1_000,
    deadlineMs: 5_000,
    simulatedHeader: 'x-simulated',
    ...{ tls: null, trustedProxies: [], clientAuthorities: [], certificateHeader: null },
    ...more,
  };
  const doors = await openDoors(parts, cards, options);
  open.push(doors);
  return { doors, counted, logged, kept };
}
const post = (doors: DoorsServer, at: string, body: Uint8Array | string) =>
  fetch(`${doors.url}${at}`, { method: 'POST', body: typeof body === 'string' ? body : Buffer.from(body) });
const nobody = () => Promise.reject(new Error('nobody should be asked'));

describe('the doors', () => {
  it('give the raw request to the adapter and its reply back, unchanged', async () => {
    const heard: DoorRequest[] = [];
    const reply = Uint8Array.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0xc4, 0xe3]);
    const { doors, counted } = await doorsOf((request) => {
      heard.push(request);
      return Promise.resolve({ status: 500, headers: { 'content-type': 'text/xml; charset=GBK' }, body: reply });
    });
    const sent = Uint8Array.from([0xb0, 0xa1, 0x00, 0xfe]);
    const response = await post(doors, `${path}?wsdl`, sent);
    expect(heard.map((each) => [each.method, each.path, [...each.body]])).toEqual([['POST', path, [...sent]]]);
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/xml; charset=GBK']);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(reply);
    expect(counted).toEqual(['bank-national 500']);
  });

  it('know no other path', async () => {
    const { doors, counted } = await doorsOf(nobody);
    for (const other of ['/', '/doors', `${path}/`, '/doors/bank-nationa', '/__proto__']) {
      const response = await post(doors, other, 'x');
      expect([other, response.status, await response.text()]).toEqual([other, 404, '']);
    }
    expect(new Set(counted)).toEqual(new Set(['none no-such-door']));
  });

  it('refuse a body over the limit without giving it to the adapter', async () => {
    const { doors, counted } = await doorsOf(nobody);
    expect((await post(doors, path, 'x'.repeat(1_001))).status).toBe(413);
    expect(counted).toEqual(['bank-national too-large']);
  });

  it('take a body of exactly the limit', async () => {
    const { doors } = await doorsOf(({ body }) =>
      Promise.resolve({ status: 200, headers: {}, body: Buffer.from(String(body.length)) }),
    );
    expect(await (await post(doors, path, 'x'.repeat(1_000))).text()).toBe('1000');
  });

  it('ask to come again when we fail, and say nothing about why', async () => {
    const { doors, logged } = await doorsOf(() => Promise.reject(new Error('database is away')));
    const response = await post(doors, path, 'x');
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '5', '']);
    expect(logged).toEqual(['door.failed']);
  });

  it('keep a bounded part of what strangers send, and everything of an agency', async () => {
    const { doors, counted, logged, kept } = await doorsOf(async ({ body }, mailbox, signal) => {
      await mailbox.quarantine(Buffer.from(body).toString() === 'agency' ? 'bank.n1' : null, ['/a'], signal);
      return { status: 500, headers: {}, body: new Uint8Array() };
    });
    for (let sent = 0; sent < 15; sent += 1) expect((await post(doors, path, 'stranger')).status).toBe(500);
    for (let sent = 0; sent < 15; sent += 1) await post(doors, path, 'agency');
    expect(kept.filter((agencyId) => agencyId === '')).toHaveLength(10);
    expect(kept.filter((agencyId) => agencyId === 'bank.n1')).toHaveLength(15);
    expect(counted.filter((each) => each.endsWith('quarantine-full'))).toHaveLength(5);
    expect(logged.filter((event) => event === 'quarantine.filled')).toHaveLength(1);
  });

  it('end a kept connection with the reply to the call it is in when they close, and do not wait for more', async () => {
    let heard = () => {};
    const inside = new Promise<void>((resolve) => (heard = resolve));
    let reply = () => {};
    const { doors } = await doorsOf(async () => {
      heard();
      await new Promise<void>((resolve) => (reply = resolve));
      return { status: 200, headers: {}, body: Buffer.from('receipt') };
    });
    const posted = post(doors, path, 'feedback');
    await inside;
    const closed = doors.close();
    reply();
    const response = await posted;
    expect([response.headers.get('connection'), await response.text()]).toEqual(['close', 'receipt']);
    await closed;
    await expect(post(doors, path, 'more')).rejects.toThrow();
  });

  it('refuse to open on a port that is taken', async () => {
    const { doors } = await doorsOf(nobody);
    const options = {
      ...{ host: '127.0.0.1', port: doors.port, maxBodyBytes: 1, deadlineMs: 1, simulatedHeader: 'x' },
      ...{ tls: null, trustedProxies: [], clientAuthorities: [], certificateHeader: null },
    };
    const parts = { channels: new Map(), clock: { monotonicMs: () => 0 } } as unknown as WorkerParts;
    await expect(openDoors(parts, {} as never, options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
