import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyViewSchema, channelViewSchema, healthSchema, problemStatus } from '#contracts';
import { call, type GatewayPlace, newCase, startGatewayPlace, tokens } from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

describe('operators', () => {
  const sun = { token: tokens.sun };
  it('pause and resume channels and agencies, and the workers are told', async () => {
    const read = async () => channelViewSchema.parse((await send('GET', 'channels/vehicle-national', sun)).json());
    expect(await read()).toMatchObject({ state: 'normal', workers: 1, adapterId: 'vehicle', queue: { active: 0 } });
    const paused = await send('POST', 'channels/vehicle-national/pause', { ...sun, body: { reason: 'maintenance' } });
    expect([paused.status, paused.json()]).toEqual([
      200,
      { channelId: 'vehicle-national', agencyId: null, done: 'paused', workersTold: 1 },
    ]);
    expect(await read()).toMatchObject({ state: 'paused', pausedReason: 'maintenance' });
    const agency = async (id: string) => agencyViewSchema.parse((await send('GET', `agencies/${id}`, sun)).json());
    expect(await agency('vehicle.jing')).toMatchObject({ paused: true, connected: true });
    expect((await send('DELETE', 'channels/vehicle-national/pause', sun)).json()).toMatchObject({
      done: 'resumed',
      workersTold: 1,
    });
    expect((await send('DELETE', 'channels/vehicle-national/pause', sun)).status).toBe(404);
    await send('POST', 'agencies/bank.bailu/pause', { ...sun, body: { reason: 'x' } });
    expect(await agency('bank.bailu')).toMatchObject({ paused: true });
    expect(await agency('bank.yunshan')).toMatchObject({ paused: false });
    await send('DELETE', 'agencies/bank.bailu/pause', sun);
    expect(await read()).toMatchObject({ state: 'normal' });
    await send('POST', 'channels/vehicle-national/breaker-resets', {
      ...sun,
      body: { agencyId: 'vehicle.jing', reason: 'mended' },
    });
    expect(place.told).toEqual([
      ...Array.from({ length: 4 }, () => ({ command: 'refresh-pauses' })),
      { command: 'reset-breaker', channelId: 'vehicle-national', agencyId: 'vehicle.jing' },
    ]);
    expect(
      (
        await send('POST', 'channels/vehicle-national/breaker-resets', {
          ...sun,
          body: { agencyId: 'bank.bailu', reason: 'x' },
        })
      ).status,
    ).toBe(400);
    expect((await send('POST', 'channels/nowhere/pause', { ...sun, body: { reason: 'x' } })).status).toBe(404);
  });

  it('see breakers that workers report', async () => {
    const since = new Date().toISOString();
    await place.store.adapters.heartbeat({
      workerId: 'worker-of-the-test',
      at: since,
      inFlight: 0,
      breakers: [{ channelId: 'vehicle-national', agencyId: 'vehicle.hu', state: 'open', since }],
    });
    const open = async (): Promise<boolean> =>
      (await send('GET', 'agencies/vehicle.hu', sun)).json().breaker?.state === 'open' || open();
    expect(await open()).toBe(true);
    expect((await send('GET', 'channels/vehicle-national', sun)).json().breakers).toMatchObject({ open: 1 });
  });

  it('see what workers share about a breaker, and how it came to be so, page by page', async () => {
    const register = place.store.breakers.share({ workerId: 'worker-of-the-test' }).ofChannel('vehicle-national');
    const agencyId = 'vehicle.jing';
    const failures = [{ reason: 'timed-out' as const, reasonCode: null, count: 5 }];
    await register.changed({ agencyId, to: 'open', resetInMs: 600_000, cause: { code: 'failures', failures } });
    const reset = { ...sun, body: { agencyId, reason: 'mended' } };
    expect((await send('POST', 'channels/vehicle-national/breaker-resets', reset)).status).toBe(200);
    const first = (await send('GET', `agencies/${agencyId}/breaker-transitions?limit=1`, sun)).json();
    expect(first.items).toMatchObject([
      { from: 'open', to: 'closed', workerId: null, cause: { code: 'operator-reset' } },
    ]);
    const rest = await send('GET', `agencies/${agencyId}/breaker-transitions?cursor=${first.nextCursor}`, sun);
    expect(rest.json()).toMatchObject({
      items: [{ to: 'open', cause: { code: 'failures', failures } }],
      nextCursor: null,
    });
    expect((await send('GET', `agencies/${agencyId}`, sun)).json().breaker).toMatchObject({ state: 'closed' });
    expect((await send('GET', 'agencies/bank.nowhere/breaker-transitions', sun)).status).toBe(404);
  });

  it('find the agencies by category, area and name', async () => {
    const ids = async (query: string) =>
      (await send('GET', `agencies?${query}`)).json().items.map(({ agencyId }: any) => agencyId);
    expect(await ids('category=vehicle,real-estate&region=11')).toEqual(['registry.jing', 'vehicle.jing']);
    expect(await ids(`q=${encodeURIComponent('白鹭')}`)).toEqual(['bank.bailu']);
    expect((await send('GET', 'agencies/bank.nowhere')).status).toBe(404);
  });
});

