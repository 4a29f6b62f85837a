import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Agency, HttpOptions } from '#contracts';
import { axiosOver, openHttp } from './http-port.ts';

const allowedNetworks = ['127.0.0.0/8'];

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

const never = new AbortController().signal;
const agency: Agency = {
  agencyId: 'bank.sample',
  code: 'B/1',
  nameZh: '示例银行',
  nameEn: 'Sample Bank',
  category: 'bank',
  region: null,
  channelId: 'bank.sample',
  typicalMs: null,
  promisedMs: null,
};
const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A real server on a loopback port, and a port of the kit that calls it. */
async function connected(serve: Serve, { folder = '', connections = 4, maxReplyBytes = 1_000 } = {}) {
  const seen = { requests: 0, sockets: new Set<unknown>(), paths: [] as string[] };
  const server = createServer((request, response) => {
    seen.requests += 1;
    seen.sockets.add(request.socket);
    seen.paths.push(request.url ?? '');
    serve(request, response);
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  toClose.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => void server.close(done));
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;
  const http = openHttp({
    baseUrl,
    maxReplyBytes,
    connections,
    simulatedHeader: 'x-chakong-simulated',
    allowedNetworks,
  });
  toClose.push(() => http.close());
  const recorded = { messages: [] as string[], simulated: 0, sent: 0 };
  const port = http.portFor(agency, {
    sending: () => void (recorded.sent += 1),
    message: (bytes) => void recorded.messages.push(Buffer.from(bytes).toString('utf8')),
    simulated: () => void (recorded.simulated += 1),
  });
  const send = (options: Partial<HttpOptions> = {}, path = '/ask') =>
    port.send(path, { body: 'question', signal: never, ...options });
  return { send, seen, recorded, port };
}

const reply =
  (status: number, body = '', headers: Record<string, string> = {}): Serve =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end(body));
  };

const failure = (reason: string, more: object = {}) => expect.objectContaining({ reason, ...more });

describe('a reply with status 200', () => {
  it('comes back as bytes, with its headers', async () => {
    const { send, recorded } = await connected(
      reply(200, '{"n":0000}', { 'content-type': 'application/json', 'X-Two': 'b' }),
    );
    const { status, headers, body } = await send();
    expect([status, headers['x-two'], Buffer.from(body).toString('utf8')]).toEqual([200, 'b', '{"n":0000}']);
    expect(recorded).toEqual({ messages: ['{"n":0000}'], simulated: 0, sent: 1 });
  });

  it('is marked when a simulator sent it', async () => {
    const { send, recorded } = await connected(reply(200, 'x', { 'x-chakong-simulated': '1' }));
    await send();
    expect(recorded.simulated).toBe(1);
  });

  it.each([
    ['<!DOCTYPE html><html>log in</html>', 'text/html; charset=GBK'],
    ['\n<HTML><body>log in', 'text/xml'],
    ['\uFEFF<!doctype html>', 'application/json'],
    ['please log in', 'text/html'],
  ])('is no reply but a page: %j as %s', async (body, type) => {
    const { send } = await connected(reply(200, body, { 'content-type': type }));
    await expect(send()).rejects.toEqual(failure('unauthorized', { reasonCode: 'page' }));
  });

  it.each(['<?xml version="1.0"?><html/>', '{"html":1}'])(
    'is data even where it declares itself a page: %s',
    async (body) => {
      const { send } = await connected(reply(200, body, { 'content-type': 'text/html' }));
      await expect(send()).resolves.toMatchObject({ status: 200 });
    },
  );

  it('is unintelligible without a body', async () => {
    const { send, recorded } = await connected(reply(200));
    await expect(send()).rejects.toEqual(failure('unintelligible', { reasonCode: 'empty-body' }));
    expect(recorded.messages).toEqual([]);
  });
});

