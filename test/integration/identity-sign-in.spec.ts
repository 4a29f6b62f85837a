import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPending, sealPending } from '../../apps/gateway/src/access/browser/pending-sign-in.ts';
import { type Browser, openBrowser } from './browser.ts';
import { newCase, prepare, problem as problemOf, type Reply, tokens } from './gateway-place.ts';
import {
  aheadBy,
  browserOf,
  type GatewayForBrowsers,
  type IdentityPlace,
  signInAs,
  startIdentityPlace,
  stranger,
} from './identity-place.ts';

let here: IdentityPlace;
let gateway: GatewayForBrowsers;
beforeAll(async () => {
  here = await startIdentityPlace();
  ({ gateway } = here);
});
afterAll(() => here.stop());

const problem = (page: Pick<Reply, 'status' | 'headers' | 'text' | 'json'>) => problemOf(page);
const sessionCookie = 'chakong-dev';
const cookieOf = (browser: Browser) => browser.cookies.get('localhost')?.get(sessionCookie);
const signInCookie = (browser: Browser) => browser.cookies.get('localhost')?.get(`${sessionCookie}-sign-in`);
const me = (browser: Browser, at = gateway) => browser.go(`${at.url}/api/v1/me`);
const createCase = (browser: Browser, headers: Record<string, string>) =>
  browser.go(`${gateway.url}/api/v1/cases`, {
    method: 'POST',
    body: newCase,
    headers: { 'idempotency-key': randomUUID(), ...headers },
  });
const ledgerOf = async (action: string): Promise<any[]> => {
  const { rows } = await here.raw.query('SELECT body FROM audit_events ORDER BY seq');
  return rows.map(({ body }) => JSON.parse(body)).filter((each) => each.action === action);
};

