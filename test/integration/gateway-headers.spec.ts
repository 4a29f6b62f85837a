import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../../apps/gateway/src/index.ts';
import { type GatewayPlace, startGatewayPlace, tokens } from './gateway-place.ts';
import { ownPort } from '../own-port.ts';

let place: GatewayPlace;
let secure: RunningGateway; // the same behind an address with https, and behind a trusted proxy
const others: RunningGateway[] = [];
const another = async (change: object): Promise<RunningGateway> => {
  const controlUrl = `tcp://127.0.0.1:${await ownPort()}`;
  const gateway = await place.another({ settings: { ...place.parts.settings, controlUrl, ...change } });
  others.push(gateway);
  return gateway;
};
const signIns = (quota: number) => ({
  rateLimits: { ...place.parts.settings.rateLimits, 'sign-in': { quota, windowSeconds: 60 } },
});
beforeAll(async () => {
  place = await startGatewayPlace();
  secure = await another({ publicUrl: 'https://gateway.example', trustedProxies: ['127.0.0.1/32'], ...signIns(3) });
}, 120_000);
afterAll(async () => {
  for (const gateway of others) await gateway.stop(1_000);
  await place?.stop();
});

const strict: Record<string, unknown> = {
  'cache-control': expect.stringMatching(/no-store|^public, max-age=/),
  'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()'),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const leaky = /^(server|x-powered-by|access-control-.*)$/;

/** What is wrong with the headers of an answer; nothing: all is well. */
function faultsOf(headers: Headers | Record<string, string>): string[] {
  const all = Object.fromEntries(headers instanceof Headers ? [...headers] : Object.entries(headers));
  const missing = Object.entries(strict).filter(([name, value]) => {
    try {
      expect(all[name]).toEqual(value);
      return false;
    } catch {
      return true;
    }
  });
  const policy = all['content-security-policy'] ?? '';
  const script = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
  return [
    ...missing.map(([name]) => `${name}: ${all[name] ?? 'missing'}`),
    ...Object.keys(all).filter((name) => leaky.test(name)),
    ...(/unsafe|\*|https?:/.test(script) ? [`script-src ${script}`] : []),
  ];
}

const filled = (path: string): string => path.replaceAll(/:\w+|\{\w+\}/g, 'x').replace('*', 'x');

describe('every answer of the gateway', () => {
  it('carries the strict headers: every route of the router and of the documents, with and without a token', async () => {
    const documented = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const routes = [
      ...place.gateway.routes.map(({ method, path }) => ({ method, path: filled(path) })),
      ...Object.entries(documented.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: filled(path) })),
      ),
    ].filter(({ method }) => method !== 'HEAD');
    expect(routes.length).toBeGreaterThan(60);
    const faults: string[] = [];
    for (const { method, path } of routes) {
      for (const token of [null, tokens.sun]) {
        const ending = new AbortController();
        const response = await fetch(`${place.gateway.url}${path}`, {
          ...{ method, redirect: 'manual', signal: ending.signal },
          headers: { origin: 'https://elsewhere.example', ...(token && { authorization: `Bearer ${token}` }) },
        });
        faults.push(...faultsOf(response.headers).map((fault) => `${method} ${path} ${response.status}: ${fault}`));
        ending.abort();
      }
    }
    expect(faults).toEqual([]);
  }, 60_000);

  it.each([
    ['an address of nothing', 'GET', '/nowhere', 404],
    ['an address that cannot be read', 'GET', '/%E0%A4%A', 400],
    ['a method of nothing', 'PATCH', '/health/live', 404],
    ['a preflight', 'OPTIONS', '/api/v1/cases', 401],
    ['a preflight of the documents', 'OPTIONS', '/api/docs', 404],
  ])('also %s', async (...[, method, path, status]) => {
    const response = await fetch(`${place.gateway.url}${path}`, {
      method,
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect([response.status, faultsOf(response.headers)]).toEqual([status, []]);
  });

  it('also a body that is too long, too deep or has too many values', async () => {
    const bodies: [string, number][] = [
      [JSON.stringify('a'.repeat(1_100_000)), 413],
      ['['.repeat(100_000), 400],
      [`[${'0,'.repeat(60_000)}0]`, 413],
      ['{"__proto__":{}}', 400],
    ];
    for (const [raw, status] of bodies) {
      const reply = await place.call('POST', 'cases', { raw, headers: { 'content-type': 'application/json' } });
      expect([reply.status, faultsOf(reply.headers)]).toEqual([status, []]);
    }
  });

  it('also what never becomes a request', async () => {
    for (const [text, status] of [
      ['nonsense\r\n\r\n', 400],
      [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
    ] as const) {
      const answer = await rawly(text);
      const [first = '', ...lines] = answer.split('\r\n\r\n', 1)[0]!.toLowerCase().split('\r\n');
      expect(first).toContain(String(status));
      const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2)));
      expect(Object.keys(strict).filter((name) => !(name in headers))).toEqual([]);
    }
  });

  it('binds browsers to https where people reach it by https, and only there', async () => {
    expect((await fetch(`${secure.url}/health/live`)).headers.get('strict-transport-security')).toContain(
      'max-age=63072000',
    );
    expect((await fetch(`${place.gateway.url}/health/live`)).headers.get('strict-transport-security')).toBeNull();
  });

  it('shows pages whose styles are named by their hash, and no unsafe ones but where others wrote the page', async () => {
    for (const path of ['/problems', '/problems/csrf', '/ops/queues']) {
      const response = await fetch(`${place.gateway.url}${path}`, { headers: { accept: 'text/html' } });
      expect([path, response.headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining('sha256-'),
      ]);
    }
  });
});

describe('a source address', () => {
  const guess = (url: string, forwarded: string) =>
    fetch(`${url}/api/v1/me`, {
      headers: { authorization: 'Bearer ckt_guessed-0000000000000000', 'x-forwarded-for': forwarded },
    }).then(({ status }) => status);

  it('is believed of a trusted proxy, so that one who guesses does not lock his neighbours out', async () => {
    const seen = [];
    for (const _ of [1, 2, 3, 4]) seen.push(await guess(secure.url, '1.1.1.1'));
    expect(seen).toEqual([401, 401, 401, 429]);
    expect(await guess(secure.url, '1.1.1.2')).toBe(401);
    expect(await guess(secure.url, '9.9.9.9, 1.1.1.1')).toBe(429); // what he writes himself stands before it
  });

  it('is not believed of anybody else', async () => {
    const alone = await another(signIns(2));
    const seen = [];
    for (const no of [1, 2, 3]) seen.push(await guess(alone.url, `1.1.1.${no}`));
    expect(seen.at(-1)).toBe(429); // three addresses that were made up, and one that was counted
  });
});

async function rawly(text: string): Promise<string> {
  let answer = '';
  const socket = connect(place.gateway.port, '127.0.0.1');
  socket.setEncoding('latin1').on('data', (more: string) => (answer += more));
  const closed = new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve));
  socket.write(text);
  await Promise.race([closed, wait(2_000)]);
  socket.destroy();
  return answer;
}
