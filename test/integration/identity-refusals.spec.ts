import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openBrowser } from './browser.ts';
import { tokens } from './gateway-place.ts';
import { aheadBy, browserOf, type IdentityPlace, signInAs, startIdentityPlace, stranger } from './identity-place.ts';

let here: IdentityPlace;
beforeAll(async () => {
  here = await startIdentityPlace();
});
afterAll(() => here.stop());
beforeEach(async () => {
  await here.raw.query('DELETE FROM refused_addresses');
});

const wrong = 'ckt_nobody-has-this-000000000000';
const strict = {
  rateLimits: { default: { quota: 10_000, windowSeconds: 60 }, 'sign-in': { quota: 3, windowSeconds: 60 } },
};

interface Answer {
  readonly status: number;
  readonly retryAfter: number;
}
/** A call from an address of this machine. */
const from = (localAddress: string, url: string, token: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const headers = { authorization: `Bearer ${token}` };
    get({ host: '127.0.0.1', port, path: '/api/v1/me', localAddress, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: Number(response.headers['retry-after'] ?? 0) }),
      );
    }).on('error', reject);
  });
const times = async (count: number, call: () => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let each = 0; each < count; each += 1) answers.push(await call());
  return answers;
};
const refusals = async (): Promise<any[]> => {
  const { rows } = await here.raw.query('SELECT body FROM audit_events ORDER BY seq');
  return rows.map(({ body }) => JSON.parse(body)).filter(({ action }) => action === 'session.refused');
};

describe('failures from one address', () => {
  it('wait after the quota, on every gateway, and nobody else does', async () => {
    const [one, other] = [await here.open({ more: strict }), await here.open({ more: strict })];
    const failures = [
      ...(await times(2, () => from('127.0.0.1', one.url, wrong))),
      ...(await times(3, () => from('127.0.0.1', other.url, wrong))),
    ];
    expect(failures.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
    expect(failures.at(-1)?.retryAfter).toBeGreaterThan(20);
    expect(failures.at(-1)?.retryAfter).toBeLessThanOrEqual(30);
    expect((await from('127.0.0.1', one.url, wrong)).status).toBe(429);
    expect((await from('127.0.0.2', one.url, wrong)).status).toBe(401);
    expect((await from('127.0.0.1', one.url, tokens.zhao)).status).toBe(200); // what is right passes
    expect((await from('127.0.0.2', one.url, tokens.zhao)).status).toBe(200);
  });

  it('wait longer each time, up to a limit, and the wait has an end', async () => {
    const waits: number[] = [];
    let ahead = 0;
    for (let round = 0; round < 4; round += 1) {
      const gateway = await here.open({ more: { ...strict, longestLockSeconds: 100 }, clock: aheadBy(ahead) });
      const answers = await times(4, () => from('127.0.0.1', gateway.url, wrong));
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      waits.push(answers.at(-1)!.retryAfter);
      ahead += (answers.at(-1)!.retryAfter + 1) * 1_000;
    }
    expect(waits).toEqual([30, 60, 100, 100]);
  });

  it('are not the visits of those who sent nothing, or come back with an old cookie', async () => {
    const gateway = await here.open({ more: strict });
    const { browser, csrf } = await browserOf(here.gateway, 'usr_zhao');
    const cookie = `chakong-dev=${browser.cookies.get('localhost')?.get('chakong-dev')}`;
    await browser.go(`${here.gateway.url}/auth/sign-out`, { method: 'POST', headers: csrf });
    for (const headers of [{}, { cookie }] as Record<string, string>[])
      for (let each = 0; each < 6; each += 1)
        expect((await openBrowser().go(`${gateway.url}/api/v1/me`, { headers })).status).toBe(401);
    const forged = { cookie: `chakong-dev=${'A'.repeat(43)}.${'0'.repeat(32)}` };
    const statuses: number[] = [];
    for (let each = 0; each < 4; each += 1)
      statuses.push((await openBrowser().go(`${gateway.url}/api/v1/me`, { headers: forged })).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  it('keep people from the sign-in page for a while, and only there', async () => {
    const gateway = await here.open({ more: strict });
    // the provider sends people to the first gateway, whose quota is wide: the state of this one is not known there
    for (let each = 0; each < 4; each += 1) await openBrowser().go(`${gateway.url}/auth/callback?code=x&state=y`);
    const page = await openBrowser().go(`${gateway.url}/auth/sign-in`);
    expect([page.status, page.text.includes('nobody is locked out for good')]).toEqual([429, true]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await from('127.0.0.1', gateway.url, tokens.zhao)).status).toBe(200);
    expect((await from('127.0.0.1', gateway.url, wrong)).status).toBe(401);
    const later = await here.open({ more: strict, clock: aheadBy(31_000) });
    expect((await openBrowser().go(`${later.url}/auth/sign-in`, { hops: 0 })).status).toBe(302);
  });

  it('fill no ledger: one entry per address and minute, with how many there were', async () => {
    const before = (await refusals()).length;
    const gateway = await here.open({ more: strict });
    await times(20, () => from('127.0.0.1', gateway.url, wrong));
    expect((await refusals()).length).toBe(before + 1);
    const settings = { ...gateway.settings, port: 0 };
    const later = await here.place.another({
      settings: { ...settings, controlUrl: 'tcp://127.0.0.1:0' },
      clock: aheadBy(61_000),
    });
    // what a gateway has counted in memory it puts down when it closes, and whoever is next tells the ledger
    await gateway.running.stop(100);
    await later.stop(100);
    const told = (await refusals()).slice(before);
    expect(told.map(({ detail }) => detail.times)).toEqual([1, 19]);
    expect(told[1]).toMatchObject({ address: '127.0.0.1', detail: { way: 'token', 'unknown-token': 19 } });
    expect(JSON.stringify(told)).not.toContain(wrong);
  });

  it('of strangers are told to the ledger without a name', async () => {
    const before = (await refusals()).length;
    await signInAs(openBrowser(), here.gateway, { userId: stranger.userId });
    expect((await refusals()).slice(before)).toMatchObject([
      { detail: { way: 'sign-in', 'not-in-register': 1, times: 1 } },
    ]);
  });
});
