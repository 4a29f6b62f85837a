import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../../gateway.ts';
import { notFound } from '../../http/problem-error.ts';
import { problemOf } from '../../http/problem-of.ts';
import { pagePolicy } from '../../http/security-headers.ts';
import { sendProblem } from '../../http/send-problem.ts';
import { mayOperate } from '../../ops/ops-session.ts';
import { addressOf } from '../address.ts';
import { waitSeconds } from '../sign-in.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { backChannelLogout, signOut } from './end-session.ts';
import { finishSignIn, sendRefusal } from './finish-sign-in.ts';
import { signedInPage, signedOutPage } from './pages.ts';
import { SignInFault } from './sign-in-fault.ts';

const mostFormBytes = 16_384;

/**
 * Signing in and out with a browser, `/auth/…`. The tokens of the provider stay here; the browser gets a cookie. Without
 * an issuer there are no such routes.
 */
export function browserRoutes(gateway: Gateway, fastify: FastifyInstance): void {
  const { identity } = gateway;
  void fastify.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(error)));
    if (!identity) {
      scope.get('/auth/sign-in', () => {
        throw notFound('sign-in: no provider is configured');
      });
      return;
    }
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: mostFormBytes },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    pages(gateway, scope);
    scope.get(
      '/auth/sign-in',
      guarded(gateway, (visit) => beginSignIn(gateway, identity, visit)),
    );
    scope.get(
      '/auth/callback',
      guarded(gateway, (visit) => finishSignIn(gateway, identity, visit)),
    );
    scope.post('/auth/sign-out', async (request, reply) => {
      await signOut(gateway, identity, { request, reply });
      return reply;
    });
    scope.post('/auth/back-channel-logout', async (request, reply) => {
      await backChannelLogout(gateway, identity, { request, reply });
      return reply;
    });
  });
}

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Not from an address that waits; and when the provider is away, a page says so. */
const guarded =
  ({ guard, clock, log }: Gateway, handle: (visit: Visit) => Promise<void>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const until = await guard.lockedUntil({ way: 'sign-in', address: addressOf(request.ip) });
    if (until !== null) {
      await sendRefusal(reply, 'locked-out', waitSeconds(until, clock.now()));
      return reply;
    }
    try {
      await handle({ request, reply });
    } catch (error) {
      if (!(error instanceof SignInFault)) throw error;
      log.warn('sign-in.failed', { requestId: request.id, kind: error.kind, code: error.code });
      await sendRefusal(reply, error.kind, null);
    }
    return reply;
  };

function pages({ credentials, csrf, identity }: Gateway, scope: FastifyInstance): void {
  scope.get('/auth/signed-out', (_, reply) => reply.type('text/html; charset=utf-8').send(signedOutPage));
  scope.get('/auth/signed-in', async (request, reply) => {
    const { recognised } = await credentials.ofRequest(request);
    if (!('caller' in recognised) || !recognised.caller.session) return reply.redirect('/auth/sign-in', 303);
    const { officer, session } = recognised.caller;
    const { name, courtName, roles } = officer;
    const csrfToken = csrf.tokenOf(session.sessionId);
    const html = signedInPage({ name, courtName, roles, csrfToken, mayOperate: mayOperate(recognised.caller) });
    // the form leads on to the provider, and browsers hold a redirect to the same policy as the form
    const policy = pagePolicy('/auth')?.replace(
      "form-action 'self'",
      `form-action 'self' ${identity ? new URL(identity.url).origin : ''}`.trimEnd(),
    );
    return reply
      .header('content-security-policy', policy ?? "default-src 'none'")
      .header('referrer-policy', 'same-origin') // without one, a browser hides from us that the form is ours
      .type('text/html; charset=utf-8')
      .send(html);
  });
}
