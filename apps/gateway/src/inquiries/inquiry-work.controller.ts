import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  cancellationViewSchema,
  idSchema,
  newCancellationSchema,
  newRequerySchema,
  requeryViewSchema,
} from '#contracts';
import type { z } from 'zod';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { askAgain, withdraw } from './ask-again.ts';

type NewRequery = z.infer<typeof newRequerySchema>;
type NewCancellation = z.infer<typeof newCancellationSchema>;

/** What an officer does with an inquiry that is under way: ask again what is missing (补查), withdraw (撤回). */
@ApiTags('inquiries')
@Controller('api/v1/inquiries/:inquiryId')
export class InquiryWorkController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }
  @Post('requeries')
  @Operation({
    summary: 'Ask again where there is no answer',
    scope: 'inquiries:write',
    audit: 'inquiry.requeried',
    status: 202,
    returns: requeryViewSchema,
    idempotent: true,
    policy: 'inquiries',
    problems: ['not-found', 'purpose-guard', 'state-conflict', 'nothing-to-ask', 'cooldown'],
  })
  requery(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Body({ schema: newRequerySchema }) body: NewRequery,
    @InExchange() exchange: Exchange,
  ): Promise<z.infer<typeof requeryViewSchema>> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => askAgain(this.#gateway, exchange.caller, { inquiryId, ...body, tx }),
      keeps: requeryViewSchema,
      again: (kept) => kept,
    });
  }
  @Post('cancellation')
  @Operation({
    summary: 'Withdraw lines that have no answer yet',
    scope: 'inquiries:write',
    audit: 'inquiry.cancelled',
    status: 202,
    returns: cancellationViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  cancel(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Body({ schema: newCancellationSchema }) body: NewCancellation,
    @InExchange() exchange: Exchange,
  ): Promise<z.infer<typeof cancellationViewSchema>> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => withdraw(this.#gateway, exchange.caller, { inquiryId, ...body, tx }),
      keeps: cancellationViewSchema,
      again: (kept) => kept,
    });
  }
}
