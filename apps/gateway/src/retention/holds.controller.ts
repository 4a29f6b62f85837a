import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  type AuditEntry,
  type HoldView,
  holdViewSchema,
  idSchema,
  type NewHold,
  newHoldSchema,
  type Page,
  pageSchema,
} from '#contracts';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { actOf } from '../audit/act-of.ts';
import { noteRecorded } from '../audit/traces.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { reasonInHeader, statedReason } from '../http/reason.ts';

const query = z.strictObject(pageParameters);
const keptSchema = z.object({ holdId: idSchema('hold') });

/** Legal holds (法律保留): while one is in force, nothing of its case or inquiry is removed by age. */
@ApiTags('retention')
@Controller('api/v1/legal-holds')
export class HoldsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Place a hold on a case or on one inquiry',
    scope: 'holds:write',
    audit: 'hold.placed',
    status: 201,
    returns: holdViewSchema,
    idempotent: true,
    problems: ['not-found', 'reason-required'],
  })
  place(@Body({ schema: newHoldSchema }) wanted: NewHold, @InExchange() exchange: Exchange): Promise<HoldView> {
    const reason = statedReason(wanted.reason);
    const { store, intents } = this.#gateway;
    const { rows, officer } = exchange.caller;
    return intents.once(exchange, {
      keeps: keptSchema,
      act: async (tx) => {
        const target = await this.#targetOf(wanted, exchange.caller);
        const view = await store.holds.place(tx, { ...target, reason, placedBy: officer.userId });
        const { holdId } = view;
        const about = { objectId: holdId, caseId: target.caseId, detail: { inquiryId: target.inquiryId } };
        await store.ledger.record(actOf(exchange, { action: 'hold.placed', ...about, reason }), tx);
        return { status: 201, location: `/api/v1/legal-holds/${holdId}`, view, kept: { holdId } };
      },
      again: async ({ holdId }) => foundOr404(await store.holds.get(holdId, rows.read), 'hold'),
    });
  }

  @Get()
  @Operation({
    summary: 'Holds, newest first, lifted ones as well',
    scope: 'holds:write',
    audit: 'hold.read',
    status: 200,
    returns: pageSchema(holdViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: z.infer<typeof query>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<HoldView>> {
    const { store, cursors } = this.#gateway;
    const { read } = exchange.caller.rows;
    const page = await readPage(cursors, asked, {
      name: listName('legal-holds', asked),
      read: (after, limit) => store.holds.list({ rows: read, after, limit }),
      positionOf: ({ holdId }) => holdId,
    });
    await store.ledger.record(actOf(exchange, { action: 'hold.read', detail: { count: page.items.length } }));
    return linkNext(exchange, page);
  }

  @Get(':holdId')
  @Operation({
    summary: 'One hold',
    scope: 'holds:write',
    audit: 'hold.read',
    status: 200,
    returns: holdViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('holdId', { schema: idSchema('hold') }) holdId: string,
    @InExchange() exchange: Exchange,
  ): Promise<HoldView> {
    const { store } = this.#gateway;
    const view = foundOr404(await store.holds.get(holdId, exchange.caller.rows.read), 'hold');
    await store.ledger.record(actOf(exchange, { action: 'hold.read', objectId: holdId, caseId: view.caseId }));
    return view;
  }

  @Delete(':holdId')
  @ApiHeader({ name: 'X-Purpose', required: true, description: 'Why it is lifted.', schema: { type: 'string' } })
  @Operation({
    summary: 'Lift a hold; lifting it again changes nothing',
    scope: 'holds:write',
    audit: 'hold.lifted',
    status: 200,
    returns: holdViewSchema,
    problems: ['not-found', 'reason-required'],
  })
  async lift(
    @Param('holdId', { schema: idSchema('hold') }) holdId: string,
    @InExchange() exchange: Exchange,
  ): Promise<HoldView> {
    const { store } = this.#gateway;
    const { rows, officer } = exchange.caller;
    const reason = reasonInHeader(exchange);
    const about = { action: 'hold.lifted', objectId: holdId, reason } as const;
    let entry: AuditEntry | null = null;
    const place = { holdId, by: officer.userId, rows: rows.write };
    const lifted = await store.holds.lift(place, ({ caseId, inquiryId }) => {
      entry = actOf(exchange, { ...about, caseId, detail: { inquiryId } });
      return entry;
    });
    const view = foundOr404(lifted, 'hold');
    if (entry) noteRecorded(entry);
    else await store.ledger.record(actOf(exchange, { ...about, caseId: view.caseId, detail: { again: true } }));
    return view;
  }

  async #targetOf({ target }: NewHold, { rows }: Caller): Promise<{ caseId: string; inquiryId: string | null }> {
    const { store } = this.#gateway;
    if ('caseId' in target) {
      const { caseId } = foundOr404(await store.cases.get(target.caseId, rows.write), 'case');
      return { caseId, inquiryId: null };
    }
    const { caseId, inquiryId } = foundOr404(await store.inquiries.head(target.inquiryId, rows.write), 'inquiry');
    return { caseId, inquiryId };
  }
}
