import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { idSchema } from '#contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, exchangeOf } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { isDone } from '../inquiries/inquiry-view.ts';
import { streamInquiry } from './inquiry-stream.ts';

const query = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .describe('go on after this event, as `Last-Event-ID` does'),
});

/** Inquiry events (api.md §5): server-sent events, resumable, without personal data. */
@ApiTags('inquiries')
@Controller('api/v1/inquiries/:inquiryId/events')
export class EventsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }
  @Get()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Where the stream goes on; sent by browsers by themselves.',
    schema: { type: 'string' },
  })
  @Operation({
    summary: 'Follow an inquiry until it is done',
    scope: 'inquiries:read',
    audit: 'inquiry.followed',
    status: 200,
    returns: null,
    media: 'text/event-stream',
    query,
    problems: ['not-found', 'overloaded', 'shutting-down'],
  })
  async follow(
    @Param('inquiryId', { schema: idSchema('inq') }) inquiryId: string,
    @Query({ schema: query }) asked: z.infer<typeof query>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { store, seats, closing } = this.#gateway;
    const exchange = exchangeOf(reply);
    const { caller } = exchange;
    const head = foundOr404(await store.inquiries.head(inquiryId, caller.rows.read), 'inquiry');
    const after = resumePoint(reply.request.headers['last-event-id']) ?? asked.after ?? null;
    const isOver = after !== null && after >= head.seq && isDone(head);
    if (isOver) await this.#record(exchange, inquiryId, after);
    if (isOver) return void reply.code(204).send();
    if (closing.aborted)
      throw new ProblemError('shutting-down', 'This process is leaving.', { headers: { 'retry-after': '1' } });
    const leave = seats.take(caller.officer.userId);
    await this.#record(exchange, inquiryId, after).catch((error: unknown) => {
      leave();
      throw error;
    });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const texts = streamInquiry(this.#gateway, { inquiryId, after, via: caller.via }, gone.signal);
    const body = Readable.from(texts, { objectMode: false, highWaterMark: 65_536 });
    body.once('close', leave);
    void reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .send(body);
  }

  /** One entry for each stream that is opened, before its first word. */
  async #record(exchange: Exchange, inquiryId: string, after: number | null): Promise<void> {
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'inquiry.followed', objectId: inquiryId, detail: { after } }),
    );
  }
}

/** Null: none, or not one of ours; the stream then begins with a snapshot. */
const resumePoint = (lastEventId: string | string[] | undefined): number | null =>
  typeof lastEventId === 'string' && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : null;
