import { describe, expect, it } from '@jest/globals';
import type { Keyring } from '#platform';
import { openCsrf } from './csrf.ts';
import { openPending, sealPending } from './browser/pending-sign-in.ts';
import { openSessionCookies } from './session-cookies.ts';

const key = (id: string) => ({ id, secret: Buffer.alloc(32, id) });
const old: Keyring = { keys: [key('old')] };
const rotated: Keyring = { keys: [key('new'), key('old')] };
const foreign: Keyring = { keys: [key('foreign')] };

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
