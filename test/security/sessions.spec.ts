import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { openBrowser } from '../integration/browser.ts';
import { type CrookedIssuer, startCrookedIssuer } from '../integration/crooked-issuer.ts';
import {
  adminToken,
  browserOf,
  type GatewayForBrowsers,
  type IdentityPlace,
  startIdentityPlace,
} from '../integration/identity-place.ts';
import { type ApiOperation, readApiDocument } from './api.ts';
import { shortened } from './field.ts';
import { openJudge, type Try } from './judge.ts';
import { atOnce, openWire, type Wire } from './wire.ts';

let here: IdentityPlace;
let crooked: CrookedIssuer;
let gateway: GatewayForBrowsers;
let wire: Wire;
const judge = openJudge();
beforeAll(async () => {
  [here, crooked] = await Promise.all([startIdentityPlace(), startCrookedIssuer()]);
  gateway = await here.open({ issuer: crooked.issuer });
  wire = openWire(gateway.url);
});
afterAll(async () => {
  judge.write([], 'sessions');
  wire?.close();
  await crooked?.stop();
  await here?.stop();
});
/** Everything that wants somebody, under ids that nobody has: who may not come in is refused before any id is read. */
const { operations } = readApiDocument();
const targetOf = ({ path }: ApiOperation): string => path.replaceAll(/\{\w+\}/g, 'nobody-has-this');
const everywhere = (kind: string, headers: Readonly<Record<string, string>>, expected: number): Try[] =>
  operations.map((operation) => ({
    ...{ kind, operation: operation.id, expected: [expected], forbidden: ['赵执'] },
    request: { method: operation.method, target: targetOf(operation), headers, body: null },
  }));
const nothingWrong = async (tries: readonly Try[]): Promise<void> => {
  expect(tries.length).toBeGreaterThan(20);
  const faults = await atOnce(6, tries, async (each) => judge.judge(each, await wire.send(each.request)));
  expect(shortened(faults.flat())).toEqual([]);
};
const sessionCookie = 'chakong-dev';
const cookieOf = (browser: ReturnType<typeof openBrowser>): string =>
  [...(browser.cookies.get('localhost') ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

describe('nobody comes in', () => {
  it.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['ID token for a wrong audience', (claims) => ({ ...claims, aud: 'somebody-else' })],
    ['ID token asked for by another', (claims) => ({ ...claims, aud: ['chakong', 'x'], azp: 'x' })],
    ['ID token of a wrong issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['ID token with a wrong nonce', (claims) => ({ ...claims, nonce: 'x' })],
    ['ID token that has expired', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1_000) - 3_600 })],
  ])('by an %s', async (kind, twist) => {
    crooked.twist = twist;
    const browser = openBrowser();
    const page = await browser.go(`${gateway.url}/auth/sign-in`);
    crooked.twist = (claims) => claims;
    expect([page.status, browser.cookies.get('localhost')?.has(sessionCookie) ?? false]).toEqual([400, false]);
    await nothingWrong(everywhere(kind, { cookie: cookieOf(browser) || 'none=none' }, 401));
  });

  it('by an ID token in the place of a token', () =>
    nothingWrong(everywhere('ID token as bearer', { authorization: `Bearer ${crooked.lastIdToken}` }, 401)));

  it('with a session that was signed out', async () => {
    const { browser, csrf } = await browserOf(gateway, 'usr_zhao');
    const cookie = cookieOf(browser);
    const reply = await browser.go(`${gateway.url}/auth/sign-out`, { method: 'POST', headers: csrf });
    expect(reply.status).toBe(200);
    await nothingWrong(everywhere('session that was signed out', { cookie, ...csrf }, 401));
  });

  it('with a token that was revoked', async () => {
    const api = `${gateway.url}/api/v1/tokens`;
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const wanted = { userId: 'usr_zhao', scopes: ['cases:read'], label: 'soon-revoked' };
    const body = JSON.stringify({ ...wanted, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
    const keyed = { ...headers, 'idempotency-key': 'revoked-in-the-suite-1' };
    const made = (await (await fetch(api, { method: 'POST', headers: keyed, body })).json()) as Record<string, string>;
    const bearer = { authorization: `Bearer ${made['token']}` };
    expect((await fetch(`${gateway.url}/api/v1/me`, { headers: bearer })).status).toBe(200);
    const { authorization } = headers;
    expect((await fetch(`${api}/${made['tokenId']}`, { method: 'DELETE', headers: { authorization } })).status).toBe(
      200,
    );
    await nothingWrong(everywhere('token that was revoked', bearer, 401));
  });
});

describe('nothing is changed from another site', () => {
  const writing = (tries: readonly Try[]) => tries.filter(({ request }) => request.method !== 'GET');

  it('without the anti-forgery token of the session', async () => {
    const [own, other] = [await browserOf(gateway, 'usr_zhao'), await browserOf(gateway, 'usr_zhao')];
    const cookie = cookieOf(own.browser);
    await nothingWrong(writing(everywhere('session without anti-forgery token', { cookie }, 403)));
    await nothingWrong(writing(everywhere("another session's anti-forgery token", { cookie, ...other.csrf }, 403)));
    const from = { cookie, ...own.csrf, 'sec-fetch-site': 'cross-site' };
    await nothingWrong(writing(everywhere('sent by another site', from, 403)));
  });
});
