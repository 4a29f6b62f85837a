import { Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  liveReportSchema,
  type LiveReport,
  reportSchema,
  type Report,
  reportVersionItemSchema,
  type ReportVersionItem,
} from '#contracts';
import { compareReports } from '#inquiry';
import { contentHash } from '#platform';
import { z } from 'zod';
import { inquiryToActOn, payloadOrRefuse } from '../access/looking.ts';
import { byHash } from '../audit/about.ts';
import { type Act, actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { liveReport } from './live-report.ts';

/** Named here, so that the documentation says each of them once. */
const keptSchema = z.object({ reportId: idSchema('rep') });
const readQuery = z.strictObject({ include: z.literal('changes').optional() });
const versionsSchema = z.strictObject({ items: z.array(reportVersionItemSchema), nextCursor: z.null() });

/** Reports (报告): the live view, and immutable versions of it. */
@ApiTags('reports')
@Controller('api/v1')
export class ReportsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get('inquiries/:inquiryId/report')
  @Operation({
    summary: 'The present state as a report; not stored',
    scope: 'reports:read',
    audit: 'report.read',
    status: 200,
    returns: liveReportSchema,
    problems: ['not-found'],
  })
  async live(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @InExchange() exchange: Exchange,
  ): Promise<LiveReport> {
    const { caller } = exchange;
    await payloadOrRefuse(this.#gateway, caller, inquiryId);
    const { body } = foundOr404(await liveReport(this.#gateway, inquiryId, caller.rows.payload), 'inquiry');
    const hash = contentHash(body);
    await this.#record(exchange, { action: 'report.read', objectId: inquiryId, shown: byHash(hash) });
    return { ...body, live: true, contentHash: hash };
  }

  @Post('inquiries/:inquiryId/report-versions')
  @Operation({
    summary: 'Cut a version now',
    scope: 'inquiries:write',
    audit: 'report.cut',
    status: 201,
    returns: reportSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  async cut(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @InExchange() exchange: Exchange,
  ): Promise<Report> {
    const { store, intents, metrics } = this.#gateway;
    const { rows } = exchange.caller;
    await inquiryToActOn(this.#gateway, exchange.caller, inquiryId);
    return intents.once(exchange, {
      act: async () => {
        const { body, upToSeq } = foundOr404(await liveReport(this.#gateway, inquiryId, rows.write), 'inquiry');
        const { report } = await store.reports.append({
          inquiryId,
          body,
          cause: 'requested',
          upToSeq,
          succeed: (before) => ({ changes: compareReports(before, body), cause: 'requested' }),
        });
        if (!report) throw new ProblemError('state-conflict', 'Nothing has changed since the last version.');
        metrics.reportCreated({ cause: 'requested' });
        return {
          status: 201,
          location: `/api/v1/reports/${report.reportId}`,
          view: report,
          kept: { reportId: report.reportId },
          acts: [{ action: 'report.cut', objectId: inquiryId, shown: shownOf(report) }],
        };
      },
      keeps: keptSchema,
      again: async (kept) => foundOr404(await store.reports.get(kept.reportId, exchange.caller.rows.payload), 'report'),
    });
  }

  @Get('inquiries/:inquiryId/report-versions')
  @Operation({
    summary: 'The versions of a report, newest first',
    scope: 'reports:read',
    audit: 'report.read',
    status: 200,
    returns: versionsSchema,
    problems: ['not-found'],
  })
  async versions(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @InExchange() exchange: Exchange,
  ): Promise<{ items: readonly ReportVersionItem[]; nextCursor: null }> {
    await payloadOrRefuse(this.#gateway, exchange.caller, inquiryId);
    const items = await this.#gateway.store.reports.list(inquiryId);
    const detail = { part: 'versions', count: items.length };
    await this.#record(exchange, { action: 'report.read', objectId: inquiryId, detail });
    return { items, nextCursor: null };
  }

  @Get('reports/:reportId')
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'The `ETag` of a version never changes: 304.',
    schema: { type: 'string' },
  })
  @Operation({
    summary: 'One immutable version; `changes` is null unless it is asked for',
    query: readQuery,
    scope: 'reports:read',
    audit: 'report.read',
    status: 200,
    returns: reportSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('reportId', { schema: idSchema('rep') }) reportId: string,
    @Query({ schema: readQuery }) { include }: z.infer<typeof readQuery>,
    @InExchange() exchange: Exchange,
  ): Promise<Report | undefined> {
    const report = foundOr404(await this.#gateway.store.reports.get(reportId, exchange.caller.rows.payload), 'report');
    await this.#record(exchange, { action: 'report.read', objectId: reportId, shown: shownOf(report) });
    const etag = `"${report.contentHash}${include === undefined ? '' : `+${include}`}"`;
    exchange.reply.header('etag', etag);
    exchange.reply.header('cache-control', 'private, no-cache');
    if (!knows(exchange.request.headers['if-none-match'], etag))
      return include === undefined ? { ...report, changes: null } : report;
    exchange.reply.code(304);
    return undefined;
  }

  async #record(exchange: Exchange, act: Act): Promise<void> {
    await this.#gateway.store.ledger.record(actOf(exchange, act));
  }
}

const shownOf = ({ reportId, reportVersion, contentHash: hash }: Report) => ({ reportId, reportVersion, hash });

const knows = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*');
