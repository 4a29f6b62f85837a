import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { meViewSchema, type MeView } from '#contracts';
import { packedRules } from '#access';
import type { StoredSession } from '#store';
import { type Caller, WhoCalls } from '../access/caller.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { Operation } from '../http/operation.ts';

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Who the token or session belongs to, and what it may do',
    scope: 'any',
    audit: { none: 'what the caller is told about themselves' },
    status: 200,
    returns: meViewSchema,
  })
  read(@WhoCalls() { officer, scopes, ability, session }: Caller): MeView {
    const { userId, name, courtCode, courtName, roles } = officer;
    return {
      ...{ userId, name, courtCode, courtName, roles: [...roles], scopes: [...scopes] },
      rules: packedRules(ability),
      session: session && this.#sessionView(session),
    };
  }

  #sessionView({ sessionId, authenticatedAt, idleEndsAt, endsAt }: StoredSession) {
    const { csrf, toInstant } = this.#gateway;
    return {
      csrfToken: csrf.tokenOf(sessionId),
      authenticatedAt: toInstant(authenticatedAt),
      idleEndsAt: toInstant(idleEndsAt),
      endsAt: toInstant(endsAt),
    };
  }
}
