import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  agencyIdSchema,
  type Answer,
  answerViewSchema,
  idSchema,
  rawAnswerViewSchema,
  type RawAnswerView,
} from '#contracts';
import { sha256Hex } from '#platform';
import type { KeptAnswer } from '#store';
import { z } from 'zod';
import { byHash } from '../audit/about.ts';
import { actOf } from '../audit/act-of.ts';
import { readPurpose } from '../audit/read-purpose.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, notFound, ProblemError } from '../http/problem-error.ts';
import { mediaTypeOf } from './media-type.ts';

const query = z.strictObject({
  inquiryId: idSchema('inq').describe('the inquiry it belongs to; every report names it'),
  agencyId: agencyIdSchema.optional().describe('makes the search in a large inquiry short'),
});
type Place = z.infer<typeof query>;

/** Answers (反馈) as the journal has them, and the messages (原始报文) they were read from. */
@ApiTags('answers')
@Controller('api/v1/answers/:answerId')
export class AnswersController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'One answer with who was asked what and when',
    scope: 'answers:read',
    audit: 'answer.read',
    status: 200,
    returns: answerViewSchema,
    query,
    problems: ['not-found'],
  })
  async read(
    @Param('answerId', { schema: idSchema('ans') }) answerId: string,
    @Query({ schema: query }) place: Place,
    @InExchange() exchange: Exchange,
  ): Promise<Answer> {
    const { answer } = await this.#find(exchange, answerId, place);
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'answer.read', objectId: answerId, detail: { inquiryId: place.inquiryId } }),
    );
    return answer;
  }

  @Get('raw')
  @ApiHeader({
    name: 'X-Purpose',
    required: true,
    description: 'Why the messages are looked at.',
    schema: { type: 'string' },
  })
  @Operation({
    summary: 'The messages behind an answer, as they came',
    scope: 'answers:raw',
    audit: 'raw.read',
    freshWithinSeconds: 600,
    status: 200,
    returns: rawAnswerViewSchema,
    query,
    problems: ['not-found', 'validation', 'expired'],
  })
  async raw(
    @Param('answerId', { schema: idSchema('ans') }) answerId: string,
    @Query({ schema: query }) place: Place,
    @InExchange() exchange: Exchange,
  ): Promise<RawAnswerView> {
    const reason = readPurpose(exchange);
    const { answer, raw, culled } = await this.#find(exchange, answerId, place);
    if (answer.rawHash === null) throw notFound('message');
    if (culled !== null) throw removed(culled);
    const { via, officer } = exchange.caller;
    const { inquiryId } = place;
    this.#gateway.log.warn('answer.raw-read', { answerId, inquiryId, userId: officer.userId, via });
    const detail = { inquiryId, agencyId: answer.agencyId };
    const shown = byHash(answer.rawHash);
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'raw.read', objectId: answerId, reason, shown, detail }),
    );
    exchange.reply.header('cache-control', 'no-store');
    return {
      ...{ answerId, inquiryId, rawHash: answer.rawHash, receivedAt: answer.receivedAt },
      signatureStatus: signatureStatusOf(answer),
      messages: raw.map((bytes) => ({
        mediaType: mediaTypeOf(bytes),
        sizeBytes: bytes.byteLength,
        hash: `sha256:${sha256Hex(bytes)}`,
        signatureStatus: signatureStatusOf(answer),
        base64: Buffer.from(bytes).toString('base64'),
      })),
    };
  }

  async #find({ caller }: Exchange, answerId: string, { inquiryId, agencyId }: Place): Promise<KeptAnswer> {
    const kept = await this.#gateway.store.journal.answer({ inquiryId, answerId, rows: caller.rows.payload, agencyId });
    return foundOr404(kept, 'answer');
  }
}

/** An answer without a verdict was refused for its signature, or nobody looked at one. */
function signatureStatusOf(answer: Answer): RawAnswerView['signatureStatus'] {
  if (answer.verdict !== 'no-answer') return answer.signatureStatus;
  if (answer.reasonCode === 'signature-invalid') return 'invalid';
  return answer.reasonCode === 'signature-missing' ? 'absent' : 'not-checked';
}

/** Never an empty list: that there were messages, and what became of them, is known for good. */
const removed = ({ at, certificateId }: NonNullable<KeptAnswer['culled']>): ProblemError =>
  new ProblemError(
    'expired',
    `The messages were removed on ${at} by their age; the ledger has certificate ${certificateId}.`,
  );