describe('any other status', () => {
  it.each([
    [429, 'throttled'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [404, 'unintelligible'],
    [400, 'unintelligible'],
    [204, 'unintelligible'],
    [302, 'unintelligible'],
  ])('%i is %s, and its message is kept', async (status, reason) => {
    const { send, seen, recorded } = await connected(
      reply(status, status === 204 ? '' : 'why', { location: '/elsewhere' }),
    );
    await expect(send()).rejects.toEqual(failure(reason, { reasonCode: `http-${status}` }));
    expect([seen.requests, recorded.messages]).toEqual([1, status === 204 ? [] : ['why']]);
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Sun, 01 Nov 2026 01:00:30 GMT', date: 'Sun, 01 Nov 2026 01:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('says with %j to wait %p ms', async (headers, retryAfterMs) => {
    const { send } = await connected(reply(429, 'x', headers as Record<string, string>));
    await expect(send()).rejects.toEqual(failure('throttled', { retryAfterMs }));
  });
});

describe('a status that the profile accepts', () => {
  it('comes back as a reply, and 200 only where it is among them', async () => {
    const accepted = await connected(reply(202, 'taken'));
    expect((await accepted.send({ accepts: [202] })).status).toBe(202);
    await expect(accepted.send()).rejects.toEqual(failure('unintelligible', { reasonCode: 'http-202' }));
    const usual = await connected(reply(200, 'x'));
    await expect(usual.send({ accepts: [202] })).rejects.toEqual(failure('unintelligible', { reasonCode: 'http-200' }));
  });

  it('says no more than a status of failure says where no message is in the body', async () => {
    const fault = await connected(reply(500, '<Fault/>', { 'content-type': 'text/xml' }));
    expect(Buffer.from((await fault.send({ accepts: [202, 500] })).body).toString()).toBe('<Fault/>');
    for (const body of ['', '<!doctype html><html></html>']) {
      const silent = await connected(reply(500, body));
      const failed = silent.send({ accepts: [202, 500] });
      await expect(failed).rejects.toEqual(failure('unavailable', { reasonCode: 'http-500' }));
    }
  });
});

describe('a call', () => {
  it('goes to the folder of the channel with the code of the agency in it', async () => {
    const { send, seen } = await connected(reply(200, 'x'), { folder: '/courts/{code}/' });
    await send({ method: 'GET', body: '' }, '/ask?page=1');
    expect(seen.paths).toEqual(['/courts/B%2F1/ask?page=1']);
  });

  it('sends its bytes and headers as they are', async () => {
    const chunks: Buffer[] = [];
    const { send } = await connected((request, response) => {
      expect(request.headers).toMatchObject({ 'content-type': 'text/xml; charset=GBK', 'content-length': '4' });
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => response.end('x'));
    });
    await send({ body: Uint8Array.of(0xd5, 0xc5, 0xc8, 0xfd), headers: { 'content-type': 'text/xml; charset=GBK' } });
    expect([...Buffer.concat(chunks)]).toEqual([0xd5, 0xc5, 0xc8, 0xfd]);
  });

  it('keeps its connection for the next one', async () => {
    const { send, seen } = await connected(reply(200, 'x'));
    for (let time = 0; time < 5; time += 1) await send();
    expect(seen.requests).toBe(5);
    expect(seen.sockets.size).toBeLessThanOrEqual(2); // a connection is free again only a turn after its reply
  });

  it('uses no more connections than it may', async () => {
    const { send, seen } = await connected((_, response) => void setTimeout(() => response.end('x'), 5), {
      connections: 2,
    });
    await Promise.all(Array.from({ length: 10 }, () => send()));
    expect([seen.requests, seen.sockets.size]).toEqual([10, 2]);
  });

  it('that cannot be sent is a defect, and quotes nothing', async () => {
    const { send } = await connected(reply(200, 'x'));
    await expect(send({ headers: { name: '张三\n' } })).rejects.toThrow(new TypeError('a request that cannot be sent'));
  });
});

describe('a connection that fails', () => {
  it('is unavailable with a code: refused', async () => {
    const http = openHttp({
      baseUrl: 'http://127.0.0.1:1',
      maxReplyBytes: 1_000,
      connections: 1,
      simulatedHeader: 'x',
      allowedNetworks,
    });
    toClose.push(() => http.close());
    const sending = http
      .portFor(agency, { message: () => undefined, simulated: () => undefined })
      .send('/', { signal: never });
    await expect(sending).rejects.toEqual(failure('unavailable', { reasonCode: 'connection', cause: 'ECONNREFUSED' }));
  });

  it.each<[string, Serve]>([
    ['reset before the reply', ({ socket }) => void socket.resetAndDestroy()],
    ['closed before the reply', ({ socket }) => void socket.destroy()],
    [
      'closed amid the body',
      ({ socket }, response) =>
        void response.writeHead(200, { 'content-length': '100' }).write('half', () => socket.destroy()),
    ],
    ['speaking another protocol', ({ socket }) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ])('is unavailable: %s', async (_, serve) => {
    const { send } = await connected(serve);
    await expect(send()).rejects.toEqual(failure('unavailable', { cause: expect.any(String) }));
  });
});

describe('a reply without an end', () => {
  it('is cut off when it is over the size, while it streams', async () => {
    const { send, recorded } = await connected((request, response) => {
      request.resume();
      const timer = setInterval(() => response.write('x'.repeat(300)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(send()).rejects.toEqual(failure('incomplete', { reasonCode: 'too-large' }));
    expect(recorded.messages).toEqual([]);
  });

  it.each<[string, Serve]>([
    ['silence', () => undefined],
    ['headers only', (_, response) => response.writeHead(200).flushHeaders()],
    [
      'a slow drip',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 2);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('ends when the signal is aborted: %s', async (_, serve) => {
    const { send } = await connected(serve);
    const startedMs = performance.now();
    await expect(send({ signal: AbortSignal.timeout(30) })).rejects.toEqual(failure('cancelled'));
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('does not keep the next one waiting for its connection', async () => {
    let first = true;
    const { send } = await connected(
      (request, response) => {
        if (!first) reply(200, 'x')(request, response);
        first = false;
      },
      { connections: 1 },
    );
    const hanging = send({ signal: AbortSignal.timeout(20) });
    const queued = send();
    await expect(hanging).rejects.toEqual(failure('cancelled'));
    await expect(queued).resolves.toMatchObject({ status: 200 });
  });
});

describe('a cancelled call', () => {
  it('sends nothing when it was cancelled before, or while it waited for a connection', async () => {
    const { send, seen } = await connected(() => undefined, { connections: 1 });
    await expect(send({ signal: AbortSignal.abort() })).rejects.toEqual(failure('cancelled'));
    expect(seen.requests).toBe(0);
    const hang = new AbortController();
    const hanging = send({ signal: hang.signal });
    const wait = new AbortController();
    const waiting = send({ signal: wait.signal });
    wait.abort();
    await expect(waiting).rejects.toEqual(failure('cancelled'));
    hang.abort();
    await expect(hanging).rejects.toEqual(failure('cancelled'));
    await new Promise((done) => setTimeout(done, 20));
    expect(seen.requests).toBeLessThanOrEqual(1);
  });
});

describe('axios over a port', () => {
  it('sends and receives bytes through its interceptors', async () => {
    const { port, seen } = await connected((request, response) => {
      request.resume();
      request.on('end', () => response.end(`${request.method} ${String(request.headers['x-key'])} 0000`));
    });
    const client = axiosOver(port);
    client.interceptors.request.use((config) => {
      config.headers.set('x-key', 'added');
      return config;
    });
    const { data, status } = await client.post('/ask', Buffer.from('question'), { params: { page: 1 }, signal: never });
    expect([status, Buffer.from(data as Uint8Array).toString(), seen.paths]).toEqual([
      200,
      'POST added 0000',
      ['/ask?page=1'],
    ]);
  });

  it('fails as the port fails', async () => {
    const { port, seen } = await connected(reply(429, 'x', { 'retry-after': '7' }));
    const client = axiosOver(port);
    await expect(client.get('/ask', { signal: never })).rejects.toEqual(failure('throttled', { retryAfterMs: 7_000 }));
    await expect(client.get('/ask', { signal: AbortSignal.abort() })).rejects.toEqual(failure('cancelled'));
    expect(seen.requests).toBe(1);
  });

  it('can be cancelled', async () => {
    const { port } = await connected(() => undefined);
    await expect(axiosOver(port).get('/ask', { signal: AbortSignal.timeout(20) })).rejects.toEqual(
      failure('cancelled'),
    );
  });

  it('refuses a call without a signal, and a body that it would have to write itself', async () => {
    const { port } = await connected(reply(200, 'x'));
    await expect(axiosOver(port).get('/ask')).rejects.toThrow('a call without a signal');
    await expect(axiosOver(port).post('/ask', { name: 1 }, { signal: never })).rejects.toThrow(
      'a body that is neither text nor bytes',
    );
  });
});
