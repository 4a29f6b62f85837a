import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type IncidentList,
  incidentListSchema,
  newOutageRequerySchema,
  type OutageRequeryView,
  outageRequeryViewSchema,
} from '#contracts';
import type { z } from 'zod';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { readIncidents } from './incident-view.ts';
import { requeryOutage } from './requery-outage.ts';

/** Agencies that fail now (故障), what waits for them, and asking again what they missed. */
@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Agencies whose breaker is not closed, the longest first, and how much waits for each',
    scope: 'operations:read',
    audit: { none: 'counts of inquiries and courts; no case and no person' },
    status: 200,
    returns: incidentListSchema,
  })
  list(): Promise<IncidentList> {
    return readIncidents(this.#gateway);
  }

  @Post('requeries')
  @Operation({
    summary:
      'Ask again what an agency did not answer in a window of time, so many inquiries a call; or only count them',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: outageRequeryViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  requery(
    @Body({ schema: newOutageRequerySchema }) wanted: z.infer<typeof newOutageRequerySchema>,
    @InExchange() exchange: Exchange,
  ): Promise<OutageRequeryView> {
    return this.#gateway.intents.once(exchange, {
      act: () => requeryOutage(this.#gateway, exchange, wanted),
      keeps: outageRequeryViewSchema,
      again: (kept) => kept,
    });
  }
}
