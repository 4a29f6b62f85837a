import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { meViewSchema, type MeView } from '#contracts';
import { packedRules } from '#access';
import { type Caller, WhoCalls } from '../access/caller.ts';
import { Operation } from '../http/operation.ts';

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  @Get()
  @Operation({
    summary: 'Who the token belongs to, and what it may do',
    scope: 'any',
    audit: { none: 'what the caller is told about themselves' },
    status: 200,
    returns: meViewSchema,
  })
  read(@WhoCalls() { officer, scopes, ability }: Caller): MeView {
    const { userId, name, courtCode, courtName, roles } = officer;
    return { userId, name, courtCode, courtName, roles: [...roles], scopes: [...scopes], rules: packedRules(ability) };
  }
}
