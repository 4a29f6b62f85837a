import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inquiryViewSchema } from '#contracts';
import {
  call,
  type GatewayPlace,
  hear,
  nothing,
  prepare,
  refused,
  startGatewayPlace,
  tokens,
} from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

interface Told {
  readonly id: number;
  readonly event: string;
  readonly data: any;
}
interface Stream {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly Told[];
  readonly text: string;
}

/** Reads a stream until it ends, or until enough has come. */
async function follow(
  url: string,
  path: string,
  options: { headers?: Record<string, string>; until?: (events: readonly Told[]) => boolean; token?: string } = {},
): Promise<Stream> {
  const { headers = {}, until = () => false, token = tokens.zhao } = options;
  const stop = new AbortController();
  const response = await fetch(`${url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
  });
  let text = '';
  const events = () =>
    [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/g)].map(([, id, event = '', data = '']) => ({
      id: Number(id),
      event,
      data: JSON.parse(data),
    }));
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    if (until(events())) {
      break;
    }
  }
  return { status: response.status, headers: response.headers, text, events: events() };
}

const ask = async () =>
  inquiryViewSchema.parse((await send('POST', 'inquiries', { body: (await prepare(place)).body })).json());
const settle = async (inquiryId: string) => {
  await place.store.inquiries.close(inquiryId, new Date());
  await send('POST', `inquiries/${inquiryId}/report-versions`);
};
const countLines = (events: readonly Told[]) =>
  events.flatMap(({ event, data }) => (event === 'line' ? (data.lines ?? [data]) : [])).length;

describe('the events of an inquiry', () => {
  it('begin with a snapshot, tell every line once, end with done; a reconnect then gets 204', async () => {
    const { inquiryId } = await ask();
    const path = `inquiries/${inquiryId}/events`;
    const following = follow(place.gateway.url, path);
    for (const agencyId of ['bank.bailu', 'registry.jing', 'vehicle.jing'])
      await hear(place.store, inquiryId, { [agencyId]: nothing });
    await settle(inquiryId);
    const { status, headers, events, text } = await following;
    expect([
      status,
      headers.get('content-type'),
      headers.get('cache-control'),
      headers.get('x-accel-buffering'),
      headers.get('content-encoding'),
    ]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store', 'no', null]);
    expect(text.startsWith('retry: 3000\n\n')).toBe(true);
    expect([events[0]?.event, events.at(-1)?.event, events.at(-1)?.data.status]).toEqual([
      'snapshot',
      'done',
      'complete',
    ]);
    expect(events.map(({ id }) => id)).toEqual(events.map(({ data }) => data.seq));
    const heard = 3 - (events[0]?.data.counts.answered ?? 0);
    expect([countLines(events), events.filter(({ event }) => event === 'report').length]).toEqual([heard, 1]);
    const last = events.at(-1)?.id ?? 0;
    expect((await follow(place.gateway.url, path, { headers: { 'last-event-id': String(last) } })).status).toBe(204);
  });

  it('resume after any event, with the same end', async () => {
    const { inquiryId } = await ask();
    const path = `inquiries/${inquiryId}/events`;
    await hear(place.store, inquiryId, { 'bank.bailu': nothing });
    await hear(place.store, inquiryId, { 'registry.jing': refused });
    await settle(inquiryId);
    const whole = await follow(place.gateway.url, `${path}?after=0`);
    expect(whole.events.map(({ event }) => event)).toEqual(['line', 'report', 'done']);
    const end = whole.events.at(-1)?.id ?? 0;
    expect(end).toBe(4); // two answers, closed, report
    for (let after = 0; after < end; after += 1) {
      const { events } = await follow(place.gateway.url, path, { headers: { 'last-event-id': String(after) } });
      expect({ after, ids: events.every(({ id }) => id > after), end: events.at(-1) }).toEqual({
        after,
        ids: true,
        end: whole.events.at(-1),
      });
    }
    const fresh = await follow(place.gateway.url, path);
    expect(fresh.events.map(({ event }) => event)).toEqual(['snapshot', 'done']);
    expect(fresh.text).not.toContain('张');
  });

  it('have few seats for one caller', async () => {
    const { inquiryId } = await ask();
    const path = `inquiries/${inquiryId}/events`;
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${tokens.zhao}` };
    const open = await Promise.all(
      Array.from({ length: 6 }, () => fetch(`${place.gateway.url}/api/v1/${path}`, { headers, signal: stop.signal })),
    );
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const over = await send('GET', path);
    expect([over.status, over.json().code, over.headers.get('retry-after')]).toEqual([503, 'overloaded', '5']);
    expect((await send('GET', 'me')).status).toBe(200);
    stop.abort();
    const free = async (): Promise<number> => {
      const { status } = await follow(place.gateway.url, path, { until: (events) => events.length > 0 });
      return status === 503 ? free() : status;
    };
    expect(await free()).toBe(200);
  });

  it('go on while the gateway is leaving, which is unready from then on, and end with an early retry when it closes', async () => {
    const leaving = new AbortController();
    const gateway = await place.another({ leaving: leaving.signal });
    const { inquiryId } = await ask();
    const following = follow(gateway.url, `inquiries/${inquiryId}/events`, { until: () => false });
    await call(gateway.url, { method: 'GET', path: 'me' });
    const ready = () => call(gateway.url, { method: 'GET', path: '/health/ready' }, { token: null });
    expect((await ready()).status).toBe(200);
    leaving.abort();
    expect((await ready()).status).toBe(503);
    expect((await call(gateway.url, { method: 'GET', path: 'me' })).status).toBe(200);
    const late = await follow(gateway.url, `inquiries/${inquiryId}/events`, { until: (events) => events.length > 0 });
    expect(late.status).toBe(200);
    const stopped = gateway.stop(500);
    expect((await following).text.endsWith('retry: 1000\n\n')).toBe(true);
    await stopped;
    await expect(fetch(gateway.url)).rejects.toThrow();
  });
});
