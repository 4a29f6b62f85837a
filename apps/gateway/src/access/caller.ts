import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Ability, abilityOf, allows, type Rows, rowScopeOf } from '#access';
import { type CourtTree, type RegisteredOfficer, type ScopeName, scopes as allScopes } from '#contracts';
import type { StoredSession } from '#store';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

/** Somebody of the register with the roles that count now, and the courts among which theirs stands. */
export type Person = RegisteredOfficer & { readonly courts: CourtTree };

/** Who sends a request, known by a token or a session. */
export interface Caller {
  /** Id of the token or session. */
  readonly via: string;
  readonly officer: RegisteredOfficer;
  /** What they may do at all; the scopes are the same in the words of the API. */
  readonly ability: Ability;
  readonly scopes: ReadonlySet<ScopeName>;
  /** Whose cases they may look at, whose payload they may see, and whose cases they may act on. */
  readonly rows: Rows;
  /** The browser's session; null: a token, which belongs to a program. */
  readonly session: StoredSession | null;
}

interface SignedInBy {
  readonly via: string;
  readonly scopes: readonly ScopeName[] | null;
  readonly session?: StoredSession;
}

/** Somebody of the register at work. `scopes`: the part of what their roles give that a token was given; null: all of it. */
export function callerFor(officer: Person, { via, scopes, session }: SignedInBy): Caller {
  const { userId, courtCode, roles, courts } = officer;
  const ability = abilityOf({ userId, courtCode, roles, scopes }, courts);
  return {
    ...{ via, officer, ability },
    scopes: new Set(allScopes.filter((scope) => allows(ability, scope))),
    rows: rowScopeOf({ userId, courtCode, roles }, courts),
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