describe('signing in with a browser', () => {
  it('goes to the provider and back to the page that was asked for, and the person is known', async () => {
    const browser = openBrowser();
    const landed = await signInAs(browser, gateway, { userId: 'usr_zhao', query: '?returnTo=/api/v1/me' });
    expect(landed.url).toBe(`${gateway.url}/api/v1/me`);
    expect(landed.json()).toMatchObject({
      userId: 'usr_zhao',
      roles: ['officer'],
      session: { csrfToken: expect.any(String) },
    });
    expect(browser.attributes.get(sessionCookie)).toMatch(/; Max-Age=36000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookieOf(browser)).toMatch(/^[\w-]{43}\.[0-9a-f]{32}$/);
    expect(signInCookie(browser)).toBeUndefined();
    const { rows } = await here.raw.query('SELECT * FROM sessions');
    expect(JSON.stringify(rows)).not.toContain(cookieOf(browser));
    expect((await ledgerOf('session.opened')).at(-1)).toMatchObject({
      actor: { userId: 'usr_zhao', role: 'officer', courtCode: '990100', via: expect.stringMatching(/^ses_/) },
    });
  });

  it('asks with PKCE, state and nonce, and keeps them out of reach', async () => {
    const browser = openBrowser();
    const started = await browser.go(`${gateway.url}/auth/sign-in`, { hops: 0 });
    const asked = new URL(started.headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${gateway.url}/auth/callback`,
      scope: 'openid',
    });
    expect(browser.attributes.get(`${sessionCookie}-sign-in`)).toMatch(
      /; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const sealed = Buffer.from(signInCookie(browser) ?? '', 'base64url').toString('latin1');
    expect(sealed).not.toContain(asked.get('state'));
  });

  it('goes by one name of this machine, where the cookie will be found again', async () => {
    const { port } = new URL(gateway.url);
    const page = await openBrowser().go(`http://127.0.0.1:${port}/auth/sign-in?returnTo=/x`, { hops: 0 });
    expect(page.headers.get('location')).toBe(`${gateway.url}/auth/sign-in?returnTo=/x`);
  });

  it('gives a new session at every sign-in, and ends the one this browser had', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    const before = cookieOf(browser);
    await signInAs(browser, gateway, { userId: 'usr_zhao' });
    expect(cookieOf(browser)).not.toBe(before);
    const old = await openBrowser().go(`${gateway.url}/api/v1/me`, {
      headers: { cookie: `${sessionCookie}=${before}` },
    });
    expect(problem(old).status).toBe(401);
    expect((await ledgerOf('session.closed')).at(-1)).toMatchObject({ detail: { cause: 'replaced' } });
  });

  it('takes no session that somebody else planted', async () => {
    const browser = openBrowser();
    const planted = `${'A'.repeat(43)}.${'0'.repeat(32)}`;
    browser.cookies.set('localhost', new Map([[sessionCookie, planted]]));
    await signInAs(browser, gateway, { userId: 'usr_zhao' });
    expect(cookieOf(browser)).not.toBe(planted);
    expect((await me(browser)).json().userId).toBe('usr_zhao');
  });

  it('does not let in whoever is not in the register, and names nobody in the ledger', async () => {
    const browser = openBrowser();
    const page = await signInAs(browser, gateway, { userId: stranger.userId });
    expect(page.status).toBe(403);
    expect(page.text).toContain('人员名册');
    expect(page.text).toContain('not in the register');
    expect(cookieOf(browser)).toBeUndefined();
    const last = (await ledgerOf('session.refused')).at(-1);
    expect(last).toMatchObject({
      actor: { userId: null, role: 'visitor' },
      detail: { way: 'sign-in' },
      result: 'refused',
    });
    expect(JSON.stringify(last)).not.toContain(stranger.userId);
  });

  it('is refused from another browser, with another state, a second time', async () => {
    const browser = openBrowser();
    const picker = await browser.go(`${gateway.url}/auth/sign-in`);
    const cookie = signInCookie(browser) ?? '';
    const back = await browser.go(picker.url, { method: 'POST', form: { person: 'usr_zhao' }, hops: 1 });
    const callback = back.headers.get('location') ?? '';
    expect(callback).toContain('/auth/callback?code=');
    const victim = openBrowser();
    expect((await victim.go(callback)).status).toBe(400); // nothing was begun there
    await victim.go(`${gateway.url}/auth/sign-in`, { hops: 0 });
    expect((await victim.go(callback)).status).toBe(400); // what was begun there is something else
    expect(cookieOf(victim)).toBeUndefined();
    expect((await browser.go(callback, { hops: 0 })).status).toBe(303);
    const again = openBrowser();
    again.cookies.set('localhost', new Map([[`${sessionCookie}-sign-in`, cookie]]));
    expect((await again.go(callback)).status).toBe(400);
    expect(cookieOf(again)).toBeUndefined();
  });

  it.each([
    [{ verifier: 'x'.repeat(43) }, undefined],
    [{ nonce: 'x'.repeat(43) }, undefined],
    [{}, expect.any(String)],
  ])('needs the verifier and the nonce it began with: %j', async (change, cookie) => {
    const browser = openBrowser();
    const picker = await browser.go(`${gateway.url}/auth/sign-in`);
    const { keyring } = here.place.parts;
    const pending = openPending(keyring, signInCookie(browser), new Date());
    const changed = sealPending(keyring, { ...pending!, ...change });
    browser.cookies.get('localhost')?.set(`${sessionCookie}-sign-in`, changed);
    const page = await browser.go(picker.url, { method: 'POST', form: { person: 'usr_zhao' } });
    expect(new URL(page.url).origin).toBe(gateway.url);
    expect([page.status, cookieOf(browser)]).toEqual([cookie === undefined ? 400 : 200, cookie]);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/%2Fevil.example',
    '/%09/evil.example',
    '%2F%2Fevil.example',
    '/a\nb',
  ])('goes nowhere else afterwards: %j', async (returnTo) => {
    const landed = await signInAs(openBrowser(), gateway, {
      userId: 'usr_zhao',
      query: `?returnTo=${encodeURIComponent(returnTo)}`,
    });
    expect(new URL(landed.url).origin).toBe(gateway.url);
    if (returnTo !== '/%09/evil.example') expect(landed.url).toBe(`${gateway.url}/auth/signed-in`);
  });
});

