import type { Settings } from '#platform';
import * as oidc from 'openid-client';
import { type LogoutClaims, openSignatures, type Signatures } from './signatures.ts';
import type { PendingSignIn } from './pending-sign-in.ts';
import { asFault, faultOf, SignInFault, type SignInFaultKind } from './sign-in-fault.ts';

/** Who somebody is, as the provider proved it. */
export interface Proof {
  /** The claim that is compared with the register. */
  readonly subject: string;
  readonly sub: string;
  readonly sid: string | null;
  readonly authenticatedAt: Date;
  readonly idToken: string;
}

export type SignOutPlace =
  | { readonly url: string }
  | { readonly url: null; readonly why: SignInFaultKind | 'not-offered' };

/** The OpenID provider of the court: code flow with PKCE, and signing out on both sides. */
export interface Issuer {
  /** As it calls itself; its tokens name it. */
  readonly url: string;
  /** @throws SignInFault `provider-away` */
  signInUrl(pending: PendingSignIn): Promise<URL>;
  /**
   * Exchanges what the browser brought back for a proof of who they are.
   * @throws SignInFault
   */
  prove(callback: URL, pending: PendingSignIn): Promise<Proof>;
  /** Where the browser signs out over there, or why there is no such place. */
  signOutUrl(idToken: string): Promise<SignOutPlace>;
  /** @throws SignInFault */
  readLogout(logoutToken: string): Promise<LogoutClaims>;
}

type IssuerSettings = Pick<
  Settings,
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcScope'
  | 'oidcSubjectClaim'
  | 'oidcClockSkewSeconds'
  | 'sessionHours'
  | 'publicUrl'
>;

export interface IssuerParts {
  readonly url: string;
  readonly settings: IssuerSettings;
  readonly now: () => Date;
  /** How long keys of the provider are trusted unseen, and how soon after a look an unknown one makes us look again. */
  readonly keys?: { readonly mostAgeMs: number; readonly restMs: number };
}

interface Found {
  readonly config: oidc.Configuration;
  readonly signatures: Signatures;
}

const deadlineSeconds = 10;
const discoveredForMs = 3_600_000;
const usualKeys = { mostAgeMs: 60_000, restMs: 2_000 } as const;

export function openIssuer(parts: IssuerParts): Issuer {
  const { url, settings, now } = parts;
  const find = remembered(() => discover(parts), now);
  return {
    url,
    async signInUrl(pending) {
      const { config } = await find();
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${settings.publicUrl}/auth/callback`,
        scope: settings.oidcScope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        // asked for always: with it every provider has to say when the person proved who they are
        max_age: pending.fresh ? '0' : String(settings.sessionHours * 3_600),
        ...(pending.fresh ? { prompt: 'login' } : {}),
      });
    },
    prove: async (callback, pending) => prove(parts, await find(), { callback, pending }),
    async signOutUrl(idToken) {
      const found = await find().catch(asFault);
      if (found instanceof SignInFault) return { url: null, why: found.kind }; // the session here has ended already
      if (found.config.serverMetadata().end_session_endpoint === undefined) return { url: null, why: 'not-offered' };
      const asked = { id_token_hint: idToken, post_logout_redirect_uri: `${settings.publicUrl}/auth/signed-out` };
      return { url: oidc.buildEndSessionUrl(found.config, asked).href };
    },
    async readLogout(logoutToken) {
      const { signatures } = await find();
      return signatures.readLogoutToken(logoutToken, now()).catch(faultOf);
    },
  };
}

interface CameBack {
  readonly callback: URL;
  readonly pending: PendingSignIn;
}

async function prove(
  { settings, now }: IssuerParts,
  { config, signatures }: Found,
  { callback, pending }: CameBack,
): Promise<Proof> {
  const checks = {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.verifier,
    idTokenExpected: true,
  };
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks).catch(faultOf);
  const idToken = tokens.id_token;
  if (idToken === undefined) throw new SignInFault('id-token', 'missing');
  const claims = await signatures.readIdToken(idToken, now()).catch(faultOf);
  const subject = claims.all[settings.oidcSubjectClaim];
  if (typeof subject !== 'string' || subject === '') throw new SignInFault('id-token', 'no-subject-claim');
  const skewMs = settings.oidcClockSkewSeconds * 1_000;
  const authenticatedMs = claims.authTime * 1_000;
  if (authenticatedMs > now().getTime() + skewMs) throw new SignInFault('id-token', 'auth-time-ahead');
  // whole seconds: a sign-in within the second in which it was asked for is a new one
  if (pending.fresh && authenticatedMs + 999 + skewMs < pending.startedAtMs)
    throw new SignInFault('id-token', 'not-fresh');
  const authenticatedAt = new Date(Math.min(authenticatedMs, now().getTime()));
  return { subject, sub: claims.sub, sid: claims.sid, authenticatedAt, idToken };
}

async function discover({ url, settings, keys = usualKeys }: IssuerParts): Promise<Found> {
  const { oidcClientId: clientId, oidcClientSecret: secret, oidcClockSkewSeconds: skewSeconds } = settings;
  const metadata = { [oidc.clockTolerance]: skewSeconds };
  const proof = secret === null ? oidc.None() : oidc.ClientSecretBasic(secret);
  // only the demo and tests have a provider over http: production refuses it when settings are read
  const execute = url.startsWith('http://') ? [oidc.allowInsecureRequests] : [];
  const config = await oidc
    .discovery(new URL(url), clientId, metadata, proof, { execute, timeout: deadlineSeconds })
    .catch((error: unknown) => {
      throw new SignInFault('provider-away', 'discovery', { cause: error });
    });
  const { jwks_uri: jwksUri, issuer: named } = config.serverMetadata();
  if (jwksUri === undefined) throw new SignInFault('provider-away', 'no-keys');
  const signatures = openSignatures({ jwksUri, issuer: named, clientId, skewSeconds, keys, deadlineSeconds });
  return { config, signatures };
}

/** Found once, and again after an hour or a failure. */
function remembered(find: () => Promise<Found>, now: () => Date): () => Promise<Found> {
  let known: { readonly found: Promise<Found>; readonly atMs: number } | null = null;
  return async () => {
    const atMs = now().getTime();
    if (known === null || atMs - known.atMs > discoveredForMs) {
      const found = find();
      const own = { found, atMs };
      known = own;
      found.catch(() => {
        if (known === own) known = null;
      });
    }
    return known.found;
  };
}
