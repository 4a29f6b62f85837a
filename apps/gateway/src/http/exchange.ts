import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, callerOf } from '../access/caller.ts';
import { ProblemError } from './problem-error.ts';

/** A request of somebody who is known, and the answer that is being made. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
}

/** @throws ProblemError when nobody is signed in: a fence behind the hook that signs in */
export function exchangeOf(reply: FastifyReply): Exchange {
  const { request } = reply;
  const caller = callerOf(request);
  if (!caller) throw new ProblemError('not-signed-in', 'The request carries no token.');
  return { request, reply, caller };
}

/** The exchange, for a handler that reads or sets headers: `@InExchange() exchange: Exchange`. */
export const InExchange = createParamDecorator(
  (_: unknown, context: ExecutionContext): Exchange => exchangeOf(context.switchToHttp().getResponse<FastifyReply>()),
);
