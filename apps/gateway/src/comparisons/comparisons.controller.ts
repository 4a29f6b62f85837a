import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type ComparisonView,
  comparisonViewSchema,
  type DebtorVersion,
  debtorVersionSchema,
  idSchema,
  type NewComparison,
  newComparisonSchema,
  type NoticeDraft,
  noticeDraftSchema,
  type Page,
  pageSchema,
} from '#contracts';
import { compareReports, creditorNotice } from '#inquiry';
import type { StoredComparison } from '#store';
import { z } from 'zod';
import type { Act } from '../audit/act-of.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { type Pair, readPair, viewOf } from './compare-versions.ts';

const listQuery = z.strictObject(pageParameters);

/** Comparisons (比对) of two versions about one debtor; a change of what is known is not a change of what exists. */
@ApiTags('comparisons')
@Controller('api/v1')
export class ComparisonsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post('comparisons')
  @Operation({
    summary: 'Compare two versions about one debtor; the same pair gives the same id',
    scope: 'reports:read',
    audit: 'comparison.made',
    status: 201,
    returns: comparisonViewSchema,
    takesBody: true,
    problems: ['not-found'],
  })
  async make(
    @Body({ schema: newComparisonSchema }) asked: NewComparison,
    @InExchange() exchange: Exchange,
  ): Promise<ComparisonView> {
    const { store } = this.#gateway;
    const pair = await readPair(this.#gateway, exchange.caller, asked);
    const { caseId, debtorId } = pair.head;
    const stored = await store.transaction(async (tx) => {
      const toKeep = { olderReportId: asked.older, newerReportId: asked.newer, caseId, debtorId };
      const kept = await store.comparisons.keep(tx, { ...toKeep, createdBy: exchange.caller.officer.userId });
      await store.ledger.record(actOf(exchange, actOn('comparison.made', kept, pair)), tx);
      return kept;
    });
    exchange.reply.header('location', `/api/v1/comparisons/${stored.comparisonId}`);
    return viewOf(pair, stored);
  }

  @Get('comparisons/:comparisonId')
  @Operation({
    summary: 'One comparison, worked out from its two versions',
    scope: 'reports:read',
    audit: 'comparison.read',
    status: 200,
    returns: comparisonViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('comparisonId', { schema: idSchema('cmp') }) comparisonId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ComparisonView> {
    const { pair, stored } = await this.#find(exchange, comparisonId);
    await this.#gateway.store.ledger.record(actOf(exchange, actOn('comparison.read', stored, pair)));
    return viewOf(pair, stored);
  }

  @Get('comparisons/:comparisonId/notice')
  @Operation({
    summary: 'The draft of a notice to the creditor (告知书), words only',
    scope: 'reports:read',
    audit: 'comparison.read',
    status: 200,
    returns: noticeDraftSchema,
    problems: ['not-found'],
  })
  async notice(
    @Param('comparisonId', { schema: idSchema('cmp') }) comparisonId: string,
    @InExchange() exchange: Exchange,
  ): Promise<NoticeDraft> {
    const { pair, stored } = await this.#find(exchange, comparisonId);
    const { title, paragraphs, undecided } = creditorNotice({
      ...pair,
      changes: compareReports(pair.older, pair.newer),
    });
    const act = { ...actOn('comparison.read', stored, pair), detail: { part: 'notice' } };
    await this.#gateway.store.ledger.record(actOf(exchange, act));
    return { comparisonId, title, paragraphs: [...paragraphs], undecided, simulated: pair.newer.simulated };
  }

  @Get('debtors/:debtorId/report-versions')
  @Operation({
    summary: 'Every version about a debtor, newest first, to choose two from',
    scope: 'reports:read',
    audit: 'report.read',
    status: 200,
    returns: pageSchema(debtorVersionSchema),
    query: listQuery,
    problems: ['not-found', 'cursor-invalid'],
  })
  async versions(
    @Param('debtorId', { schema: idSchema('deb') }) debtorId: string,
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<DebtorVersion>> {
    const { store, cursors } = this.#gateway;
    const { payload: rows } = exchange.caller.rows;
    const { caseId } = foundOr404(await store.debtors.get(debtorId, rows), 'debtor');
    const page = await readPage(cursors, query, {
      name: listName('debtor-versions', { debtorId }),
      read: (after, limit) => store.comparisons.versionsOf(debtorId, { rows, after, limit }),
      positionOf: ({ reportId }) => reportId,
    });
    const detail = { part: 'versions', count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'report.read', objectId: debtorId, caseId, debtorId, detail }));
    return linkNext(exchange, page);
  }

  async #find({ caller }: Exchange, comparisonId: string): Promise<{ pair: Pair; stored: StoredComparison }> {
    const { store } = this.#gateway;
    const stored = foundOr404(await store.comparisons.get(comparisonId, caller.rows.payload), 'comparison');
    const asked = { older: stored.olderReportId, newer: stored.newerReportId };
    return { pair: await readPair(this.#gateway, caller, asked), stored };
  }
}

/** The newer version is what was shown; the older one is named beside it. */
const actOn = (
  action: 'comparison.made' | 'comparison.read',
  { comparisonId, caseId, debtorId }: StoredComparison,
  { older, newer: { reportId, reportVersion, contentHash: hash } }: Pair,
): Act => ({
  ...{ action, objectId: comparisonId, caseId, debtorId },
  shown: { reportId, reportVersion, hash },
  detail: { older: older.reportId },
});
