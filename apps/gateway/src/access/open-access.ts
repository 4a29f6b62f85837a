import type { TokenEntry } from '#contracts';
import { type Settings, toDay } from '#platform';
import type { Store } from '#store';
import { type Issuer, openIssuer } from './browser/issuer.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { type Csrf, openCsrf } from './csrf.ts';
import type { AccessKeys } from './keys.ts';
import type { People } from './people.ts';
import { openRefusalGuard, type RefusalGuard, refusalPolicy } from './refusal-guard.ts';
import { openSessionCookies, type SessionCookies } from './session-cookies.ts';
import { openSessionRegister } from './session-register.ts';
import { openTokenRegister, type TokenRegister } from './token-register.ts';

interface AccessParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly keyring: AccessKeys;
  readonly people: People;
  readonly tokens: readonly TokenEntry[];
  readonly now: () => Date;
}

interface OpenedAccess {
  readonly register: TokenRegister;
  readonly credentials: Credentials;
  readonly csrf: Csrf;
  readonly cookies: SessionCookies;
  readonly guard: RefusalGuard;
  readonly identity: Issuer | null;
}

const signInLimit = { quota: 10, windowSeconds: 60 } as const;

/** Everything that decides who somebody is. */
export function openAccess({ settings, store, keyring, people, tokens, now }: AccessParts): OpenedAccess {
  const { publicUrl, oidcIssuer: url, rateLimits, longestLockSeconds, timeZone } = settings;
  const cookies = openSessionCookies(publicUrl, keyring);
  const register = openTokenRegister({
    ...{ tokens, people, stored: store.tokens },
    dayOf: (date) => toDay(date, timeZone),
  });
  const idleMs = settings.sessionIdleMinutes * 60_000;
  const sessions = openSessionRegister({ sessions: store.sessions, cookies, people, idleMs });
  const policy = refusalPolicy(rateLimits['sign-in'] ?? signInLimit, longestLockSeconds);
  return {
    register,
    credentials: openCredentials({ tokens: register, sessions, cookies, now }),
    csrf: openCsrf(keyring, publicUrl),
    cookies,
    guard: openRefusalGuard({ refusals: store.refusals, policy, now }),
    identity: url === null ? null : openIssuer({ url, settings, now }),
  };
}
