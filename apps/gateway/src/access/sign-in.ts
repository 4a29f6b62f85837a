import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';
import { rateHeaders, type RateLimits } from '../http/rate-limits.ts';
import { type Caller, rememberCaller } from './caller.ts';
import type { Credentials, Presented } from './credentials.ts';
import { type Csrf, isWriting } from './csrf.ts';
import type { RefusalGuard } from './refusal-guard.ts';
import { isFailure } from './refused.ts';
import type { SessionCookies } from './session-cookies.ts';

export interface Access {
  readonly credentials: Credentials;
  readonly csrf: Csrf;
  readonly cookies: SessionCookies;
  readonly guard: RefusalGuard;
  readonly rates: RateLimits;
  readonly clock: { readonly now: () => Date };
}

/**
 * Before the body is read: who calls, does he mean it, and may he call so often? Failures are counted per address; a right
 * token or session passes whatever the address did before, so that nobody is locked out by a neighbour.
 * @throws ProblemError
 */
export async function signIn(access: Access, request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
  const presented = await access.credentials.ofRequest(request);
  if ('refused' in presented.recognised && presented.from.way === 'session')
    void reply.clearCookie(access.cookies.session, access.cookies.attributes);
  const caller = await accepted(access, presented);
  if (caller.session && isWriting(request))
    access.csrf.check(request, caller.session.sessionId, request.headers['x-csrf-token']);
  rememberCaller(request, caller);
  const standing = access.rates.take('default', caller.via);
  reply.headers(rateHeaders(standing));
  if (standing.remaining < 0) throw overLimit(standing.resetSeconds);
  return caller;
}

/** The caller, or the problem; every failure counts against the address. */
export async function accepted(
  { guard, clock }: Pick<Access, 'guard' | 'clock'>,
  { recognised, from }: Presented,
): Promise<Caller> {
  if ('caller' in recognised) return recognised.caller;
  if (isFailure(recognised.cause)) {
    const until = await guard.failed(from, recognised.cause);
    if (until !== null) throw lockedOut(until, clock.now());
  }
  if (recognised.refused === 'token-expired')
    throw new ProblemError('token-expired', 'The token was valid until a moment that has passed.');
  throw new ProblemError('not-signed-in', 'The request carries no token or session that is known here.');
}

/** Whole seconds that an address still waits. */
export const waitSeconds = (until: Date, now: Date): number =>
  Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));

const lockedOut = (until: Date, now: Date): ProblemError =>
  new ProblemError('locked-out', 'Too many failures came from this address; what is right passes all the same.', {
    headers: { 'retry-after': String(waitSeconds(until, now)) },
  });

export const overLimit = (resetSeconds: number): ProblemError =>
  new ProblemError('rate-limited', 'The quota of this window is used up.', {
    headers: { 'retry-after': String(resetSeconds) },
  });
