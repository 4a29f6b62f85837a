import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  inquiryPauseViewSchema,
  type InquiryPauseView,
  newInquiryPauseSchema,
  type NewStatement,
  newStatementSchema,
  pageSchema,
  type Page,
  requeryItemSchema,
  type RequeryItem,
  statementViewSchema,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { holdInquiry, letGo } from './hold-inquiry.ts';
import { stateByAgency } from './state-by-agency.ts';

const query = z.strictObject(pageParameters);

/** The long life of an inquiry: what agencies tell the court on paper, holding it, and who had what asked again. */
@ApiTags('inquiries')
@Controller('api/v1/inquiries/:inquiryId')
export class InquiryLifeController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post('statements')
  @Operation({
    summary: 'Keep what an agency told the court without answering: an objection, or a wish for clarification',
    scope: 'inquiries:write',
    audit: 'answer.stated',
    status: 201,
    returns: statementViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  state(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Body({ schema: newStatementSchema }) statement: NewStatement,
    @InExchange() exchange: Exchange,
  ): Promise<z.infer<typeof statementViewSchema>> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => stateByAgency(this.#gateway, exchange.caller, { inquiryId, statement, tx }),
      keeps: statementViewSchema,
      again: (kept) => kept,
    });
  }

  @Get('requeries')
  @Operation({
    summary: 'Who had what asked again, when and why, oldest first',
    scope: 'inquiries:read',
    audit: 'inquiry.read',
    status: 200,
    returns: pageSchema(requeryItemSchema),
    query,
    problems: ['not-found', 'cursor-invalid'],
  })
  async requeries(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Query({ schema: query }) asked: PageAsked,
    @InExchange() exchange: Exchange,
  ): Promise<Page<RequeryItem>> {
    const { store, cursors } = this.#gateway;
    foundOr404(await store.inquiries.head(inquiryId, exchange.caller.rows.read), 'inquiry');
    const page = await readPage(cursors, asked, {
      name: listName(`requeries/${inquiryId}`, {}),
      read: (after, limit) =>
        store.inquiries.requeries({ inquiryId, limit, after: after === null ? 0 : Number(after) }),
      positionOf: ({ seq }) => String(seq),
    });
    const detail = { part: 'requeries', count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'inquiry.read', objectId: inquiryId, detail }));
    return linkNext(exchange, page);
  }

  @Post('pause')
  @Operation({
    summary: 'Hold an inquiry: nothing is sent until it is resumed; due times go on',
    scope: 'inquiries:write',
    audit: 'inquiry.paused',
    status: 200,
    returns: inquiryPauseViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  pause(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Body({ schema: newInquiryPauseSchema }) { reason }: z.infer<typeof newInquiryPauseSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<InquiryPauseView> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => holdInquiry(this.#gateway, exchange.caller, { inquiryId, reason, tx }),
      keeps: inquiryPauseViewSchema,
      again: (kept) => kept,
    });
  }

  @Delete('pause')
  @Operation({
    summary: 'Resume an inquiry',
    scope: 'inquiries:write',
    audit: 'inquiry.resumed',
    status: 200,
    returns: inquiryPauseViewSchema,
    problems: ['not-found'],
  })
  resume(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @InExchange() exchange: Exchange,
  ): Promise<InquiryPauseView> {
    return letGo(this.#gateway, exchange, inquiryId);
  }
}
