import type { FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Gateway } from '../../gateway.ts';
import { ProblemError } from '../../http/problem-error.ts';
import type { Issuer } from './issuer.ts';
import { pendingSeconds, type PendingSignIn, sealPending } from './pending-sign-in.ts';
import { returnToOf } from './return-to.ts';

const querySchema = z.strictObject({ returnTo: z.unknown().optional(), fresh: z.literal('1').optional() });

/** `GET /auth/sign-in`: remembers in this browser what it began, and sends it to the provider. */
export async function beginSignIn(
  gateway: Gateway,
  issuer: Issuer,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<void> {
  const asked = querySchema.safeParse(request.query);
  if (!asked.success)
    throw new ProblemError('unknown-parameter', 'There are two parameters: returnTo, and fresh with the value 1.');
  const elsewhere = samePlaceByItsName(gateway.settings.publicUrl, request);
  if (elsewhere !== null) return void reply.redirect(elsewhere, 302);
  const pending: PendingSignIn = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    returnTo: returnToOf(asked.data.returnTo),
    fresh: asked.data.fresh === '1',
    startedAtMs: gateway.clock.now().getTime(),
  };
  const url = await issuer.signInUrl(pending);
  const { cookies, keyring } = gateway;
  const options = { ...cookies.attributes, maxAge: pendingSeconds };
  await reply.setCookie(cookies.signIn, sealPending(keyring, pending), options).redirect(url.href, 302);
}

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * On one machine the gateway answers to `localhost` and to `127.0.0.1`, but the provider sends people back to one of them,
 * and the cookie of the other would be missing there.
 */
function samePlaceByItsName(publicUrl: string, { headers, url }: FastifyRequest): string | null {
  const own = new URL(publicUrl);
  const asked = URL.parse(`http://${headers.host ?? ''}`);
  if (!asked || own.protocol !== 'http:' || !loopback.test(own.hostname) || !loopback.test(asked.hostname)) return null;
  return asked.hostname === own.hostname ? null : `${own.origin}/auth/sign-in${new URL(url, own).search}`;
}