describe('the board of the queues', () => {
  /** The path as it is; `fetch` would tidy it up. */
  const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; text: string; cookie: string }>((done, failed) => {
      const { hostname, port } = new URL(place.gateway.url);
      httpRequest({ hostname, port, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, text, cookie: String(response.headers['set-cookie'] ?? '') }),
        );
      })
        .on('error', failed)
        .end();
    });
  const paths = [
    '',
    '/',
    '/api/queues',
    '/api/queues/merge/1',
    '/api/redis/stats',
    '/queue/merge',
    '/static/js/main.js',
    '/static/images/logo.svg',
    '/static/',
    '/static/../api/queues',
    '/%61pi/queues',
    '//api/queues',
    '/nowhere',
    '/api/nowhere',
    '/index.html',
  ];

  it('is closed on every path below it', async () => {
    for (const path of paths) {
      for (const headers of [
        {},
        { cookie: 'chakong-ops=tok_sun.9999999999999.' + '0'.repeat(64) },
        { authorization: 'Bearer ckt_guessed-000000000000' },
      ]) {
        const { status, text } = await raw(`/ops/queues${path}`, headers);
        expect([path, status, [401, 404].includes(status)]).toEqual([path, status, true]);
        if (status === 404) expect(path).toMatch(/^\/\//); // not a path of the board at all
        expect(text).not.toContain('__UI_CONFIG__');
      }
      const { status } = await raw(`/ops/queues${path}`, { authorization: `Bearer ${tokens.zhao}` });
      expect({ path, status: status === 404 ? 403 : status }).toEqual({ path, status: 403 });
    }
    expect((await raw('/ops/queues/api/queues', {}, 'PUT')).status).toBe(401);
  });

  it('opens for an operator, to read, without anything from elsewhere', async () => {
    const page = await raw('/ops/queues', { accept: 'text/html' });
    expect([page.status, page.text]).toEqual([401, expect.stringContaining('action="/ops/session"')]);
    const signIn = await fetch(`${place.gateway.url}/ops/session`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ token: tokens.sun }),
    });
    const cookie = signIn.headers.get('set-cookie') ?? '';
    expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/ops/queues']);
    expect(cookie).toMatch(
      /^chakong-ops=tok_sun\.\d+\.[0-9a-f]{64}; Max-Age=900; Path=\/ops; HttpOnly; SameSite=Strict$/,
    );
    const inside = { cookie: cookie.split(';')[0] ?? '' };
    const board = await raw('/ops/queues', inside);
    expect([board.status, board.text]).toEqual([200, expect.stringContaining('__UI_CONFIG__')]);
    expect(board.text).not.toMatch(/https?:\/\//);
    const queues = await raw('/ops/queues/api/queues', inside);
    expect(JSON.parse(queues.text).queues.map(({ name, readOnlyMode }: any) => [name, readOnlyMode])).toEqual(
      expect.arrayContaining([
        ['merge', true],
        ['ask.vehicle-national', true],
      ]),
    );
    expect((await raw('/ops/queues/api/queues/merge/pause', inside, 'PUT')).status).toBe(403);
    expect((await raw('/ops/queues/nowhere', inside)).status).toBe(404);
    expect((await raw('/ops/queues/api/queues', { authorization: `Bearer ${tokens.sun}` })).status).toBe(200);
    const refusal = await fetch(`${place.gateway.url}/ops/session`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ token: tokens.zhao }),
    });
    expect([refusal.status, refusal.headers.get('set-cookie')]).toEqual([403, null]);
  });
});

