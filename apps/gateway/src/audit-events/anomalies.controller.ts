import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { anomaliesViewSchema, type AnomaliesView } from '#contracts';
import { findAnomalies } from '#inquiry';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { trailOf } from './trail.ts';

const dayMs = 86_400_000;
const mostDays = 90;
const usualDays = 30;
const mostEvents = 20_000;
const pageEvents = 5_000;

const query = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(mostDays))
    .optional()
    .describe(`the last days that are looked at, ${usualDays} without it`),
});

/** What an auditor should look at (异常线索), worked out of the ledger anew every time. */
@ApiTags('audit-events')
@Controller('api/v1/audit-events/anomalies')
export class AnomaliesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Cards: own surname, night bursts, the same person again and again, and others',
    scope: 'audit:read',
    status: 200,
    audit: 'audit.read',
    returns: anomaliesViewSchema,
    query,
  })
  async list(
    @Query({ schema: query }) { days = usualDays }: z.infer<typeof query>,
    @InExchange() exchange: Exchange,
  ): Promise<AnomaliesView> {
    const { store, settings, clock, toInstant } = this.#gateway;
    const since = clock.now().getTime() - days * dayMs;
    const { events, isWhole } = await this.#events(exchange, since);
    const items = findAnomalies(events, settings.auditThresholds);
    const detail = { view: 'anomalies', days, count: items.length };
    await store.ledger.record(actOf(exchange, { action: 'audit.read', detail }));
    return { items, examined: events.length, since: toInstant(new Date(since)), isWhole };
  }

  /** The newest events first, up to a bound; that there were more is said. */
  async #events({ caller }: Exchange, since: number) {
    const { ledger } = this.#gateway.store;
    const events: Awaited<ReturnType<typeof ledger.list>>[number][] = [];
    for (let before: number | null = null; events.length < mostEvents; ) {
      const page = await ledger.list({ rows: trailOf(caller), since, before, limit: pageEvents });
      events.push(...page);
      if (page.length < pageEvents) return { events, isWhole: true };
      before = page.at(-1)?.seq ?? null;
    }
    return { events, isWhole: false };
  }
}
