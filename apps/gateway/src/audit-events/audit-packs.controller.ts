import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { auditPackViewSchema, type AuditPackView, idSchema, newAuditPackSchema } from '#contracts';
import { inPages, writePack } from '#platform';
import type { LedgerPack } from '#store';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, exchangeOf, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';

const keptSchema = z.object({ packId: idSchema('aud') });
const pageRows = 1_000;

/** Packs (审计包): a part of the ledger with everything that proves it, to be checked elsewhere. */
@ApiTags('audit-events')
@Controller('api/v1/audit-packs')
export class AuditPacksController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Make a pack of the ledger; other courts’ events are in it as bare hashes',
    scope: 'audit:export',
    status: 201,
    audit: 'audit.exported',
    returns: auditPackViewSchema,
    idempotent: true,
    problems: ['state-conflict'],
  })
  create(
    @Body({ schema: newAuditPackSchema }) body: z.infer<typeof newAuditPackSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<AuditPackView> {
    const { store, intents } = this.#gateway;
    const { officer, rows } = exchange.caller;
    const { from, withReasons, reason } = body;
    return intents.once(exchange, {
      act: async (tx) => {
        const { seq: end } = await store.ledger.head();
        const to = Math.min(body.to ?? end, end);
        if (to < from) throw new ProblemError('state-conflict', 'The ledger has no rows there yet.');
        const wanted = { madeBy: officer.userId, courtCodes: rows.trail, from, to, withReasons };
        const pack = await store.ledger.packs.create(wanted, tx);
        const { packId } = pack;
        const acts = [
          { action: 'audit.exported' as const, objectId: packId, reason, detail: { from, to, withReasons } },
        ];
        const view = viewOf(pack);
        return { status: 201, location: `/api/v1/audit-packs/${packId}`, view, kept: { packId }, acts };
      },
      keeps: keptSchema,
      again: async ({ packId }) => viewOf(foundOr404(await store.ledger.packs.get(packId, officer.userId), 'pack')),
    });
  }

  @Get(':packId')
  @Operation({
    summary: 'What a pack of yours holds',
    scope: 'audit:export',
    status: 200,
    audit: 'audit.read',
    returns: auditPackViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('packId', { schema: idSchema('aud') }) packId: string,
    @InExchange() exchange: Exchange,
  ): Promise<AuditPackView> {
    const { store } = this.#gateway;
    const pack = foundOr404(await store.ledger.packs.get(packId, exchange.caller.officer.userId), 'pack');
    await store.ledger.record(actOf(exchange, { action: 'audit.read', objectId: packId, detail: { view: 'pack' } }));
    return viewOf(pack);
  }

  @Get(':packId/content')
  @Operation({
    summary: 'The pack as a ZIP archive',
    scope: 'audit:export',
    status: 200,
    audit: 'audit.exported',
    returns: null,
    media: 'application/zip',
    problems: ['not-found'],
  })
  async content(
    @Param('packId', { schema: idSchema('aud') }) packId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = exchangeOf(reply);
    const { store } = this.#gateway;
    const pack = foundOr404(await store.ledger.packs.get(packId, exchange.caller.officer.userId), 'pack');
    const detail = { from: pack.from, to: pack.to, withReasons: pack.withReasons, download: true };
    const body = Readable.from(await this.#pieces(pack), { objectMode: false });
    await store.ledger.record(actOf(exchange, { action: 'audit.exported', objectId: packId, detail }));
    void reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="audit-${pack.from}-${pack.to}.zip"`,
        'cache-control': 'no-store',
      })
      .send(body);
  }

  async #pieces({ from, to, courtCodes, withReasons, createdAt: madeAt }: LedgerPack) {
    const { store, keeper } = this.#gateway;
    const [{ seq, hash }, { checkpoints }, publicKeys] = await Promise.all([
      store.ledger.head(),
      keeper.checkpoints(),
      keeper.publicKeys(),
    ]);
    const inside = checkpoints.filter((each) => each.seq >= from - 1 && each.seq <= to).map(({ jws }) => jws);
    const read = (next: number) => store.ledger.rows({ from: next, to, limit: pageRows, courtCodes, withReasons });
    return writePack({
      about: { format: 'chakong-audit-pack/1', from, to, head: { seq, hash }, withReasons, madeAt },
      ...{ checkpoints: inside, publicKeys, rows: inPages(read, from) },
    });
  }
}

/** Null: all courts. */

const viewOf = ({ packId, from, to, withReasons, createdAt }: LedgerPack): AuditPackView => ({
  ...{ packId, from, to, withReasons, createdAt },
  links: { content: `/api/v1/audit-packs/${packId}/content` },
});
