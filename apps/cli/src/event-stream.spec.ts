import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openApiClient } from './api-client.ts';
import { followInquiry, type StreamEvent } from './event-stream.ts';

/** What one connection is served: text, and whether it is cut off, left open or ended properly. */
interface Served {
  readonly text: string;
  readonly ending: 'end' | 'cut' | 'hold';
}
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function gateway(script: readonly (Served | null)[]) {
  const resumed: (string | undefined)[] = [];
  const server = createServer((request, response: ServerResponse) => {
    const served = script[resumed.length] ?? null;
    resumed.push(String(request.headers['last-event-id']));
    if (!served) return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(served.text, () => {
      if (served.ending === 'end') response.end();
      if (served.ending === 'cut') setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  return { resumed, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const counts = { asked: 3, answered: 0, found: 0, nothing: 0, noAnswer: 3, notAsked: 0, incomplete: 0, weak: 0 };
const told = (agencyId: string) => ({
  ...{ agencyId, category: 'bank', verdict: 'nothing', reason: null, assetCount: 0 },
  answeredAt: '2026-03-01T10:00:00+08:00',
});
const snapshot = event('snapshot', { seq: 1, status: 'running', counts, inquiryId: 'inq_1' });
const done = event('done', { seq: 9, status: 'complete' });

async function follow(url: string, signal = new AbortController().signal): Promise<StreamEvent[]> {
  const api = openApiClient({ url, token: 'ckt_x', signal, language: 'zh' });
  const events: StreamEvent[] = [];
  for await (const each of followInquiry(api, 'inq_1', signal)) events.push(each);
  return events;
}

describe('the events of an inquiry', () => {
  it('are read as they come: snapshot, one line, several lines, report, done', async () => {
    const lines = event('line', { seq: 3, lines: [told('bank.b'), told('bank.c')] });
    const report = event('report', { seq: 4, reportId: 'rep_1', reportVersion: 1 });
    const text = `: hello\n\n${snapshot}${event('line', { seq: 2, ...told('bank.a') })}${lines}${report}${done}`;
    const { url } = await gateway([{ text, ending: 'hold' }]);
    const events = await follow(url);
    expect(events.map(({ kind, seq }) => `${seq} ${kind}`)).toEqual([
      '1 snapshot',
      '2 lines',
      '3 lines',
      '4 report',
      '9 done',
    ]);
    const agencies = events
      .flatMap((each) => (each.kind === 'lines' ? each.lines : []))
      .map(({ agencyId }) => agencyId);
    expect(agencies).toEqual(['bank.a', 'bank.b', 'bank.c']);
    expect(events[0]).toMatchObject({ counts: { asked: 3 } });
  });

  it('go on after the last one when the connection is cut or closed', async () => {
    const line = event('line', { seq: 2, ...told('bank.a') });
    const half = event('line', { seq: 3, ...told('bank.b') }).slice(0, 30); // never read: it comes again
    const { url, resumed } = await gateway([
      { text: snapshot + line + half, ending: 'cut' },
      { text: event('line', { seq: 3, ...told('bank.b') }), ending: 'end' },
      { text: done, ending: 'end' },
    ]);
    const events = await follow(url);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 9]);
    expect(resumed).toEqual(['0', '2', '3']);
  });

  it('end when the gateway has nothing more to tell', async () => {
    const { url } = await gateway([{ text: snapshot, ending: 'end' }, null]);
    expect((await follow(url)).map(({ kind }) => kind)).toEqual(['snapshot']);
  });

  it('may be of kinds that are not known yet', async () => {
    const { url } = await gateway([{ text: event('weather', { seq: 2 }) + done, ending: 'hold' }]);
    expect((await follow(url)).map(({ kind }) => kind)).toEqual(['done']);
  });

  it('are refused when they are not of the expected form', async () => {
    const { url } = await gateway([{ text: event('line', { seq: 2, agencyId: 'bank.a' }), ending: 'hold' }]);
    await expect(follow(url)).rejects.toThrow();
  });

  it('go on when the gateway is away for a while, and fail at once when it never was there', async () => {
    const { url } = await gateway([
      { text: snapshot, ending: 'cut' },
      { text: done, ending: 'hold' },
    ]);
    const signal = new AbortController().signal;
    const api = openApiClient({ url, token: 'ckt_x', signal, language: 'zh' });
    const away = openApiClient({ url: 'http://127.0.0.1:1', token: 'ckt_x', signal, language: 'zh' });
    let calls = 0;
    const restarting = {
      ...api,
      stream: (path: string, after: number) => ((calls += 1) === 2 ? away : api).stream(path, after),
    };
    const kinds: string[] = [];
    for await (const { kind } of followInquiry(restarting, 'inq_1', signal)) kinds.push(kind);
    expect(kinds).toEqual(['snapshot', 'done']);
    await expect(followInquiry(away, 'inq_1', signal).next()).rejects.toMatchObject({ code: 'gateway-away' });
  });

  it('stop with the signal', async () => {
    const stopping = new AbortController();
    const { url } = await gateway([{ text: snapshot, ending: 'hold' }]);
    const api = openApiClient({ url, token: 'ckt_x', signal: stopping.signal, language: 'zh' });
    const events = followInquiry(api, 'inq_1', stopping.signal);
    expect((await events.next()).value).toMatchObject({ kind: 'snapshot' });
    const next = events.next();
    stopping.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
  });
});
