import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ScopeName } from '#contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allows } from '#access';
import { callerOf } from '../access/caller.ts';
import { checkFresh } from '../access/fresh.ts';
import { expectTrace } from '../audit/traces.ts';
import { overLimit } from '../access/sign-in.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { intentKey } from './intents.ts';
import { OPERATION, type OperationSpec } from './operation.ts';
import { ProblemError } from './problem-error.ts';
import { rateHeaders } from './rate-limits.ts';
import { versionOf } from './version.ts';

/** What every route says about itself is held here: scope, content type, parameters, rate. */
@Injectable()
export class OperationGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #gateway: Gateway;

  constructor(reflector: Reflector, @Inject(GATEWAY) gateway: Gateway) {
    this.#reflector = reflector;
    this.#gateway = gateway;
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const spec = this.#reflector.get<OperationSpec | undefined>(OPERATION, context.getHandler());
    if (!spec) return true;
    expectTrace(request, spec.audit);
    this.#checkCaller(spec, request, http.getResponse<FastifyReply>());
    checkContent(spec, request);
    checkParameters(spec, request);
    if (spec.idempotent) intentKey(request);
    if (spec.versioned) versionOf(request);
    return true;
  }

  #checkCaller(
    { scope, orScope, policy, freshWithinSeconds }: OperationSpec,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const caller = callerOf(request);
    if (scope === 'public') return this.#count(policy, request.ip, reply);
    if (!caller) throw new ProblemError('not-signed-in', 'The request carries no token.');
    if (caller.officer.roles.length === 0) throw new ProblemError('not-allowed', 'The person is suspended.');
    const { ability } = caller;
    const isAllowed = (each: ScopeName | undefined) => each !== undefined && allows(ability, each);
    if (scope !== 'any' && !isAllowed(scope) && !isAllowed(orScope))
      throw new ProblemError('not-allowed', `The token lacks the scope ${scope}.`);
    if (freshWithinSeconds !== undefined) checkFresh(caller, freshWithinSeconds, this.#gateway.clock.now());
    this.#count(policy, caller.officer.userId, reply);
  }

  #count(policy: OperationSpec['policy'], who: string, reply: FastifyReply): void {
    if (!policy) return;
    const standing = this.#gateway.rates.take(policy, who);
    if (standing.remaining < 0) {
      reply.headers(rateHeaders(standing));
      throw overLimit(standing.resetSeconds);
    }
  }
}

function checkContent({ uploads }: OperationSpec, request: FastifyRequest): void {
  if (request.isMultipart() === (uploads !== undefined)) return;
  throw new ProblemError(
    'unsupported-media-type',
    uploads ? 'Send multipart/form-data with the field `file`.' : 'Send application/json.',
  );
}

/** Routes with parameters parse them strictly themselves; all others have none. */
function checkParameters({ query }: OperationSpec, request: FastifyRequest): void {
  if (query) return;
  const names = typeof request.query === 'object' && request.query !== null ? Object.keys(request.query) : [];
  if (names.length === 0) return;
  const errors = names.slice(0, 20).map((name) => ({
    parameter: /^[A-Za-z][\w.-]{0,39}$/.test(name) ? name : '?',
    code: 'unknown-field',
    detail: 'There is no such parameter.',
    fix: 'Remove it; this route has none.',
  }));
  throw new ProblemError('unknown-parameter', 'This route has no query parameters.', { errors });
}
