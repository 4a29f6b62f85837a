import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { openIssuer } from '../../apps/gateway/src/access/browser/issuer.ts';
import { openBrowser } from './browser.ts';
import { type CrookedIssuer, seconds, startCrookedIssuer } from './crooked-issuer.ts';
import { browserOf, type GatewayForBrowsers, type IdentityPlace, startIdentityPlace } from './identity-place.ts';

let here: IdentityPlace;
let crooked: CrookedIssuer;
let gateway: GatewayForBrowsers;
beforeAll(async () => {
  [here, crooked] = await Promise.all([startIdentityPlace(), startCrookedIssuer()]);
  gateway = await here.open({ issuer: crooked.issuer });
});
afterAll(async () => {
  await crooked.stop();
  await here.stop();
});
beforeEach(() => {
  crooked.twist = (claims) => claims;
});

/** The status of the page at the end, and whether a session was given. */
async function signIn() {
  const browser = openBrowser();
  const page = await browser.go(`${gateway.url}/auth/sign-in`);
  return { status: page.status, hasSession: browser.cookies.get('localhost')?.has('chakong-dev') ?? false };
}
const letIn = { status: 200, hasSession: true };
const refused = { status: 400, hasSession: false };

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
const skew = 60;

describe('the proof of who somebody is', () => {
  const cases: [string, (claims: JWTPayload) => JWTPayload, typeof letIn][] = [
    ['as it should be', (claims) => claims, letIn],
    ['for another audience', (claims) => ({ ...claims, aud: 'somebody-else' }), refused],
    ['for us and another, who asked for it', (claims) => ({ ...claims, aud: ['chakong', 'x'], azp: 'x' }), refused],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' }), refused],
    ['with another nonce', (claims) => ({ ...claims, nonce: 'x' }), refused],
    ['without a nonce', (claims) => without(claims, 'nonce'), refused],
    ['expired, within the skew', (claims) => ({ ...claims, exp: seconds() - skew + 10 }), letIn],
    ['expired, beyond the skew', (claims) => ({ ...claims, exp: seconds() - skew - 10 }), refused],
    ['not valid yet, within the skew', (claims) => ({ ...claims, nbf: seconds() + skew - 10 }), letIn],
    ['not valid yet, beyond the skew', (claims) => ({ ...claims, nbf: seconds() + skew + 10 }), refused],
    ['issued ahead, within the skew', (claims) => ({ ...claims, iat: seconds() + skew - 10 }), letIn],
    ['issued ahead, beyond the skew', (claims) => ({ ...claims, iat: seconds() + skew + 10 }), refused],
    ['signed in ahead of time', (claims) => ({ ...claims, auth_time: seconds() + skew + 10 }), refused],
    ['without the time of the sign-in', (claims) => without(claims, 'auth_time'), refused],
    ['with roles, which mean nothing here', (claims) => ({ ...claims, sub: 'usr_sun', roles: ['officer'] }), letIn],
  ];
  it.each(cases)('%s', async (_, twist, expected) => {
    crooked.twist = twist;
    expect(await signIn()).toEqual(expected);
  });

  it('is asked for once only, though the provider would give it again', async () => {
    const browser = openBrowser();
    const back = await browser.go(`${gateway.url}/auth/sign-in`, { hops: 1 });
    const callback = back.headers.get('location') ?? '';
    const begun = new Map(browser.cookies.get('localhost'));
    expect((await browser.go(callback)).url).toBe(`${gateway.url}/auth/signed-in`);
    const again = openBrowser();
    again.cookies.set('localhost', begun);
    expect((await again.go(callback)).status).toBe(400);
    expect(again.cookies.get('localhost')?.has('chakong-dev')).toBe(false);
  });

  it('takes no roles from the provider', async () => {
    crooked.twist = (claims) => ({ ...claims, sub: 'usr_sun', roles: ['officer', 'court-admin'] });
    const { me } = await browserOf(gateway, 'usr_sun');
    expect(me.roles).toEqual(['ops']);
  });

  it('finds the person by the claim and subject of the configuration', async () => {
    const { installation } = here.place.parts;
    const officers = installation.officers.map((each) =>
      each.userId === 'usr_qian' ? { ...each, subject: '990200-17' } : each,
    );
    const changed = await here.open({
      issuer: crooked.issuer,
      installation: { ...installation, officers },
      more: { oidcSubjectClaim: 'employee_number' },
    });
    crooked.twist = (claims) => ({ ...claims, employee_number: '990200-17' });
    expect((await browserOf(changed, 'usr_qian')).me.userId).toBe('usr_qian');
    crooked.twist = (claims) => ({ ...claims, employee_number: 'usr_qian' });
    expect((await browserOf(changed, 'usr_qian')).me.code).toBe('not-signed-in');
  });

  it('passes with a key that is new, and not with one that nobody shows', async () => {
    await crooked.newKey('two');
    await wait(2_100); // unknown keys make us look again, but not more often than every two seconds
    expect(await signIn()).toMatchObject({ hasSession: false });
    crooked.show('one', 'two');
    await wait(2_100);
    expect(await signIn()).toEqual(letIn);
  });

  it('does not pass any more with a key that was withdrawn', async () => {
    const { settings } = gateway;
    const keys = { mostAgeMs: 200, restMs: 0 };
    const now = () => new Date();
    const issuer = openIssuer({ url: crooked.issuer, settings, now, keys });
    const logout = async () => issuer.readLogout(await crooked.sign({ ...logoutClaims(), jti: String(Math.random()) }));
    expect((await logout()).sid).toBe('sid-1');
    crooked.show('one');
    await wait(300);
    await expect(logout()).rejects.toMatchObject({ kind: 'id-token', code: 'err_jwks_no_matching_key' });
    crooked.show('one', 'two');
  });
});

