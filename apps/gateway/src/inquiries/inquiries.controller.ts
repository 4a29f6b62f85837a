import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  inquiryItemSchema,
  type InquiryItem,
  inquiryViewSchema,
  type InquiryView,
  type NewInquiry,
  newInquirySchema,
  pageSchema,
  type Page,
  previewInquirySchema,
  previewViewSchema,
  type PreviewView,
} from '#contracts';
import { z } from 'zod';
import { lookingOf } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { acceptInquiry } from './accept-inquiry.ts';
import { awaitNews } from './await-news.ts';
import { readView } from './inquiry-view.ts';
import { previewInquiry } from './preview.ts';

/**
 * Before: an officer's click, or a program's call. Here: the inquiry (查询) comes in, is parsed once, and is accepted or
 * refused. After: the guard of purpose (libs/inquiry/src/purpose-guard.ts) and the plan (libs/inquiry/src/plan.ts);
 * then the inquiry and its shards are stored in one transaction (libs/store/src/inquiries.ts) and, only after that, the
 * flow of jobs is started (libs/queue/src/inquiry-flow.ts).
 */
const listQuery = z.strictObject({ ...pageParameters, caseId: idSchema('case').optional() });
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().max(most));
const readQuery = z.strictObject({
  after: whole(999_999_999).optional().describe('wait for something newer than this `seq`'),
  wait: whole(25).optional().describe('seconds to wait at most'),
});
type ReadQuery = z.infer<typeof readQuery>;

@ApiTags('inquiries')
@Controller('api/v1/inquiries')
export class InquiriesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post('preview')
  @Operation({
    summary: 'Who would be asked, and what is missing; nothing is sent',
    scope: 'inquiries:write',
    audit: 'inquiry.previewed',
    status: 200,
    returns: previewViewSchema,
    reads: true,
    problems: ['not-found'],
  })
  async preview(
    @Body({ schema: previewInquirySchema }) body: z.infer<typeof previewInquirySchema>,
    @InExchange() exchange: Exchange,
  ): Promise<PreviewView> {
    const view = await previewInquiry(this.#gateway, exchange.caller, body);
    const { caseId, debtorId, purpose } = body;
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'inquiry.previewed', objectId: debtorId, caseId, purpose, detail: { ...view.counts } }),
    );
    return view;
  }

  @Post()
  @Operation({
    summary: 'Ask: one debtor, many agencies',
    scope: 'inquiries:write',
    audit: ['inquiry.sent', 'inquiry.refused'],
    status: 202,
    returns: inquiryViewSchema,
    idempotent: true,
    policy: 'inquiries',
    problems: ['purpose-guard', 'nothing-to-ask', 'overloaded'],
  })
  create(@Body({ schema: newInquirySchema }) body: NewInquiry, @InExchange() exchange: Exchange): Promise<InquiryView> {
    return acceptInquiry(this.#gateway, exchange, body);
  }

  @Get()
  @Operation({
    summary: 'List the inquiries of your court, newest first',
    scope: 'inquiries:read',
    audit: 'inquiries.listed',
    status: 200,
    returns: pageSchema(inquiryItemSchema),
    query: listQuery,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<InquiryItem>> {
    const { officer, rows } = exchange.caller;
    const { caseId } = query;
    const page = await readPage(this.#gateway.cursors, query, {
      name: listName('inquiries', { userId: officer.userId, caseId }),
      read: (after, limit) =>
        this.#gateway.store.inquiries.list({
          rows: rows.read,
          limit,
          after,
          ...(caseId === undefined ? {} : { caseId }),
        }),
      positionOf: ({ inquiryId }) => inquiryId,
    });
    const detail = { count: page.items.length };
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'inquiries.listed', caseId: caseId ?? null, detail }),
    );
    return linkNext(exchange, page);
  }

  @Get(':inquiryId')
  @Operation({
    summary: 'Read an inquiry; with `after` and `wait`, as soon as something is new',
    scope: 'inquiries:read',
    audit: 'inquiry.read',
    status: 200,
    returns: inquiryViewSchema,
    query: readQuery,
    problems: ['not-found'],
  })
  async read(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Query({ schema: readQuery }) query: ReadQuery,
    @InExchange() exchange: Exchange,
  ): Promise<InquiryView> {
    const looking = lookingOf(exchange.caller);
    const { read: rows } = looking;
    await awaitNews(this.#gateway, { inquiryId, rows, after: query.after ?? null, waitSeconds: query.wait ?? 0 });
    const view = await readView(this.#gateway, inquiryId, looking);
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'inquiry.read', objectId: inquiryId, detail: { seq: view.seq } }),
    );
    return view;
  }
}
