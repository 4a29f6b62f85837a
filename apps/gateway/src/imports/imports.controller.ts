import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  importChangeSchema,
  type ImportMapping,
  type ImportSending,
  importSendingSchema,
  type ImportSent,
  importSentSchema,
  type ImportView,
  importViewSchema,
} from '#contracts';
import { importExpiry, sha256Hex } from '#platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { byHash } from '../audit/about.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { guessMapping } from './columns.ts';
import { importFault } from './import-fault.ts';
import { loadImport, viewImport } from './load-import.ts';
import { readTable } from './read-table.ts';
import { sendRows } from './send-rows.ts';

const keptSchema = z.object({ importId: idSchema('imp') });
const mostBytes = 5_242_880;

/** Lists of debtors (批量导入): read and judged row by row; nothing is sent before somebody has confirmed how many. */
@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Bring a list of debtors; every row is judged and nothing is sent',
    scope: 'inquiries:write',
    audit: 'import.created',
    status: 201,
    returns: importViewSchema,
    uploads: 'list',
    idempotent: true,
  })
  async create(@InExchange() exchange: Exchange): Promise<ImportView> {
    const { store, intents, settings, clock } = this.#gateway;
    const { courtCode, userId: createdBy } = exchange.caller.officer;
    const bytes = await readList(exchange.request);
    const content = await readTable(bytes);
    const hash = `sha256:${sha256Hex(bytes)}`;
    const mapping = guessMapping(content.headers);
    const { importId } = await intents.once(
      { ...exchange, content: { hash } },
      {
        act: async (tx) => {
          const expiresAt = importExpiry(settings, clock.now());
          const kept = {
            importId: await store.imports.keep(tx, { courtCode, createdBy, hash, content, mapping, expiresAt }),
          };
          const detail = { rows: content.rows.length };
          const acts = [{ action: 'import.created' as const, objectId: kept.importId, shown: byHash(hash), detail }];
          return { status: 201, location: `/api/v1/imports/${kept.importId}`, view: kept, kept, acts };
        },
        keeps: keptSchema,
        again: (kept) => kept,
      },
    );
    return viewImport(await loadImport(this.#gateway, exchange.caller, importId));
  }

  @Get(':importId')
  @Operation({
    summary: 'Read your list with the verdict of every row as of now',
    scope: 'inquiries:write',
    audit: 'import.read',
    status: 200,
    returns: importViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('importId', { schema: idSchema('imp') }) importId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ImportView> {
    const view = viewImport(await loadImport(this.#gateway, exchange.caller, importId));
    const { rows, ready } = view.counts;
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'import.read', objectId: importId, detail: { rows, ready } }),
    );
    return view;
  }

  @Patch(':importId')
  @Operation({
    summary: 'Say which column holds what',
    scope: 'inquiries:write',
    audit: 'import.changed',
    status: 200,
    returns: importViewSchema,
    takesBody: true,
    problems: ['not-found'],
  })
  async change(
    @Param('importId', { schema: idSchema('imp') }) importId: string,
    @Body({ schema: importChangeSchema }) { mapping }: { readonly mapping: ImportMapping },
    @InExchange() exchange: Exchange,
  ): Promise<ImportView> {
    const { store } = this.#gateway;
    const { stored } = await loadImport(this.#gateway, exchange.caller, importId);
    refuseColumns(mapping, stored.content.headers.length);
    await store.transaction(async (tx) => {
      await store.imports.setMapping(tx, { importId, mapping });
      const detail = { fields: Object.keys(mapping).length };
      await store.ledger.record(actOf(exchange, { action: 'import.changed', objectId: importId, detail }), tx);
    });
    return viewImport(await loadImport(this.#gateway, exchange.caller, importId));
  }

  @Post(':importId/sending')
  @Operation({
    summary: 'Send the next rows that are ready; `left` tells how many still are',
    scope: 'inquiries:write',
    audit: ['import.sent', 'inquiry.sent', 'inquiry.refused', 'debtor.created'],
    status: 202,
    returns: importSentSchema,
    idempotent: true,
    policy: 'inquiries',
    problems: ['not-found', 'state-conflict', 'overloaded'],
  })
  send(
    @Param('importId', { schema: idSchema('imp') }) importId: string,
    @Body({ schema: importSendingSchema }) sending: ImportSending,
    @InExchange() exchange: Exchange,
  ): Promise<ImportSent> {
    const { store, intents } = this.#gateway;
    return intents.once(exchange, {
      act: async (tx) => {
        const { userId } = exchange.caller.officer;
        foundOr404(await store.imports.holdStill(tx, importId, userId), 'import');
        const view = await sendRows(this.#gateway, exchange, { importId, sending });
        const { sent, refused, left } = view;
        const acts = [{ action: 'import.sent' as const, objectId: importId, detail: { sent, refused, left } }];
        return { status: 202, location: `/api/v1/imports/${importId}`, view, kept: view, acts };
      },
      keeps: importSentSchema,
      again: (kept) => kept,
    });
  }
}

/** @throws ProblemError naming every column that is not there, or is given twice */
function refuseColumns(mapping: ImportMapping, columns: number): void {
  const entries = Object.entries(mapping);
  const errors = entries.flatMap(([field, at], index) => {
    const pointer = `/mapping/${field}`;
    if (at >= columns)
      return [{ pointer, code: 'no-column', detail: 'The list has no such column.', fix: `Use 0 to ${columns - 1}.` }];
    return entries.slice(0, index).some(([, other]) => other === at)
      ? [{ pointer, code: 'column-twice', detail: 'Another field has this column.', fix: 'Choose another column.' }]
      : [];
  });
  if (errors.length > 0) throw new ProblemError('validation', 'The columns do not fit the list.', { errors });
}

async function readList(request: FastifyRequest): Promise<Buffer> {
  const part = await request.file();
  if (!part || part.fieldname !== 'file') {
    const item = {
      ...{ pointer: '/file', code: 'required', detail: 'The field `file` is missing.' },
      fix: 'Send the workbook or the CSV text in the field `file`.',
    };
    throw new ProblemError('validation', 'There is no list.', { errors: [item] });
  }
  const bytes = await part.toBuffer();
  if (part.file.truncated || bytes.length > mostBytes) throw importFault('too-large');
  return bytes;
}
