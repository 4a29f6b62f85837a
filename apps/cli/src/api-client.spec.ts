import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type ApiClient, openApiClient } from './api-client.ts';
import { CliError, exitCodes } from './exit-codes.ts';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function clientOf(serve: Serve, signal = new AbortController().signal): Promise<ApiClient> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => serve(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  const { port } = server.address() as AddressInfo;
  return openApiClient({ url: `http://127.0.0.1:${port}`, token: 'ckt_secret', signal, language: 'zh' });
}

const problem =
  (status: number, code: string, errors: readonly object[] = []): Serve =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    const about = { type: `about:${code}`, title: 'Refused', detail: 'It is so.', instance: '/x', requestId: 'req_1' };
    response.end(JSON.stringify({ ...about, status, code, errors }));
  };
const json =
  (value: unknown): Serve =>
  (_, response) =>
    void response.end(JSON.stringify(value));
const failure = async (client: ApiClient): Promise<CliError> => {
  const error = await client.get('/me', z.unknown()).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof CliError)) throw new Error('it should have failed in words');
  return error;
};

describe('the client of the API', () => {
  it('signs every call, and gives each intent a key of its own', async () => {
    const heard: IncomingMessage[] = [];
    const client = await clientOf((request, response) => {
      heard.push(request);
      response.end('{"id": 1}');
    });
    const schema = z.strictObject({ id: z.int() });
    await client.get('/me', schema);
    await client.post('/cases', {}, schema);
    expect(await client.upload('/files', { name: 'a.pdf', bytes: new Uint8Array(3) }, schema)).toEqual({ id: 1 });
    expect(heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v1/me',
      'POST /api/v1/cases',
      'POST /api/v1/files',
    ]);
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(heard.map(() => 'Bearer ckt_secret'));
    const keys = heard.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBeUndefined();
    expect(new Set(keys).size).toBe(3);
  });

  it.each([
    [401, 'not-signed-in', exitCodes.notAllowed],
    [403, 'not-allowed', exitCodes.notAllowed],
    [404, 'not-found', exitCodes.failed],
    [422, 'purpose-guard', exitCodes.failed],
    [500, 'internal', exitCodes.failed],
  ])('turns a problem with status %i into code %s and exit code %i', async (status, code, exitCode) => {
    const error = await failure(await clientOf(problem(status, code)));
    expect(error).toMatchObject({ code, exitCode, message: 'Refused: It is so.', fix: 'request req_1' });
  });

  it('names every item of a problem with its place', async () => {
    const items = [
      { pointer: '/debtor/ids', code: 'missing', detail: 'An identifier is missing.', fix: 'Give one.' },
      { parameter: 'limit', code: 'too-big', detail: 'Too many.', fix: 'At most 200.' },
    ];
    const { message } = await failure(await clientOf(problem(422, 'validation', items)));
    expect(message.split('\n').slice(1)).toEqual([
      '  /debtor/ids  An identifier is missing. Give one.',
      '  limit  Too many. At most 200.',
    ]);
  });

  it('does not take what is no problem document for one', async () => {
    const error = await failure(await clientOf((_, response) => response.writeHead(502).end('<html>')));
    expect(error).toMatchObject({ code: 'gateway-error', exitCode: exitCodes.failed });
    const refused = await failure(await clientOf((_, response) => response.writeHead(401).end()));
    expect(refused).toMatchObject({ code: 'gateway-error', exitCode: exitCodes.notAllowed });
  });

  it('says that nobody answers there', async () => {
    const { url } = await clientOf(json({}));
    for (const close of closers.splice(0)) await close();
    const away = openApiClient({ url, token: 't', signal: new AbortController().signal, language: 'en' });
    expect(await failure(away)).toMatchObject({ code: 'gateway-away', exitCode: exitCodes.failed });
  });

  it('refuses a reply that is not of the expected form', async () => {
    const client = await clientOf(json({ items: 'none' }));
    await expect(client.get('/cases', z.strictObject({ items: z.array(z.string()) }))).rejects.toThrow(z.ZodError);
  });

  it('ends with the reason of its signal', async () => {
    const stopping = new AbortController();
    const stopped = new Error('stopped');
    const client = await clientOf(() => stopping.abort(stopped), stopping.signal);
    await expect(client.get('/me', z.unknown())).rejects.toBe(stopped);
  });

  it('resumes a stream after the last event, and knows that nothing more comes', async () => {
    const after: unknown[] = [];
    const client = await clientOf((request, response) => {
      after.push(request.headers['last-event-id'], request.headers.accept);
      response.writeHead(204).end();
    });
    expect(await client.stream('/inquiries/inq_1/events', 7)).toBeNull();
    expect(after).toEqual(['7', 'text/event-stream']);
  });
});
