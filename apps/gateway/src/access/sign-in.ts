import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';
import { rateHeaders, type RateLimits } from '../http/rate-limits.ts';
import { type Caller, rememberCaller } from './caller.ts';
import type { Recognised, TokenRegister } from './token-register.ts';

export interface SignIn {
  readonly register: TokenRegister;
  readonly rates: RateLimits;
  readonly now: () => Date;
}

/**
 * Before the body is read: who calls, and may he call so often? Failures are counted per address; a right token passes
 * whatever the address did before, so that nobody is locked out by a neighbour.
 * @throws ProblemError
 */
export function signIn({ register, rates, now }: SignIn, request: FastifyRequest, reply: FastifyReply): Caller {
  const caller = accepted(register.recognise(request.headers.authorization, now()), { rates, address: request.ip });
  rememberCaller(request, caller);
  const standing = rates.take('default', caller.via);
  reply.headers(rateHeaders(standing));
  if (standing.remaining < 0) throw overLimit(standing.resetSeconds);
  return caller;
}

/** The caller, or the problem; every failure counts against the address. */
export function accepted(
  recognised: Recognised,
  { rates, address }: { readonly rates: RateLimits; readonly address: string },
): Caller {
  if ('caller' in recognised) return recognised.caller;
  const standing = rates.take('sign-in', address);
  if (standing.remaining < 0) throw overLimit(standing.resetSeconds);
  if (recognised.refused === 'token-expired')
    throw new ProblemError('token-expired', 'The token was valid until a moment that has passed.');
  throw new ProblemError('not-signed-in', 'The request carries no token that is known here.');
}

export const overLimit = (resetSeconds: number): ProblemError =>
  new ProblemError('rate-limited', 'The quota of this window is used up.', {
    headers: { 'retry-after': String(resetSeconds) },
  });
