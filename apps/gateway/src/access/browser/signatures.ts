import { createRemoteJWKSet, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { SignInFault } from './sign-in-fault.ts';

export interface IdClaims {
  readonly sub: string;
  readonly sid: string | null;
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly all: JWTPayload;
}
/** What a back-channel logout token ends: one session, or all of a person. */
export interface LogoutClaims {
  readonly sid: string | null;
  readonly sub: string | null;
  readonly jti: string;
  /** When a copy of it could not pass any more. */
  readonly until: Date;
}

/** Tokens that the provider signed, checked with the keys it publishes. */
export interface Signatures {
  readIdToken(token: string, now: Date): Promise<IdClaims>;
  readLogoutToken(token: string, now: Date): Promise<LogoutClaims>;
}

export interface SignatureParts {
  readonly jwksUri: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly skewSeconds: number;
  readonly keys: { readonly mostAgeMs: number; readonly restMs: number };
  readonly deadlineSeconds: number;
}

/** Public keys only: with `none` or a shared secret anybody could sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const longestLogoutSeconds = 120;

const idClaims = z.looseObject({
  sub: z.string().min(1).max(255),
  sid: z.string().min(1).max(255).optional(),
  iat: z.number(),
  auth_time: z.number(),
});
const logoutClaims = z
  .looseObject({
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    iat: z.number(),
    jti: z.string().min(1).max(255),
    events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

export function openSignatures(parts: SignatureParts): Signatures {
  const { jwksUri, issuer, clientId, skewSeconds, keys, deadlineSeconds } = parts;
  const keySet = createRemoteJWKSet(new URL(jwksUri), {
    cacheMaxAge: keys.mostAgeMs,
    cooldownDuration: keys.restMs,
    timeoutDuration: deadlineSeconds * 1_000,
  });
  const verify = async (token: string, now: Date, more: JWTVerifyOptions = {}): Promise<JWTPayload> => {
    const rules = { issuer, audience: clientId, clockTolerance: skewSeconds, currentDate: now, algorithms, ...more };
    const { payload } = await jwtVerify(token, keySet, rules);
    // exp and nbf are the library's; a token of tomorrow is no better than one of yesterday
    if ((payload.iat ?? 0) > now.getTime() / 1_000 + skewSeconds) throw new SignInFault('id-token', 'issued-ahead');
    return payload;
  };
  return {
    async readIdToken(token, now) {
      const all = await verify(token, now, { requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub', 'auth_time'] });
      const read = idClaims.safeParse(all);
      if (!read.success) throw new SignInFault('id-token', 'claims');
      return { sub: read.data.sub, sid: read.data.sid ?? null, authTime: read.data.auth_time, all };
    },
    async readLogoutToken(token, now) {
      const payload = await verify(token, now, { maxTokenAge: longestLogoutSeconds });
      const read = logoutClaims.safeParse(payload);
      if (!read.success) throw new SignInFault('id-token', 'logout-claims');
      const { sub = null, sid = null, jti, iat } = read.data;
      return { sub, sid, jti, until: new Date((iat + longestLogoutSeconds + skewSeconds + 1) * 1_000) };
    },
  };
}
