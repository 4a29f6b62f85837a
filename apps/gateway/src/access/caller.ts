import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type RegisteredOfficer, type RowScope, scopesOfRole, type ScopeName } from '#contracts';
import type { StoredSession } from '#store';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

/** Who sends a request, known by a token or a session. */
export interface Caller {
  /** Id of the token or session. */
  readonly via: string;
  readonly officer: RegisteredOfficer;
  readonly scopes: ReadonlySet<ScopeName>;
  /** Whose cases they may look at, and whose they may act on. */
  readonly rows: { readonly read: RowScope; readonly write: RowScope };
  /** The browser's session; null: a token, which belongs to a program. */
  readonly session: StoredSession | null;
}

interface SignedInBy {
  readonly via: string;
  readonly scopes: readonly ScopeName[] | null;
  readonly session?: StoredSession;
}

/** Somebody of the register at work. `scopes`: the part of what their roles give that a token was given; null: all of it. */
export function callerFor(officer: RegisteredOfficer, { via, scopes, session }: SignedInBy): Caller {
  const ofRoles = officer.roles.flatMap((role) => scopesOfRole[role]);
  const own = { userId: officer.userId, courtCodes: [officer.courtCode] };
  return {
    ...{ via, officer },
    scopes: new Set(scopes === null ? ofRoles : ofRoles.filter((scope) => scopes.includes(scope))),
    rows: { read: own, write: own },
    session: session ?? null,
  };
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
