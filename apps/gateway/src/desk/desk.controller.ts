import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  caseStateSchema,
  deskCountersSchema,
  type DeskCounters,
  deskItemSchema,
  type DeskItem,
  nextActSchema,
  type Page,
  pageSchema,
} from '#contracts';
import { deskPosition } from '#store';
import { z } from 'zod';
import { lookingOf } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { listOf } from '../http/list-of.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';

const query = z.strictObject({
  ...pageParameters,
  act: listOf(nextActSchema).optional(),
  state: listOf(caseStateSchema).optional(),
});
type DeskQuery = z.infer<typeof query>;

/** The desk (工作台): what every case waits for. */
@ApiTags('cases')
@Controller('api/v1/desk')
export class DeskController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Your cases with the next thing to do, most urgent first',
    scope: 'cases:read',
    audit: 'cases.listed',
    status: 200,
    returns: pageSchema(deskItemSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(@Query({ schema: query }) asked: DeskQuery, @InExchange() exchange: Exchange): Promise<Page<DeskItem>> {
    const { store, cursors } = this.#gateway;
    const { read, payload } = lookingOf(exchange.caller);
    const page = await readPage(cursors, asked, {
      name: listName(`desk/${exchange.caller.officer.userId}`, asked),
      read: (after, limit) =>
        store.desk.list({ rows: read, payload, limit, after, acts: asked.act, states: asked.state }),
      positionOf: deskPosition,
    });
    const detail = { view: 'desk', count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'cases.listed', detail }));
    return linkNext(exchange, page);
  }

  @Get('counters')
  @Operation({
    summary: 'How many of your cases wait for what',
    scope: 'cases:read',
    audit: { none: 'numbers of cases, of nobody in particular' },
    status: 200,
    returns: deskCountersSchema,
  })
  counters(@InExchange() exchange: Exchange): Promise<DeskCounters> {
    return this.#gateway.store.desk.counters(exchange.caller.rows.read);
  }
}