describe('the documents of the API', () => {
  const get = (path: string) => send('GET', path, { token: null });

  it('are OpenAPI 3.1 with summary, security and problems for every operation', async () => {
    const document = (await get('/api/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const committed = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(document).toEqual(JSON.parse(committed)); // made again with: npm run openapi
    const operations = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
      Object.entries<any>(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    const open = new Set(['/.well-known/chakong-keys.json', '/api/v1/verify']); // for everybody
    expect(operations.length).toBeGreaterThan(25);
    for (const { path, method, summary, security, responses, parameters = [], requestBody } of operations) {
      expect({ path, method, summary: typeof summary, security }).toEqual({
        path,
        method,
        summary: 'string',
        security: open.has(path) ? undefined : [{ token: [] }, { session: [] }],
      });
      for (const status of [...(open.has(path) ? [] : ['401']), '500', '429'])
        expect({ path, method, type: Object.keys(responses[status]?.content ?? {}) }).toEqual({
          path,
          method,
          type: ['application/problem+json'],
        });
      // an answer is found in its inquiry only; every other parameter is a filter
      const wrong = parameters
        .filter(
          (each: any) =>
            each.in === 'query' && each.required !== (path.startsWith('/api/v1/answers/') && each.name === 'inquiryId'),
        )
        .map((each: any) => each.name);
      expect({ path, method, wrong }).toEqual({ path, method, wrong: [] });
      expect({ path, method, unnamed: parameters.filter((each: any) => !each.name || !each.schema) }).toEqual({
        path,
        method,
        unnamed: [],
      });
      if (method === 'post' && !/\/(preview|search|searches|comparisons|verification|verify)$/.test(path))
        expect({ path, keys: parameters.filter((each: any) => each.name === 'Idempotency-Key').length }).toEqual({
          path,
          keys: 1,
        });
      if (requestBody?.content?.['application/json'])
        expect(
          requestBody.content['application/json'].schema.$ref ?? requestBody.content['application/json'].schema.type,
        ).toBeTruthy();
    }
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('are shown by two pages that ask nobody outside', async () => {
    for (const [path, script] of [
      ['/api/docs', '/api/docs/swagger-ui-bundle.js'],
      ['/api/reference', '/api/reference/standalone.js'],
    ] as const) {
      const page = await get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
      expect(
        [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].filter(([, url = '']) => /^(?:https?:)?\/\//.test(url)),
      ).toEqual([]);
      const loaded = await get(script);
      expect([script, loaded.status, loaded.headers.get('content-type')]).toEqual([
        script,
        200,
        expect.stringContaining('javascript'),
      ]);
    }
    expect((await get('/api/docs/swagger-ui-init.js')).status).toBe(200);
  });

  it('explain every problem', async () => {
    for (const code of Object.keys(problemStatus))
      expect([code, (await get(`/problems/${code}`)).status]).toEqual([code, 200]);
    expect([(await get('/problems/nothing-of-the-kind')).status, (await get('/problems/constructor')).status]).toEqual([
      404, 404,
    ]);
  });
});

describe('health', () => {
  it('is told without a token and without addresses', async () => {
    for (const path of ['/health/live', '/health/startup', '/health/ready']) {
      const reply = await send('GET', path, { token: null });
      expect([path, reply.status, healthSchema.parse(reply.json()).status]).toEqual([path, 200, 'ok']);
      expect(reply.text).not.toMatch(/\d+\.\d+\.\d+|postgres/);
    }
    const unhosted = {
      ...place.parts.installation,
      channels: [
        ...place.parts.installation.channels,
        { ...place.parts.installation.channels[0]!, channelId: 'nobody' },
      ],
    };
    const gateway = await place.another({ installation: unhosted });
    const startup = await call(gateway.url, { method: 'GET', path: '/health/startup' }, { token: null });
    expect([startup.status, startup.json().checks.channels.status]).toEqual([503, 'down']);
    await gateway.stop(500);
  });

  it('keeps the metrics for operators', async () => {
    expect((await send('GET', '/metrics', { token: null })).status).toBe(401);
    expect((await send('GET', '/metrics')).status).toBe(403);
    const reply = await send('GET', '/metrics', { token: tokens.sun });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(reply.text).toContain('chakong_http_request_duration_seconds');
    expect((await send('POST', 'cases', { body: newCase })).headers.get('x-frame-options')).toBe('DENY');
  });
});
