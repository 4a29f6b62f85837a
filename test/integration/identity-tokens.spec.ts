import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashToken, toDay } from '#platform';
import { type Asking, call, problem, tokens } from './gateway-place.ts';
import {
  adminToken,
  aheadBy,
  browserOf,
  type GatewayForBrowsers,
  type IdentityPlace,
  startIdentityPlace,
} from './identity-place.ts';

let here: IdentityPlace;
let gateway: GatewayForBrowsers;
beforeAll(async () => {
  here = await startIdentityPlace();
  ({ gateway } = here);
});
afterAll(() => here.stop());

const send = (method: string, path: string, { at = gateway, ...asking }: Asking & { at?: GatewayForBrowsers } = {}) =>
  call(at.url, { method, path }, { token: adminToken, ...asking });
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
const wanted = {
  userId: 'usr_zhao',
  scopes: ['cases:read', 'inquiries:read'],
  expiresAt: days(30),
  label: 'case-system',
};
const make = async (more: object = {}) => (await send('POST', 'tokens', { body: { ...wanted, ...more } })).json();
const acts = async (tokenId: string): Promise<string[]> => {
  const { rows } = await here.raw.query('SELECT body FROM audit_events ORDER BY seq');
  return rows
    .map(({ body }) => JSON.parse(body))
    .filter((each) => each.objectId === tokenId)
    .map(({ action }) => action);
};

describe('tokens that are made at work', () => {
  it('let programs in with what they were given, and are shown once', async () => {
    const asking = { body: wanted, key: 'one-token-please-1' };
    const made = await send('POST', 'tokens', asking);
    expect(made.status).toBe(201);
    const { token, tokenId, ...view } = made.json();
    expect(token).toMatch(/^ckt_[\w-]{43}$/);
    expect(made.headers.get('location')).toBe(`/api/v1/tokens/${tokenId}`);
    expect(view).toMatchObject({ userId: 'usr_zhao', createdBy: 'usr_wu', lastUsedOn: null, revokedAt: null });
    const me = await send('GET', 'me', { token });
    expect(me.json()).toMatchObject({ userId: 'usr_zhao', scopes: wanted.scopes, session: null });
    expect(problem(await send('POST', 'cases', { token, body: {} }))).toMatchObject({ code: 'not-allowed' });

    const again = await send('POST', 'tokens', asking);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.json()).toMatchObject({ tokenId, token: null });
    const read = await send('GET', `tokens/${tokenId}`);
    expect(read.json()).toMatchObject({ tokenId, lastUsedOn: toDay(new Date(), 'Asia/Shanghai') });
    expect(read.text).not.toContain(token);
    expect(here.place.logged.join('\n')).not.toContain(token);
    for (const table of ['tokens', 'idempotency_keys', 'audit_events']) {
      const { rows } = await here.raw.query<{ line: string }>(`SELECT t::text AS line FROM ${table} AS t`);
      expect(rows.map(({ line }) => line).join('\n')).not.toContain(token);
    }
    expect(await acts(tokenId)).toEqual(['token.created', 'token.created']); // asked for twice, made once
  });

  it('open nothing on any gateway from the moment they are revoked', async () => {
    const other = await here.open();
    const { token, tokenId } = await make();
    expect((await send('GET', 'me', { token, at: other })).status).toBe(200);
    const revoked = await send('DELETE', `tokens/${tokenId}`);
    expect(revoked.json().revokedAt).toEqual(expect.any(String));
    expect((await send('GET', 'me', { token, at: other })).status).toBe(401);
    expect((await send('GET', 'me', { token })).status).toBe(401);
    expect((await send('DELETE', `tokens/${tokenId}`)).json()).toEqual(revoked.json());
    expect(await acts(tokenId)).toEqual(['token.created', 'token.revoked']);
  });

  it('end at their time', async () => {
    const { token } = await make({ expiresAt: days(1) });
    const later = await here.open({ clock: aheadBy(86_400_000 + 1_000) });
    expect(problem(await send('GET', 'me', { token, at: later }))).toMatchObject({
      status: 401,
      code: 'token-expired',
    });
  });

  it('are refused with everything that is wrong at once', async () => {
    const body = { ...wanted, scopes: ['cases:read', 'operations:write', 'administration'], expiresAt: days(366) };
    expect(problem(await send('POST', 'tokens', { body }))).toMatchObject({
      status: 400,
      code: 'validation',
      at: ['/scopes/1', '/scopes/2', '/expiresAt'],
    });
    expect(problem(await send('POST', 'tokens', { body: { ...wanted, expiresAt: days(-1) } })).at).toEqual([
      '/expiresAt',
    ]);
    const foreign = problem(await send('POST', 'tokens', { body: { ...wanted, userId: 'usr_qian' } }));
    const nobody = problem(await send('POST', 'tokens', { body: { ...wanted, userId: 'usr_nobody' } }));
    expect(foreign).toEqual(nobody); // of another court, or not at all: the answer does not tell
    expect(foreign.at).toEqual(['/userId']);
  });

  it('belong to one court, and to those who administer it', async () => {
    const { tokenId } = await make();
    for (const token of [tokens.zhao, tokens.sun]) {
      expect(problem(await send('GET', 'tokens', { token })).code).toBe('not-allowed');
      expect(problem(await send('DELETE', `tokens/${tokenId}`, { token })).code).toBe('not-allowed');
      expect(problem(await send('POST', 'tokens', { token, body: wanted })).code).toBe('not-allowed');
    }
    const { installation } = here.place.parts;
    const officers = installation.officers.map((each) =>
      each.userId === 'usr_wu' ? { ...each, courtCode: '990200' } : each,
    );
    const elsewhere = await here.open({
      installation: {
        ...installation,
        officers,
        tokens: [
          {
            tokenId: 'tok_wu',
            userId: 'usr_wu',
            tokenHash: hashToken(adminToken),
            scopes: null,
            expiresAt: null,
          },
        ],
      },
    });
    expect((await send('GET', 'tokens', { at: elsewhere })).json().items).toEqual([]);
    expect(problem(await send('GET', `tokens/${tokenId}`, { at: elsewhere })).status).toBe(404);
    expect(problem(await send('DELETE', `tokens/${tokenId}`, { at: elsewhere })).status).toBe(404);
    expect((await send('GET', `tokens/${tokenId}`)).json().revokedAt).toBeNull();
  });

  it('are listed newest first, page by page', async () => {
    const made = [await make(), await make(), await make()].map(({ tokenId }) => tokenId).toReversed();
    const first = (await send('GET', 'tokens?limit=2')).json();
    expect(first.items.map(({ tokenId }: any) => tokenId)).toEqual(made.slice(0, 2));
    const next = (await send('GET', `tokens?limit=1&cursor=${first.nextCursor}`)).json();
    expect(next.items.map(({ tokenId }: any) => tokenId)).toEqual(made.slice(2));
    expect(JSON.stringify(first)).not.toMatch(/ckt_|sha256/);
  });

  it('want a fresh sign-in of a person at a browser', async () => {
    const { browser, csrf } = await browserOf(gateway, 'usr_wu');
    const ask = (at: string) =>
      browser.go(`${at}/api/v1/tokens`, {
        method: 'POST',
        body: wanted,
        headers: { ...csrf, 'idempotency-key': `by-browser-${Math.random()}-0` },
      });
    expect((await ask(gateway.url)).status).toBe(201);
    const later = await here.open({ clock: aheadBy(11 * 60_000) });
    expect((await ask(later.url)).json().code).toBe('step-up-required');
  });
});
