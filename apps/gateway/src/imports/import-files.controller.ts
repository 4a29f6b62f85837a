import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { idSchema } from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { badRows, errorFile, type ListFormat, listMedia, templateFile } from './list-file.ts';
import { loadImport } from './load-import.ts';

const query = z.strictObject({
  format: z.enum(['xlsx', 'csv']).optional().describe('`xlsx` without it'),
});
type FileQuery = z.infer<typeof query>;

/** Files around a list: the empty one to begin with, and the one that tells what to mend. */
@ApiTags('imports')
@Controller('api/v1')
export class ImportFilesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get('import-template')
  @Operation({
    summary: 'An empty list with the headers that are always understood',
    scope: 'inquiries:write',
    audit: { none: 'nothing of anybody is in it' },
    status: 200,
    returns: null,
    media: listMedia.xlsx,
    query,
  })
  async template(
    @Query({ schema: query }) { format = 'xlsx' }: FileQuery,
    @InExchange() _exchange: Exchange,
  ): Promise<StreamableFile> {
    return fileOf(await templateFile(format), format, 'import-template');
  }

  @Get('imports/:importId/errors')
  @Operation({
    summary: 'The rows that cannot be sent, with what to mend; the file can be brought again',
    scope: 'inquiries:write',
    audit: 'import.exported',
    status: 200,
    returns: null,
    media: listMedia.xlsx,
    query,
    problems: ['not-found'],
  })
  async errors(
    @Param('importId', { schema: idSchema('imp') }) importId: string,
    @Query({ schema: query }) { format = 'xlsx' }: FileQuery,
    @InExchange() exchange: Exchange,
  ): Promise<StreamableFile> {
    const loaded = await loadImport(this.#gateway, exchange.caller, importId);
    const file = await errorFile(format, loaded);
    const detail = { format, rows: badRows(loaded.rows).length };
    await this.#gateway.store.ledger.record(actOf(exchange, { action: 'import.exported', objectId: importId, detail }));
    exchange.reply.header('cache-control', 'no-store');
    return fileOf(file, format, `${importId}-errors`);
  }
}

const fileOf = (content: Buffer, format: ListFormat, name: string): StreamableFile =>
  new StreamableFile(content, { type: listMedia[format], disposition: `attachment; filename="${name}.${format}"` });
