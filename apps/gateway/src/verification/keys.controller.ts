import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Jwks, jwksSchema } from '#contracts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { Operation } from '../http/operation.ts';
import { InReply, type Replying } from '../http/in-reply.ts';

/** The public keys of this installation, for whoever verifies a report without us. */
@ApiTags('verification')
@Controller('.well-known')
export class KeysController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get('chakong-keys.json')
  @Operation({
    summary: 'Every public key that reports and exports are, or were, signed with (JWKS)',
    scope: 'public',
    audit: { none: 'public keys' },
    status: 200,
    returns: jwksSchema,
    policy: 'verify',
  })
  async keys(@InReply() { reply }: Replying): Promise<Jwks> {
    reply.header('cache-control', 'public, max-age=300');
    return { keys: [...(await this.#gateway.store.signingKeys.list())] };
  }
}
