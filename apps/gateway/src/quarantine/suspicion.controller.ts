import { Controller, Delete, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { agencyIdSchema, suspicionClearedSchema } from '#contracts';
import type { z } from 'zod';
import { recordOperation } from '../audit/record-operation.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { notFound } from '../http/problem-error.ts';

/** The suspicion that an agency says `nothing` to everybody (全部无财产), and its end by decision of an operator. */
@ApiTags('agencies')
@Controller('api/v1/agencies/:agencyId/suspicion')
export class SuspicionController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Delete()
  @Operation({
    summary: 'End the suspicion of an agency; its answers are counted anew, those already given keep their mark',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: suspicionClearedSchema,
    problems: ['not-found'],
  })
  async clear(
    @Param('agencyId', { schema: agencyIdSchema }) agencyId: string,
    @InExchange() exchange: Exchange,
  ): Promise<z.infer<typeof suspicionClearedSchema>> {
    const { installation, store, log } = this.#gateway;
    if (!installation.agencies.some((agency) => agency.agencyId === agencyId)) throw notFound('agency');
    await recordOperation(this.#gateway, exchange, { done: 'clear-suspicion', channelId: null, agencyId });
    const cleared = await store.agencyHistories.clear(agencyId);
    if (cleared) log.warn('suspicion.cleared', { agencyId });
    return { agencyId, cleared };
  }
}