const event = 'http://schemas.openid.net/event/backchannel-logout';
const logoutClaims = () => ({
  iss: crooked.issuer,
  aud: 'chakong',
  sid: 'sid-1',
  iat: seconds(),
  exp: seconds() + 120,
  jti: `jti-${Math.random()}`,
  events: { [event]: {} },
});
const logOut = async (token: string) =>
  (await openBrowser().go(`${gateway.url}/auth/back-channel-logout`, { method: 'POST', form: { logout_token: token } }))
    .status;

describe('the provider says that somebody has signed out', () => {
  it('once', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    const token = await crooked.sign(logoutClaims());
    expect(await logOut(token)).toBe(200);
    expect((await browser.go(`${gateway.url}/api/v1/me`)).status).toBe(401);
    const again = await browserOf(gateway, 'usr_zhao');
    expect(await logOut(token)).toBe(400);
    expect((await again.browser.go(`${gateway.url}/api/v1/me`)).status).toBe(200);
  });

  it('with a person instead of a session: everywhere', async () => {
    const both = [await browserOf(gateway, 'usr_zhao'), await browserOf(gateway, 'usr_zhao')];
    expect(await logOut(await crooked.sign({ ...without(logoutClaims(), 'sid'), sub: 'usr_zhao' }))).toBe(200);
    for (const { browser } of both) expect((await browser.go(`${gateway.url}/api/v1/me`)).status).toBe(401);
  });

  const wrong: [string, () => JWTPayload][] = [
    ['for another audience', () => ({ ...logoutClaims(), aud: 'x' })],
    ['of another issuer', () => ({ ...logoutClaims(), iss: 'https://evil.example' })],
    ['without the event', () => without(logoutClaims(), 'events')],
    ['with another event', () => ({ ...logoutClaims(), events: { 'https://x/y': {} } })],
    ['with a nonce, as ID tokens have', () => ({ ...logoutClaims(), nonce: 'x' })],
    ['of nobody', () => without(logoutClaims(), 'sid')],
    ['without a number of its own', () => without(logoutClaims(), 'jti')],
    ['from too long ago', () => ({ ...logoutClaims(), iat: seconds() - 120 - skew - 5 })],
    ['from the future', () => ({ ...logoutClaims(), iat: seconds() + skew + 10 })],
  ];
  it.each(wrong)('%s: not', async (_, claims) => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    expect(await logOut(await crooked.sign(claims()))).toBe(400);
    expect((await browser.go(`${gateway.url}/api/v1/me`)).status).toBe(200);
  });

  it('by an ID token, or by nothing: not', async () => {
    await browserOf(gateway, 'usr_zhao');
    for (const token of [crooked.lastIdToken, '', 'a.b.c']) expect(await logOut(token)).toBe(400);
  });
});

describe('a provider that is away', () => {
  it('is nobody’s failure: a page says so, and later it works', async () => {
    const dead = await startCrookedIssuer();
    const orphaned = await here.open({ issuer: dead.issuer });
    await dead.stop();
    const page = await openBrowser().go(`${orphaned.url}/auth/sign-in`);
    expect([page.status, page.text.includes('does not answer')]).toEqual([503, true]);
  });
});
