import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DataKeyRow, WrappedDataKey } from '#contracts';
import { bindKeyring, type BoundKeyring } from '#platform';
import { openCsrf } from './csrf.ts';
import { openPending, sealPending } from './browser/pending-sign-in.ts';
import { openSessionCookies } from './session-cookies.ts';

const never = new AbortController().signal;
const start = new Date('2026-11-21T00:00:00Z');
const row = (wrapped: WrappedDataKey, activeFrom: Date): DataKeyRow => ({ ...wrapped, activeFrom, retiredAt: null });

/** Keys with these data keys of each purpose, the newest in use. */
async function keysWith(rows: readonly DataKeyRow[]): Promise<BoundKeyring> {
  const keys = bindKeyring({ keys: [{ id: 'ring', secret: Buffer.alloc(32, 'ring') }] });
  await keys.take(rows, new Date('2026-11-22T00:00:00Z'), never);
  return keys;
}
async function dataKeys(activeFrom: Date): Promise<DataKeyRow[]> {
  const keys = bindKeyring({ keys: [{ id: 'ring', secret: Buffer.alloc(32, 'ring') }] });
  const made = [await keys.make('seal', never), await keys.make('blind-index', never)];
  return made.map((each) => row(each, activeFrom));
}

let old: BoundKeyring;
let rotated: BoundKeyring;
let foreign: BoundKeyring;
beforeAll(async () => {
  const first = await dataKeys(start);
  old = await keysWith(first);
  rotated = await keysWith([...first, ...(await dataKeys(new Date(start.getTime() + 3_600_000)))]);
  foreign = await keysWith(await dataKeys(start));
});

describe('the cookie of a session', () => {
  it('is bound to this host over https, and has another name over plain http', () => {
    expect(openSessionCookies('https://chakong.court.example', old)).toMatchObject({
      session: '__Host-chakong',
      signIn: '__Host-chakong-sign-in',
      attributes: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
    });
    expect(openSessionCookies('http://localhost:7300', old)).toMatchObject({
      session: 'chakong-dev',
      attributes: { secure: false },
    });
  });

  it('is never the same, and known as ours also after the keys were changed', () => {
    const cookies = openSessionCookies('https://a.example', old);
    const secrets = Array.from({ length: 50 }, () => cookies.newSecret());
    expect(new Set(secrets).size).toBe(50);
    const [secret = ''] = secrets;
    expect(openSessionCookies('https://a.example', rotated).isOurs(secret)).toBe(true);
    expect(openSessionCookies('https://a.example', foreign).isOurs(secret)).toBe(false);
    for (const wrong of ['', secret.slice(1), `${secret}0`, secret.replace('.', ''), secret.split('.')[0]!])
      expect(cookies.isOurs(wrong)).toBe(false);
  });
});

describe('what is sealed for one browser', () => {
  const at = new Date('2026-11-22T00:00:00Z');
  const pending = {
    ...{ state: 's', nonce: 'n', verifier: 'v', returnTo: '/', fresh: false },
    startedAtMs: at.getTime(),
  };

  it('opens for ten minutes, and not when it was changed', () => {
    const cookie = sealPending(old, pending);
    expect(openPending(rotated, cookie, at)).toEqual(pending);
    expect(openPending(old, cookie, new Date(at.getTime() + 599_999))).toEqual(pending);
    expect(openPending(old, cookie, new Date(at.getTime() + 600_000))).toBeNull();
    expect(openPending(old, cookie, new Date(at.getTime() - 1))).toBeNull();
    expect(openPending(foreign, cookie, at)).toBeNull();
    for (const wrong of [undefined, '', 'x', `${cookie.slice(0, -2)}AA`, 'A'.repeat(5_000)])
      expect(openPending(old, wrong, at)).toBeNull();
  });

  it('an anti-forgery token made before the keys were changed still fits its session', () => {
    const url = 'https://a.example';
    const token = openCsrf(old, url).tokenOf('ses_1');
    expect(() => openCsrf(rotated, url).check({ headers: {} }, 'ses_1', token)).not.toThrow();
    expect(() => openCsrf(rotated, url).check({ headers: {} }, 'ses_2', token)).toThrow('another session');
    expect(() => openCsrf(foreign, url).check({ headers: {} }, 'ses_1', token)).toThrow('another session');
  });
});
