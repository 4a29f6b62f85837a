import { Body, Controller, Get, Inject, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type ExportView,
  exportFormatSchema,
  type ExportFormat,
  exportViewSchema,
  idSchema,
  type NewExport,
  newExportSchema,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { statedReason } from '../http/reason.ts';
import { makeExport } from './make-export.ts';

const keptSchema = z.object({ exportId: idSchema('exp') });

/** Exports (导出): reports that leave the product, signed, masked, and entered into the ledger with a reason. */
@ApiTags('exports')
@Controller('api/v1/exports')
export class ExportsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Export one version of a report',
    scope: 'exports:write',
    audit: 'report.exported',
    status: 202,
    returns: exportViewSchema,
    idempotent: true,
    policy: 'exports',
    problems: ['not-found', 'reason-required', 'simulated-not-exportable', 'overloaded'],
  })
  create(@Body({ schema: newExportSchema }) wanted: NewExport, @InExchange() exchange: Exchange): Promise<ExportView> {
    const format = formatOf(wanted);
    const reason = statedReason(wanted.reason);
    const { store, intents } = this.#gateway;
    return intents.once(exchange, {
      keeps: keptSchema,
      act: async (tx) => {
        const view = await makeExport(this.#gateway, exchange, { wanted: { ...wanted, format, reason }, tx });
        const { exportId } = view;
        return { status: 202, location: `/api/v1/exports/${exportId}`, view, kept: { exportId } };
      },
      again: async ({ exportId }) =>
        foundOr404(await store.exports.get(exportId, exchange.caller.officer.userId), 'export'),
    });
  }

  @Get(':exportId')
  @Operation({
    summary: 'An export of one’s own',
    scope: 'exports:write',
    audit: { none: 'what was asked for, without the document' },
    status: 200,
    returns: exportViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('exportId', { schema: idSchema('exp') }) exportId: string,
    @InExchange() { caller }: Exchange,
  ): Promise<ExportView> {
    return foundOr404(await this.#gateway.store.exports.get(exportId, caller.officer.userId), 'export');
  }

  @Get(':exportId/content')
  @Operation({
    summary: 'The exported document; it is there only with its entry in the ledger',
    scope: 'exports:write',
    audit: 'report.exported',
    status: 200,
    returns: null,
    media: 'application/json',
    problems: ['not-found', 'expired'],
  })
  async content(
    @Param('exportId', { schema: idSchema('exp') }) exportId: string,
    @InExchange() exchange: Exchange,
  ): Promise<StreamableFile> {
    const { store } = this.#gateway;
    const { caller, reply } = exchange;
    const { userId } = caller.officer;
    const view = foundOr404(await store.exports.get(exportId, userId), 'export');
    const content = await store.exports.content(exportId, userId);
    if (content === null) throw new ProblemError('expired', `The export could be fetched until ${view.expiresAt}.`);
    await store.ledger.record(
      actOf(exchange, { action: 'report.exported', objectId: exportId, detail: { part: 'content' } }),
    );
    reply.header('cache-control', 'no-store');
    return new StreamableFile(content, {
      type: mediaTypes[view.format],
      disposition: `attachment; filename="${exportId}.${view.format}"`,
    });
  }
}

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function formatOf({ format }: NewExport): ExportFormat {
  const known = exportFormatSchema.options.find((each) => each === format);
  if (known !== undefined) return known;
  const detail = `The format ${format} is not available.`;
  const errors = [{ pointer: '/format', code: 'format-not-available', detail, fix: 'Export as json, pdf or xlsx.' }];
  throw new ProblemError('validation', 'Reports are exported as json, pdf or xlsx.', { errors });
}
