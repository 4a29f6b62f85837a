import { createHash } from 'node:crypto';
import Provider, { type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { IdentityKeys } from './keys.ts';
import { type DemoPerson, messagePage, signOutPage } from './pages.ts';
import { openShelf } from './shelf.ts';

export interface IssuerParts {
  readonly issuer: string;
  readonly keys: IdentityKeys;
  readonly people: readonly DemoPerson[];
  readonly clientId: string;
  /** Where the gateway is reached by browsers. */
  readonly gatewayUrl: string;
  /** Where the gateway is reached from here, to tell it who signed out. */
  readonly gatewayDirectUrl: () => string;
  readonly nowMs: () => number;
}

const shortSeconds = 600;
const daySeconds = 36_000;

export const subjectOf = ({ subject, userId }: DemoPerson): string => subject ?? userId;

/** The provider with one client, the gateway, and one scope. */
export function openDemoIssuer(parts: IssuerParts): Provider {
  const provider = new Provider(parts.issuer, configurationOf(parts));
  provider.proxy = false;
  provider.silent = true; // start-identity.ts listens to what goes wrong
  return provider;
}

const lifetimes = {
  AccessToken: shortSeconds,
  AuthorizationCode: 60,
  IdToken: shortSeconds,
  Interaction: shortSeconds,
  Grant: daySeconds,
  Session: daySeconds,
};

const clientOf = ({ clientId, gatewayUrl }: IssuerParts): ClientMetadata => ({
  client_id: clientId,
  token_endpoint_auth_method: 'none',
  id_token_signed_response_alg: 'ES256',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${gatewayUrl}/auth/callback`],
  post_logout_redirect_uris: [`${gatewayUrl}/auth/signed-out`],
  backchannel_logout_uri: `${gatewayUrl}/auth/back-channel-logout`,
  backchannel_logout_session_required: true,
});

function configurationOf(parts: IssuerParts): Configuration {
  const { keys, people, nowMs } = parts;
  const known = new Set(people.map(subjectOf));
  return {
    adapter: openShelf(nowMs),
    clients: [clientOf(parts)],
    jwks: keys.jwks,
    // names of this issuer: cookies know no ports, and two demos on one machine would sign each other out
    cookies: { keys: keys.cookieKeys, names: cookieNames(parts.issuer) },
    scopes: ['openid'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    findAccount: (_context, sub) =>
      known.has(sub) ? { accountId: sub, claims: () => Promise.resolve({ sub }) } : undefined,
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    loadExistingGrant: grantOf,
    clientBasedCORS: () => false,
    ttl: lifetimes,
    fetch: tellGateway(parts),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => void (context.body = signOutPage(form)),
        postLogoutSuccessSource: (context) => void (context.body = messagePage('已退出', 'You are signed out.')),
      },
    },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = messagePage(
        '登录请求无效',
        `The sign-in request is not valid (${error}). Begin again at the gateway.`,
      );
    },
  };
}

const cookieNames = (issuer: string) => {
  const mark = createHash('sha256').update(issuer).digest('hex').slice(0, 8);
  return { session: `demo_session_${mark}`, interaction: `demo_way_${mark}`, resume: `demo_resume_${mark}` };
};

/** Nobody is asked what the gateway may know: it is told the subject and nothing else. */
async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { provider, client, session } = oidc;
  if (!client || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

/** The one request that goes out from here: to the gateway beside us, which the library would not call on loopback. */
const tellGateway =
  ({ gatewayUrl, gatewayDirectUrl }: IssuerParts): NonNullable<Configuration['fetch']> =>
  (url, options) => {
    const { origin, pathname } = new URL(url instanceof Request ? url.url : url);
    if (origin !== new URL(gatewayUrl).origin)
      return Promise.reject(new Error('the demo provider calls its gateway only'));
    const { method = 'GET', headers = {}, body = null, signal = null } = options ?? {};
    return fetch(`${gatewayDirectUrl()}${pathname}`, { method, headers, body, signal, redirect: 'manual' });
  };
