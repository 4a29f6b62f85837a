import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type HandOver, handOverSchema, idSchema, type NewHandOver, newHandOverSchema } from '#contracts';
import { z } from 'zod';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { handOver } from './hand-over.ts';
import { caseForView } from './read-case.ts';

const handOversSchema = z.strictObject({ items: z.array(handOverSchema), nextCursor: z.null() });
const keptSchema = z.object({ handOverId: z.string() });

/** Courts a case went through (提级执行, 指定执行, 交叉执行). */
@ApiTags('cases')
@Controller('api/v1/cases/:caseId/hand-overs')
export class HandOversController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Hand-overs of a case, oldest first',
    scope: 'cases:read',
    audit: 'case.read',
    status: 200,
    returns: handOversSchema,
    problems: ['not-found'],
  })
  async list(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @InExchange() exchange: Exchange,
  ): Promise<{ items: readonly HandOver[]; nextCursor: null }> {
    await caseForView(this.#gateway, exchange, { caseId, view: 'hand-overs' });
    const items = await this.#gateway.store.handOvers.ofCase(caseId, exchange.caller.rows.read);
    return { items, nextCursor: null };
  }

  @Post()
  @Operation({
    summary: 'Hand a case over to another court, by order of a superior one',
    scope: 'cases:assign',
    audit: 'case.handed-over',
    status: 201,
    returns: handOverSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  create(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Body({ schema: newHandOverSchema }) body: NewHandOver,
    @InExchange() exchange: Exchange,
  ): Promise<HandOver> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => handOver(this.#gateway, exchange, { caseId, body, tx }),
      keeps: keptSchema,
      again: async ({ handOverId }) => {
        const all = await this.#gateway.store.handOvers.ofCase(caseId, exchange.caller.rows.read);
        return foundOr404(
          all.find((each) => each.handOverId === handOverId),
          'hand-over',
        );
      },
    });
  }
}
