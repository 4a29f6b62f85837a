import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** A provider that signs whatever a test wants, with the keys it wants, and shows the keys it wants. */
export interface CrookedIssuer {
  readonly issuer: string;
  /** Changes the claims of the next ID tokens. */
  twist: (claims: JWTPayload) => JWTPayload;
  /** Makes another key; from now on it signs. */
  newKey(kid: string): Promise<void>;
  /** Which keys are shown to the world. */
  show(...kids: string[]): void;
  sign(claims: JWTPayload, kid?: string): Promise<string>;
  /** Of the last sign-in. */
  lastIdToken: string;
  stop(): Promise<void>;
}

export const seconds = (): number => Math.floor(Date.now() / 1_000);

export async function startCrookedIssuer(): Promise<CrookedIssuer> {
  const keys = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>();
  let [signing, shown, nonce] = ['', [] as string[], ''];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const url = new URL(request.url ?? '/', own.issuer);
    const send = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration') return send(metadata(own.issuer));
    if (url.pathname === '/jwks') return send({ keys: await Promise.all(shown.map(async (kid) => publicKey(kid))) });
    if (url.pathname === '/token') {
      const at = seconds();
      const claims = {
        iss: own.issuer,
        aud: 'chakong',
        sub: 'usr_zhao',
        sid: 'sid-1',
        nonce,
        iat: at,
        exp: at + 300,
        auth_time: at,
      };
      own.lastIdToken = await own.sign(own.twist(claims));
      return send({ access_token: 'x', token_type: 'Bearer', id_token: own.lastIdToken });
    }
    nonce = url.searchParams.get('nonce') ?? '';
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', randomUUID());
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    return response.writeHead(302, { location: back.href }).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  const publicKey = async (kid: string) => {
    const pair = keys.get(kid);
    return { ...(pair && (await exportJWK(pair.publicKey))), kid, alg: 'ES256', use: 'sig' };
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own: CrookedIssuer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    twist: (claims) => claims,
    lastIdToken: '',
    async newKey(kid) {
      keys.set(kid, await generateKeyPair('ES256', { extractable: true }));
      signing = kid;
    },
    show: (...kids) => void (shown = kids),
    sign: (claims, kid = signing) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(keys.get(kid)!.privateKey),
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  await own.newKey('one');
  own.show('one');
  return own;
}

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
});
