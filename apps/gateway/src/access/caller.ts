import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RegisteredOfficer, ScopeName } from '#contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

/** Who sends a request, known by the token. */
export interface Caller {
  readonly tokenId: string;
  readonly officer: RegisteredOfficer;
  readonly scopes: ReadonlySet<ScopeName>;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export const rememberCaller = (request: FastifyRequest, caller: Caller): void => {
  callers.set(request, caller);
};

export const callerOf = (request: FastifyRequest): Caller | null => callers.get(request) ?? null;

/** The caller, for a handler: `@WhoCalls() caller: Caller`. */
export const WhoCalls = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new ProblemError('not-signed-in', 'The request carries no token.');
  return caller;
});
