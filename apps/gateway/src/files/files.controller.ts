import { Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { fileViewSchema, type FileView, idSchema } from '#contracts';
import { sha256Hex } from '#platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { byHash } from '../audit/about.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { fileTypeOf, safeFileName } from './file-type.ts';

const keptSchema = z.object({ fileId: idSchema('file') });

/** Legal documents (法律文书) that inquiries rest on. */
@ApiTags('files')
@Controller('api/v1/files')
export class FilesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Upload a document',
    scope: 'files:write',
    audit: 'file.uploaded',
    status: 201,
    returns: fileViewSchema,
    uploads: 'document',
    idempotent: true,
  })
  async create(@InExchange() exchange: Exchange): Promise<FileView> {
    const { store, intents } = this.#gateway;
    const { courtCode, userId: createdBy } = exchange.caller.officer;
    const { bytes, fileName, fileType } = await readUpload(exchange.request);
    return intents.once(
      { ...exchange, content: { fileName, hash: sha256Hex(bytes) } },
      {
        act: async (tx) => {
          const view = await store.files.create({ fileName, fileType, bytes, createdBy, courtCode }, tx);
          const { fileId, hash } = view;
          const acts = [{ action: 'file.uploaded' as const, objectId: fileId, shown: byHash(hash) }];
          return { status: 201, location: `/api/v1/files/${fileId}`, view, kept: { fileId }, acts };
        },
        keeps: keptSchema,
        again: async (kept) => foundOr404(await store.files.get(kept.fileId), 'file').view,
      },
    );
  }
}

async function readUpload(
  request: FastifyRequest,
): Promise<{ bytes: Buffer; fileName: string; fileType: FileView['fileType'] }> {
  const part = await request.file();
  if (!part || part.fieldname !== 'file') {
    const item = {
      pointer: '/file',
      code: 'required',
      detail: 'The field `file` is missing.',
      fix: 'Send the document in the field `file`.',
    };
    throw new ProblemError('validation', 'There is no file.', { errors: [item] });
  }
  const bytes = await part.toBuffer();
  if (part.file.truncated) throw new ProblemError('too-large', 'The file is longer than 20 MB.'); // cut in its last piece
  const fileType = fileTypeOf(bytes);
  if (fileType === null) {
    const item = {
      pointer: '/file',
      code: 'file-type',
      detail: 'The content is none of PDF, OFD, JPEG, PNG.',
      fix: 'Upload the document in one of these formats.',
    };
    throw new ProblemError('unsupported-media-type', 'Only PDF, OFD, JPEG and PNG are taken.', { errors: [item] });
  }
  return { bytes, fileType, fileName: safeFileName(part.filename, fileType) };
}
