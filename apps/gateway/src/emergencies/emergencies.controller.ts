import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  emergencyOutcomeSchema,
  type EmergencyOutcome,
  emergencyReviewSchema,
  type EmergencyReview,
  idSchema,
  type NewEmergencyDecision,
  newEmergencyDecisionSchema,
  pageSchema,
  type Page,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { reviewEmergency } from './review-emergency.ts';

const query = z.strictObject(pageParameters);

/** Emergency uses (紧急使用): inquiries that did not wait for an approval are looked at afterwards by a second person. */
@ApiTags('emergency-reviews')
@Controller('api/v1/emergency-reviews')
export class EmergenciesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'List the emergency uses of your court; those that nobody has reviewed first',
    scope: 'approvals:decide',
    audit: 'emergency.read',
    status: 200,
    returns: pageSchema(emergencyReviewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: PageAsked,
    @InExchange() exchange: Exchange,
  ): Promise<Page<EmergencyReview>> {
    const { officer, rows } = exchange.caller;
    const { courtCode } = officer;
    const { store, cursors } = this.#gateway;
    const page = await readPage(cursors, asked, {
      name: listName('emergency-reviews', { userId: officer.userId }),
      read: (after, limit) => store.emergencies.list({ courtCode, rows: rows.read, limit, after: placeOf(after) }),
      positionOf: ({ decision, inquiryId }) => `${decision === null ? 'open' : 'done'} ${inquiryId}`,
    });
    const detail = { count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'emergency.read', detail }));
    return linkNext(exchange, page);
  }

  @Post(':inquiryId/decision')
  @Operation({
    summary: 'Say whether an emergency use was justified',
    scope: 'approvals:decide',
    audit: 'emergency.reviewed',
    status: 200,
    returns: emergencyOutcomeSchema,
    idempotent: true,
    problems: ['not-found', 'own-draft', 'state-conflict'],
  })
  decide(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Body({ schema: newEmergencyDecisionSchema }) decision: NewEmergencyDecision,
    @InExchange() exchange: Exchange,
  ): Promise<EmergencyOutcome> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => reviewEmergency(this.#gateway, exchange, { inquiryId, decision, tx }),
      keeps: emergencyOutcomeSchema,
      again: (kept) => kept,
    });
  }
}

function placeOf(after: string | null): { isOpen: boolean; inquiryId: string } | null {
  if (after === null) return null;
  const [state, inquiryId = ''] = after.split(' ');
  return { isOpen: state === 'open', inquiryId };
}
