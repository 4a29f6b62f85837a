import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  categorySchema,
  coverageLineSchema,
  idSchema,
  type LineView,
  lineViewSchema,
  pageSchema,
  type Page,
  reasonSchema,
} from '#contracts';
import { askingOfLine, wordsOfLine } from '#inquiry';
import { z } from 'zod';
import { type Looking, lookingOf, showsPayload } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { listOf } from '../http/list-of.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { liveReport } from '../reports/live-report.ts';

const query = z.strictObject({
  ...pageParameters,
  verdict: listOf(coverageLineSchema.shape.verdict).optional(),
  reason: listOf(reasonSchema).optional(),
  category: listOf(categorySchema).optional(),
});
type LinesQuery = z.infer<typeof query>;

/** Coverage lines (覆盖情况) with the words an officer reads. */
@ApiTags('inquiries')
@Controller('api/v1/inquiries/:inquiryId/lines')
export class LinesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }
  @Get()
  @Operation({
    summary: 'Who answered what: one line per agency',
    scope: 'inquiries:read',
    audit: 'inquiry.read',
    status: 200,
    returns: pageSchema(lineViewSchema),
    query,
    problems: ['not-found', 'cursor-invalid'],
  })
  async list(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Query({ schema: query }) asked: LinesQuery,
    @InExchange() exchange: Exchange,
  ): Promise<Page<LineView>> {
    const { cursors, store } = this.#gateway;
    const page = await readPage(cursors, asked, {
      name: listName(`lines/${inquiryId}`, asked),
      read: (after, limit) => this.#read({ inquiryId, looking: lookingOf(exchange.caller), asked }, after, limit),
      positionOf: ({ category, agencyId }) => `${category} ${agencyId}`,
    });
    const detail = { part: 'lines', count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'inquiry.read', objectId: inquiryId, detail }));
    return linkNext(exchange, page);
  }

  async #read(
    { inquiryId, looking, asked }: { inquiryId: string; looking: Looking; asked: LinesQuery },
    after: string | null,
    limit: number,
  ): Promise<LineView[]> {
    const { toInstant, clock, store } = this.#gateway;
    const head = foundOr404(await store.inquiries.head(inquiryId, looking.read), 'inquiry');
    const isShown = await showsPayload(this.#gateway, looking, head);
    const { body } = foundOr404(await liveReport(this.#gateway, inquiryId, looking.read), 'inquiry');
    const all = body.coverage.lines;
    // the order of the lines is that of the plan and never changes, so a position stays where it is while answers come in
    const start =
      after === null ? 0 : all.findIndex(({ category, agencyId }) => `${category} ${agencyId}` === after) + 1;
    const at = toInstant(clock.now());
    const { verdict, reason, category } = asked;
    return all
      .slice(start)
      .filter(
        (line) =>
          (verdict?.includes(line.verdict) ?? true) &&
          (reason === undefined || (line.reason !== null && reason.includes(line.reason))) &&
          (category?.includes(line.category) ?? true),
      )
      .slice(0, limit)
      .map((line) =>
        isShown
          ? { ...line, payload: 'shown', words: wordsOfLine(line, at) }
          : { ...askingOfLine(line, at), payload: 'withheld' },
      );
  }
}
