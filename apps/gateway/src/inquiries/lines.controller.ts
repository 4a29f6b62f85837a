import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  categorySchema,
  type CoverageLine,
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
import { linkNext, listName, pageParametersUpTo, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { liveReport } from '../reports/live-report.ts';

const mostLines = 1_000; // every page is merged anew from the journal, so a national inquiry is read in few of them
const mostEvents = 500;

const query = z.strictObject({
  ...pageParametersUpTo(mostLines),
  changedAfter: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .describe('Only lines of which events after this `seq` tell; all of them when there were very many'),
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
      positionOf: nameOf,
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
    const start = after === null ? 0 : all.findIndex((line) => nameOf(line) === after) + 1;
    const at = toInstant(clock.now());
    const { verdict, reason, category, changedAfter } = asked;
    const isAsked = changedAfter === undefined ? () => true : await this.#toldAfter(inquiryId, changedAfter);
    return all
      .slice(start)
      .filter(
        (line) =>
          isAsked(line) &&
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

  async #toldAfter(inquiryId: string, seq: number): Promise<(line: LineName) => boolean> {
    const events = await this.#gateway.store.events.after(inquiryId, seq, mostEvents);
    if (events.length === mostEvents) return () => true;
    const told = new Set(events.flatMap((event) => (event.kind === 'lines' ? event.lines.map(nameOf) : [])));
    return (line) => told.has(nameOf(line));
  }
}

type LineName = Pick<CoverageLine, 'category' | 'agencyId'>;

const nameOf = ({ category, agencyId }: LineName): string => `${category} ${agencyId}`;
