import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { errorCode, type Log } from '#platform';
import type Provider from 'oidc-provider';
import { identityKeys } from './keys.ts';
import { IdentityRefused } from './identity-refused.ts';
import { type DemoPerson, messagePage, pickerPage, stylesheet } from './pages.ts';
import { openDemoIssuer, type IssuerParts, subjectOf } from './demo-issuer.ts';

export interface IdentityOptions extends Omit<IssuerParts, 'keys' | 'nowMs' | 'issuer'> {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** True: it refuses to start. */
  readonly production: boolean;
  readonly log: Log;
  readonly now: () => Date;
}

export interface RunningIdentity {
  readonly issuer: string;
  stop(): Promise<void>;
}

const mostBodyBytes = 4_096;
const requestTimeoutMs = 10_000;

/**
 * The sign-in of the demo: a real provider with a page to pick a person from.
 * @throws IdentityRefused in production
 */
export async function startIdentity(options: IdentityOptions): Promise<RunningIdentity> {
  if (options.production) throw new IdentityRefused();
  const { host, port, log, dataDir, people, now } = options;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = openDemoIssuer({
    ...options,
    issuer,
    keys: await identityKeys(dataDir),
    nowMs: () => now().getTime(),
  });
  const note = (_context: unknown, error: unknown) => log.warn('identity.failed', { code: errorCode(error) });
  provider.on('server_error', note).on('backchannel.error', note);
  const answer = provider.callback();
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    const policy = `default-src 'none'; style-src 'self'; form-action 'self' ${new URL(options.gatewayUrl).origin}; base-uri 'none'; frame-ancestors 'none'`;
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    const own = ownPage({ provider, people }, request, response);
    if (!own) return void answer(request, response);
    own.catch((error: unknown) => {
      log.debug('identity.refused', { code: errorCode(error) });
      sendPage(
        response,
        messagePage('登录已过期，请重新开始', 'This sign-in is too old. Begin again at the gateway.'),
        400,
      );
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    issuer,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Picking {
  readonly provider: Provider;
  readonly people: readonly DemoPerson[];
}

/** Our own pages; null: the provider's. */
function ownPage(picking: Picking, request: IncomingMessage, response: ServerResponse): Promise<void> | null {
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  if (path === '/style.css') {
    response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(stylesheet);
    return Promise.resolve();
  }
  if (!/^\/sign-in\/[\w-]{1,64}$/.test(path)) return null;
  return request.method === 'POST' ? finish(picking, request, response) : pick(picking, request, response);
}

async function pick({ provider, people }: Picking, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  sendPage(response, pickerPage(uid, people), 200);
}

async function finish(
  { provider, people }: Picking,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const picked = new URLSearchParams(await bodyOf(request)).get('person');
  const person = people.find(({ userId }) => userId === picked);
  if (!person) return sendPage(response, messagePage('没有这个人员', 'There is no such person.'), 400);
  const login = { accountId: subjectOf(person) };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

/** Forms say how long they are; Node lets nothing through that is longer. */
function bodyOf(request: IncomingMessage): Promise<string> {
  const bytes = Number(request.headers['content-length'] ?? Number.NaN);
  if (bytes <= mostBodyBytes) return text(request);
  return Promise.reject(Object.assign(new Error('the form is too long'), { code: 'too-large' }));
}

function sendPage(response: ServerResponse, html: string, status: number): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
}
