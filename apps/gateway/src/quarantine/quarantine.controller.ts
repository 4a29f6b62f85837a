import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  channelIdSchema,
  newReplaySchema,
  type Page,
  pageSchema,
  type QuarantineItem,
  quarantineItemSchema,
  quarantineStateSchema,
  replayViewSchema,
  type ReplayView,
} from '#contracts';
import { z } from 'zod';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';

const query = z.strictObject({
  ...pageParameters,
  channelId: channelIdSchema.optional(),
  state: quarantineStateSchema.optional(),
});
type QuarantineQuery = z.infer<typeof query>;
/** Messages read again by one call; the rest waits for the next one. */
const mostReplays = 2_000;

/** What could not be read (隔离区): which paths were wrong, never a value; and reading it again without asking. */
@ApiTags('quarantine')
@Controller('api/v1/quarantine')
export class QuarantineController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Messages that could not be read, newest first',
    scope: 'operations:read',
    audit: { none: 'paths that were wrong, never a value' },
    status: 200,
    returns: pageSchema(quarantineItemSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: QuarantineQuery,
    @InExchange() exchange: Exchange,
  ): Promise<Page<QuarantineItem>> {
    const { store, cursors } = this.#gateway;
    const { channelId, state } = asked;
    const page = await readPage(cursors, asked, {
      name: listName('quarantine', asked),
      read: (after, limit) =>
        store.quarantine.list({ after, limit, ...(channelId && { channelId }), ...(state && { state }) }),
      positionOf: ({ quarantineId }) => quarantineId,
    });
    return linkNext(exchange, page);
  }

  @Post('replays')
  @Operation({
    summary: 'Read messages again after an adapter was repaired; no agency is asked',
    scope: 'operations:write',
    audit: 'quarantine.replayed',
    status: 202,
    returns: replayViewSchema,
    idempotent: true,
  })
  replay(
    @Body({ schema: newReplaySchema }) wanted: z.infer<typeof newReplaySchema>,
    @InExchange() exchange: Exchange,
  ): Promise<ReplayView> {
    const { store, queue, intents, log } = this.#gateway;
    return intents.once(exchange, {
      keeps: replayViewSchema,
      again: (kept) => kept,
      act: async () => {
        const { quarantineIds, channelId, dryRun } = wanted;
        const choice = { ...(quarantineIds && { quarantineIds }), ...(channelId && { channelId }) };
        const chosen = await store.quarantine.waiting(choice, mostReplays);
        const view = { dryRun, chosen: chosen.length, channels: countBy(chosen.map((each) => each.channelId)) };
        const afterwards = async (): Promise<void> => {
          for (const each of dryRun ? [] : chosen) await queue.requestReplay(each);
          log.warn('quarantine.replayed', { dryRun, chosen: chosen.length });
        };
        const detail = { dryRun, chosen: chosen.length };
        const acts = [{ action: 'quarantine.replayed' as const, objectId: channelId ?? null, detail }];
        return { status: 202, location: '/api/v1/quarantine', view, kept: view, afterwards, acts };
      },
    });
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
