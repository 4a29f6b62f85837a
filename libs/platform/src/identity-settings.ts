import { z } from 'zod';
import { setting, wholeSetting } from './environment-variable.ts';

const issuerUrl = z.url({ protocol: /^https?$/ }).refine((text) => new URL(text).search === '' && !text.includes('#'));

/** Who lets people in, and for how long. */
export const identitySettings = {
  oidcIssuer: setting(issuerUrl.nullable(), {
    name: 'CHAKONG_OIDC_ISSUER',
    default: null,
    expected: 'https://… as the provider calls itself, without query',
    meaning: 'OpenID provider that people sign in with; unset: no browser signs in (npm start brings its own provider)',
  }),
  oidcClientId: setting(z.string().min(1).max(200), {
    name: 'CHAKONG_OIDC_CLIENT_ID',
    default: 'chakong',
    expected: 'the id of this gateway at the provider',
    meaning: 'what the provider calls this gateway',
  }),
  oidcClientSecret: setting(z.string().min(8).max(1_000).nullable(), {
    name: 'CHAKONG_OIDC_CLIENT_SECRET',
    default: null,
    expected: 'at least 8 characters',
    isSecret: true,
    meaning: 'secret of this gateway at the provider; unset: a public client, by PKCE alone',
  }),
  oidcScope: setting(z.string().regex(/^openid(?: [\w.:/-]{1,80}){0,9}$/), {
    name: 'CHAKONG_OIDC_SCOPE',
    default: 'openid',
    expected: 'openid, then others separated by blanks',
    meaning: 'what is asked of the provider; more only where the claim of CHAKONG_OIDC_SUBJECT_CLAIM needs it',
  }),
  oidcSubjectClaim: setting(z.string().regex(/^[A-Za-z][\w.:/-]{0,99}$/), {
    name: 'CHAKONG_OIDC_SUBJECT_CLAIM',
    default: 'sub',
    expected: 'the name of a claim of the ID token',
    meaning: 'claim that is compared with `subject` of officers.yaml; roles never come from the provider',
  }),
  oidcClockSkewSeconds: wholeSetting(
    { from: 0, to: 300, unit: 's' },
    { name: 'CHAKONG_OIDC_CLOCK_SKEW_SECONDS', default: '60', meaning: 'how far the clock of the provider may be off' },
  ),
  sessionIdleMinutes: wholeSetting(
    { from: 1, to: 1_440, unit: 'min' },
    {
      name: 'CHAKONG_SESSION_IDLE_MINUTES',
      default: '30',
      meaning: 'a browser that does nothing for so long is signed out',
    },
  ),
  sessionHours: wholeSetting(
    { from: 1, to: 24, unit: 'h' },
    {
      name: 'CHAKONG_SESSION_HOURS',
      default: '10',
      meaning: 'a browser is signed out after so long, whatever it does',
    },
  ),
  longestLockSeconds: wholeSetting(
    { from: 30, to: 86_400, unit: 's' },
    {
      name: 'CHAKONG_LONGEST_LOCK_SECONDS',
      default: '900',
      meaning: 'failures from one address wait longer and longer, up to this',
    },
  ),
  identityPort: wholeSetting(
    { from: 0, to: 65_535, unit: 'port' },
    { name: 'CHAKONG_IDENTITY_PORT', default: '7500', meaning: 'sign-in of the demo’s people, where `up` starts it' },
  ),
};

interface Wrong {
  readonly key: string;
  readonly expected: string;
  readonly from: string;
  readonly fix: string;
}

const loopback = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\])$/;

/** What production asks of the sign-in: a real provider over https, and https for the cookie of the session. */
export function identityProblems({
  oidcIssuer,
  publicUrl,
}: {
  readonly oidcIssuer: string | null;
  readonly publicUrl: string | null;
}): readonly Wrong[] {
  if (oidcIssuer === null) return [];
  const { protocol, hostname } = new URL(oidcIssuer);
  const from = 'set in production';
  const issuer = {
    key: 'CHAKONG_OIDC_ISSUER',
    expected: 'https://… on another host: production takes no demo sign-in',
    from,
    fix: 'name the provider of the court, or unset CHAKONG_OIDC_ISSUER so that only tokens sign in',
  };
  const address = {
    key: 'CHAKONG_PUBLIC_URL',
    expected: 'https://…, because sessions of browsers go over https only',
    from: publicUrl === null ? 'unset in production' : from,
    fix: 'set CHAKONG_PUBLIC_URL to the https address under which people reach the gateway',
  };
  return [
    ...(protocol !== 'https:' || loopback.test(hostname) ? [issuer] : []),
    ...(publicUrl?.startsWith('https://') === true ? [] : [address]),
  ];
}
