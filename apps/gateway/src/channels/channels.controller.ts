import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  channelCancellationViewSchema,
  type ChannelCancellationView,
  channelIdSchema,
  channelViewSchema,
  type ChannelView,
  newBreakerResetSchema,
  newChannelCancellationSchema,
  newPauseSchema,
  operationViewSchema,
  pageSchema,
  type Page,
} from '#contracts';
import { z } from 'zod';
import { recordOperation } from '../audit/record-operation.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404, notFound, ProblemError } from '../http/problem-error.ts';
import { readChannels } from './channel-view.ts';
import { cancelPlace } from './cancel-place.ts';
import { pausePlace, resumePlace } from './pause-place.ts';

const query = z.strictObject(pageParameters);
type Operated = z.infer<typeof operationViewSchema>;
const repeated = { keeps: operationViewSchema, again: (kept: Operated): Operated => kept };

/** Channels (通道) for operators: how each is, and the three things that can be done about it. */
@ApiTags('channels')
@Controller('api/v1/channels')
export class ChannelsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'All channels with state, breakers and queue',
    scope: 'operations:read',
    audit: { none: 'channels name no case and no person' },
    status: 200,
    returns: pageSchema(channelViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(@Query({ schema: query }) asked: PageAsked, @InExchange() exchange: Exchange): Promise<Page<ChannelView>> {
    const channels = await readChannels(this.#gateway);
    const page = await readPage(this.#gateway.cursors, asked, {
      name: listName('channels', {}),
      read: (after, limit) => channels.filter(({ channelId }) => after === null || channelId > after).slice(0, limit),
      positionOf: ({ channelId }) => channelId,
    });
    return linkNext(exchange, page);
  }

  @Get(':channelId')
  @Operation({
    summary: 'One channel',
    scope: 'operations:read',
    audit: { none: 'channels name no case and no person' },
    status: 200,
    returns: channelViewSchema,
    problems: ['not-found'],
  })
  async read(@Param('channelId', { schema: channelIdSchema }) channelId: string): Promise<ChannelView> {
    return foundOr404(
      (await readChannels(this.#gateway)).find((channel) => channel.channelId === channelId),
      'channel',
    );
  }
  @Post(':channelId/pause')
  @Operation({
    summary: 'Hold a channel: nothing is sent until it is resumed',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: operationViewSchema,
    idempotent: true,
    problems: ['not-found'],
  })
  pause(
    @Param('channelId', { schema: channelIdSchema }) channelId: string,
    @Body({ schema: newPauseSchema }) { reason }: z.infer<typeof newPauseSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<Operated> {
    this.#check(channelId);
    return this.#gateway.intents.once(exchange, {
      act: () => pausePlace(this.#gateway, exchange, { channelId, agencyId: null, reason }),
      ...repeated,
    });
  }

  @Delete(':channelId/pause')
  @Operation({
    summary: 'Resume a channel',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: operationViewSchema,
    problems: ['not-found'],
  })
  resume(
    @Param('channelId', { schema: channelIdSchema }) channelId: string,
    @InExchange() exchange: Exchange,
  ): Promise<Operated> {
    this.#check(channelId);
    return resumePlace(this.#gateway, exchange, { channelId, agencyId: null });
  }
  @Post(':channelId/cancellations')
  @Operation({
    summary: 'Withdraw what is open at a channel or one of its agencies, for every inquiry; or only count it',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: channelCancellationViewSchema,
    idempotent: true,
    problems: ['not-found'],
  })
  cancel(
    @Param('channelId', { schema: channelIdSchema }) channelId: string,
    @Body({ schema: newChannelCancellationSchema }) body: z.infer<typeof newChannelCancellationSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<ChannelCancellationView> {
    this.#check(channelId);
    this.#checkAgency(channelId, body.agencyId);
    return this.#gateway.intents.once(exchange, {
      act: () => cancelPlace(this.#gateway, exchange, { channelId, ...body }),
      keeps: channelCancellationViewSchema,
      again: (kept) => kept,
    });
  }

  @Post(':channelId/breaker-resets')
  @Operation({
    summary: 'Close breakers: the next asking is sent as if nothing had happened',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: operationViewSchema,
    idempotent: true,
    problems: ['not-found'],
  })
  reset(
    @Param('channelId', { schema: channelIdSchema }) channelId: string,
    @Body({ schema: newBreakerResetSchema }) { agencyId, reason }: z.infer<typeof newBreakerResetSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<Operated> {
    this.#check(channelId);
    this.#checkAgency(channelId, agencyId);
    const { intents, workers, store, adapters, log } = this.#gateway;
    return intents.once(exchange, {
      ...repeated,
      act: async () => {
        await recordOperation(this.#gateway, exchange, { done: 'reset-breaker', channelId, agencyId, reason });
        const workersTold = await workers.tell({ command: 'reset-breaker', channelId, agencyId });
        await store.breakers.reset(channelId, agencyId); // what no worker could be told
        adapters.forget();
        log.warn('breaker.reset', { channelId, agencyId, workersTold });
        const view = { channelId, agencyId, done: 'breaker-reset', workersTold };
        return { status: 200, location: null, view, kept: view };
      },
    });
  }

  #check(channelId: string): void {
    if (!this.#gateway.installation.channels.some((channel) => channel.channelId === channelId))
      throw notFound('channel');
  }

  #checkAgency(channelId: string, agencyId: string | null): void {
    if (
      agencyId === null ||
      this.#gateway.installation.agencies.some(
        (agency) => agency.agencyId === agencyId && agency.channelId === channelId,
      )
    )
      return;
    const item = {
      pointer: '/agencyId',
      code: 'unknown-agency',
      detail: 'The channel has no such agency.',
      fix: 'Take the id from GET /api/v1/agencies, or null for all.',
    };
    throw new ProblemError('validation', 'The agency does not fit.', { errors: [item] });
  }
}
