import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  channelIdSchema,
  type OperationsEvent,
  operationsEventKindSchema,
  operationsEventSchema,
  type Page,
  pageSchema,
} from '#contracts';
import { z } from 'zod';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { listOf } from '../http/list-of.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';

const query = z.strictObject({
  ...pageParameters,
  kind: listOf(operationsEventKindSchema).optional(),
  channelId: channelIdSchema.optional(),
});

/** What operators are told (运维事件): codes, counts and paths; never anything about a person. */
@ApiTags('operations-events')
@Controller('api/v1/operations-events')
export class OperationsEventsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Events for operators, newest first',
    scope: 'operations:read',
    audit: { none: 'codes, counts and paths; nothing about a person' },
    status: 200,
    returns: pageSchema(operationsEventSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: z.infer<typeof query>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<OperationsEvent>> {
    const { store, cursors } = this.#gateway;
    const { kind, channelId } = asked;
    const page = await readPage(cursors, asked, {
      name: listName('operations-events', asked),
      read: (after, limit) =>
        store.operationsEvents.list({ after, limit, ...(kind && { kinds: kind }), ...(channelId && { channelId }) }),
      positionOf: ({ eventId }) => eventId,
    });
    return linkNext(exchange, page);
  }
}