describe('a session', () => {
  it('changes something only with its own anti-forgery token, from our own pages', async () => {
    const { browser, csrf } = await browserOf(gateway, 'usr_zhao');
    const other = await browserOf(gateway, 'usr_zhao');
    for (const headers of [
      {},
      { 'x-csrf-token': 'x' },
      other.csrf,
      { ...csrf, origin: 'https://evil.example' },
      { ...csrf, origin: 'null' },
      { ...csrf, 'sec-fetch-site': 'cross-site' },
      { ...csrf, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect(problem(await createCase(browser, headers))).toMatchObject({ status: 403, code: 'csrf' });
    }
    const right = { ...csrf, origin: gateway.url, 'sec-fetch-site': 'same-origin' };
    expect((await createCase(browser, right)).status).toBe(201);
  });

  it('is not looked at when a token is sent', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    const sent = { authorization: `Bearer ${tokens.sun}` };
    const both = await browser.go(`${gateway.url}/api/v1/me`, { headers: sent });
    expect(both.json()).toMatchObject({ userId: 'usr_sun', session: null });
    expect(problem(await createCase(browser, sent))).toMatchObject({ status: 403, code: 'not-allowed' });
    const wrong = { authorization: 'Bearer ckt_nobody-has-this-0000000000' };
    expect((await browser.go(`${gateway.url}/api/v1/me`, { headers: wrong })).status).toBe(401);
  });

  it('ends by signing out, here and at the provider', async () => {
    const { browser, csrf } = await browserOf(gateway, 'usr_zhao');
    const address = `${gateway.url}/auth/sign-out`;
    expect((await browser.go(address)).status).toBe(404);
    expect(problem(await browser.go(address, { method: 'POST' }))).toMatchObject({ status: 403, code: 'csrf' });
    expect((await me(browser)).status).toBe(200);
    const cookie = cookieOf(browser);
    const { endSessionUrl } = (await browser.go(address, { method: 'POST', headers: csrf })).json();
    expect(new URL(endSessionUrl).origin).toBe(here.identity.issuer);
    expect(cookieOf(browser)).toBeUndefined();
    const stolen = await openBrowser().go(`${gateway.url}/api/v1/me`, {
      headers: { cookie: `${sessionCookie}=${cookie}` },
    });
    expect(stolen.status).toBe(401);
    const asked = await browser.go(endSessionUrl);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const left = await browser.go(action, { method: 'POST', form: { xsrf, logout: 'yes' } });
    expect(left.url).toBe(`${gateway.url}/auth/signed-out`);
    expect((await browser.go(`${gateway.url}/auth/sign-in`)).text).toContain('Who are you?');
  });

  it('ends by the form of our own page, which leads on to the provider', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    const page = await browser.go(`${gateway.url}/auth/signed-in`);
    expect(page.text).toContain('赵执 · 某市某区人民法院 · officer');
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${here.identity.issuer};`);
    expect(page.headers.get('referrer-policy')).toBe('same-origin'); // else browsers send `Origin: null` with the form
    const form = { csrfToken: /name="csrfToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '' };
    const headers = { origin: gateway.url, 'sec-fetch-site': 'same-origin' };
    const address = `${gateway.url}/auth/sign-out`;
    const foreign = await browser.go(address, { method: 'POST', form, headers: { origin: 'https://evil.example' } });
    expect(problem(foreign)).toMatchObject({ status: 403, code: 'csrf' });
    const left = await browser.go(address, { method: 'POST', form, headers, hops: 0 });
    expect([left.status, new URL(left.headers.get('location') ?? '').origin]).toEqual([303, here.identity.issuer]);
    expect((await browser.go(`${gateway.url}/auth/signed-in`, { hops: 1 })).way.at(-1)).toBe(
      `${gateway.url}/auth/sign-in`,
    );
  });

  it('ends when its person signs out at the provider from another place', async () => {
    const { browser } = await browserOf(gateway, 'usr_qian');
    const elsewhere = openBrowser();
    elsewhere.cookies.set('127.0.0.1', new Map(browser.cookies.get('127.0.0.1')));
    const asked = await elsewhere.go(`${here.identity.issuer}/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    await elsewhere.go(`${here.identity.issuer}/session/end/confirm`, {
      method: 'POST',
      form: { xsrf, logout: 'yes' },
    });
    expect((await me(browser)).status).toBe(401);
    expect((await ledgerOf('session.closed')).at(-1)).toMatchObject({
      actor: { userId: 'usr_qian' },
      detail: { cause: 'provider' },
    });
  });

  it('ends after its time, used or not', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhao');
    const later = await here.open({ clock: aheadBy(29 * 60_000) });
    expect((await me(browser, later)).status).toBe(200); // and it is used: half an hour from there
    const muchLater = await here.open({ clock: aheadBy(58 * 60_000) });
    expect((await me(browser, muchLater)).status).toBe(200);
    const tooLate = await here.open({ clock: aheadBy(89 * 60_000) });
    const page = await me(browser, tooLate);
    expect([problem(page).code, cookieOf(browser)]).toEqual(['not-signed-in', undefined]);

    const busy = await browserOf(gateway, 'usr_zhao');
    await here.raw.query("UPDATE sessions SET idle_ends_at = ends_at WHERE user_id = 'usr_zhao'");
    const almost = await here.open({ clock: aheadBy(10 * 3_600_000 - 60_000) });
    expect((await me(busy.browser, almost)).status).toBe(200);
    const over = await here.open({ clock: aheadBy(10 * 3_600_000 + 60_000) });
    expect((await me(busy.browser, over)).status).toBe(401);
  });

  it('ends with the person’s place in the register', async () => {
    const { browser } = await browserOf(gateway, 'usr_zhou');
    const { installation } = here.place.parts;
    const officers = installation.officers.filter(({ userId }) => userId !== 'usr_zhou');
    const without = await here.open({ installation: { ...installation, officers } });
    expect((await me(browser, without)).status).toBe(401);
    expect((await ledgerOf('session.closed')).at(-1)).toMatchObject({ detail: { cause: 'left-register' } });
  });

  it('is asked to be fresh for raw messages, and tokens are not', async () => {
    const raw = '/api/v1/answers/ans_00000000000000000000000000/raw?inquiryId=inq_00000000000000000000000000';
    const headers = { 'x-purpose': 'objection' };
    const { browser } = await browserOf(gateway, 'usr_zhao');
    expect(problem(await browser.go(`${gateway.url}${raw}`, { headers }))).toMatchObject({ status: 404 });
    const later = await here.open({ clock: aheadBy(11 * 60_000) });
    const stale = await browser.go(`${later.url}${raw}`, { headers });
    expect(problem(stale)).toMatchObject({ status: 403, code: 'step-up-required' });
    expect(stale.text).toContain('/auth/sign-in?fresh=1&returnTo=');
    const byToken = { ...headers, authorization: `Bearer ${tokens.zhao}` };
    expect((await openBrowser().go(`${later.url}${raw}`, { headers: byToken })).status).toBe(404);
    // the provider knows this browser, and asks all the same
    const picker = await browser.go(`${gateway.url}/auth/sign-in?fresh=1`);
    expect(picker.text).toContain('Who are you?');
    await browser.go(picker.url, { method: 'POST', form: { person: 'usr_zhao' } });
    expect((await me(browser)).json().userId).toBe('usr_zhao');
  });

  it('takes its event streams along when it ends', async () => {
    const asked = await prepare(here.place);
    const { inquiryId } = (await here.place.call('POST', 'inquiries', { body: asked.body })).json();
    const { browser, csrf } = await browserOf(gateway, 'usr_zhao');
    const headers = { cookie: `${sessionCookie}=${cookieOf(browser)}` };
    const stream = await fetch(`${gateway.url}/api/v1/inquiries/${inquiryId}/events`, { headers });
    expect(stream.status).toBe(200);
    await browser.go(`${gateway.url}/auth/sign-out`, { method: 'POST', headers: csrf });
    expect(await stream.text()).toMatch(/event: snapshot\n[^]*event: signed-out\ndata: \{\}\n\n$/); // it has ended
  });

  it('opens the board of the queues to operators', async () => {
    const board = (browser: Browser) => browser.go(`${gateway.url}/ops/queues`, { headers: { accept: 'text/html' } });
    expect((await board((await browserOf(gateway, 'usr_sun')).browser)).status).toBe(200);
    expect((await board((await browserOf(gateway, 'usr_zhao')).browser)).status).toBe(403);
    expect((await board(openBrowser())).status).toBe(401);
  });
});
