import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../../gateway.ts';
import { ProblemError } from '../../http/problem-error.ts';
import { addressOf } from '../address.ts';
import { sessionEntry } from '../session-entry.ts';
import { accepted } from '../sign-in.ts';
import type { Issuer } from './issuer.ts';
import { logoutMarks, sidMarks, subMarks } from './marks.ts';
import { asFault, SignInFault } from './sign-in-fault.ts';

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * `POST /auth/sign-out`: ends the session here, and says where the browser ends that of the provider. A form is sent on
 * to it; a script is told the address.
 */
export async function signOut(gateway: Gateway, issuer: Issuer, { request, reply }: Visit): Promise<void> {
  const { cookies, credentials, csrf, store, people } = gateway;
  const { recognised } = await credentials.ofRequest(byCookieOnly(request));
  const form = fieldOf(request.body, 'csrfToken');
  let endSessionUrl: string | null = null;
  if ('caller' in recognised && recognised.caller.session) {
    const { sessionId } = recognised.caller.session;
    csrf.check(request, sessionId, form ?? request.headers['x-csrf-token']);
    const detail = { cause: 'signed-out' };
    const entryOf = sessionEntry(people, { action: 'session.closed', address: addressOf(request.ip), detail });
    const ended = await store.sessions.end(sessionId, entryOf);
    endSessionUrl = ended && (await issuer.signOutUrl(ended.idToken)).url;
  }
  void reply.clearCookie(cookies.session, cookies.attributes);
  if (form === null) return void reply.send({ endSessionUrl });
  await reply.redirect(endSessionUrl ?? '/auth/signed-out', 303);
}

/** Signing out is about the browser, whatever else it sends. */
const byCookieOnly = ({ cookies, ip }: FastifyRequest) => ({ cookies, ip, headers: {} });

/** `POST /auth/back-channel-logout`: the provider says that a session or a person is signed out there. */
export async function backChannelLogout(gateway: Gateway, issuer: Issuer, { request, reply }: Visit): Promise<void> {
  const { keyring, store, people, log } = gateway;
  const claims = await issuer.readLogout(fieldOf(request.body, 'logout_token') ?? '').catch(asFault);
  if (claims instanceof SignInFault) {
    log.warn('sign-out.refused', { requestId: request.id, kind: claims.kind, code: claims.code });
    return refuseLogout(gateway, request, claims);
  }
  const { sid, sub, jti, until } = claims;
  if (!(await store.usedMarks.use(`logout ${logoutMarks(keyring, issuer.url, jti)[0]}`, until)))
    return refuseLogout(gateway, request, new SignInFault('id-token', 'replayed'));
  const detail = { cause: 'provider' };
  const marks = {
    sidMarks: sid === null ? [] : sidMarks(keyring, issuer.url, sid),
    subMarks: sid === null && sub !== null ? subMarks(keyring, issuer.url, sub) : [],
  };
  const entryOf = sessionEntry(people, { action: 'session.closed', address: addressOf(request.ip), detail });
  const ended = await store.sessions.endMarked(marks, entryOf);
  log.info('sign-out.by-provider', { requestId: request.id, ended });
  await reply.code(200).send();
}

async function refuseLogout(gateway: Gateway, request: FastifyRequest, { kind }: SignInFault): Promise<never> {
  if (kind === 'provider-away')
    throw new ProblemError('dependency-down', 'The keys of the provider cannot be read.', {
      headers: { 'retry-after': '5' },
    });
  const from = { way: 'token', address: addressOf(request.ip) } as const;
  await accepted(gateway, { recognised: { refused: 'not-signed-in', cause: 'logout-token' }, from }).catch(
    (error: unknown) => {
      if (error instanceof ProblemError && error.code === 'not-signed-in') return;
      throw error;
    },
  );
  throw new ProblemError('malformed', 'The logout token is not one of our provider, is too old, or was used before.');
}

const fieldOf = (body: unknown, name: string): string | null =>
  body instanceof URLSearchParams ? body.get(name) : null;
