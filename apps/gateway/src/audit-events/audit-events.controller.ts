import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  auditActionSchema,
  auditEventViewSchema,
  type AuditEventView,
  auditFoundSchema,
  type AuditFound,
  auditSearchSchema,
  type AuditSearch,
  idSchema,
  instantSchema,
  newVerificationSchema,
  type Page,
  pageSchema,
  verificationViewSchema,
  type VerificationView,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { auditEventView } from './audit-event-view.ts';
import { searchFilter } from './search-filter.ts';
import { trailOf } from './trail.ts';

const query = z.strictObject({
  ...pageParameters,
  from: instantSchema.optional().describe('at this moment or later'),
  to: instantSchema.optional().describe('before this moment'),
  actor: idSchema('usr').optional(),
  action: auditActionSchema.optional(),
  caseId: idSchema('case').optional(),
});
type ListQuery = z.infer<typeof query>;
const seqSchema = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/** The ledger (审计台账) for auditors. Whoever looks into it is in it. */
@ApiTags('audit-events')
@Controller('api/v1/audit-events')
export class AuditEventsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'What was done and seen, newest first, by people of your court or in its cases',
    scope: 'audit:read',
    status: 200,
    audit: 'audit.read',
    returns: pageSchema(auditEventViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: ListQuery,
    @InExchange() exchange: Exchange,
  ): Promise<Page<AuditEventView>> {
    const { store, cursors } = this.#gateway;
    const { officer } = exchange.caller;
    const { from, to, actor, action, caseId } = asked;
    const filter = {
      ...(from !== undefined && { since: Date.parse(from) }),
      ...(to !== undefined && { until: Date.parse(to) }),
      ...(actor !== undefined && { userId: actor }),
      ...(action !== undefined && { action }),
      ...(caseId !== undefined && { caseId }),
    };
    const page = await readPage(cursors, asked, {
      name: listName('audit-events', { ...asked, userId: officer.userId }),
      read: async (after, limit) => {
        const before = after === null ? null : Number(after);
        return (await store.ledger.list({ ...filter, rows: trailOf(exchange.caller), before, limit })).map(
          auditEventView,
        );
      },
      positionOf: ({ seq }) => String(seq),
    });
    const detail = { view: 'list', count: page.items.length, actor: actor ?? null, wanted: action ?? null };
    await store.ledger.record(actOf(exchange, { action: 'audit.read', caseId: caseId ?? null, detail }));
    return linkNext(exchange, page);
  }

  @Get(':seq')
  @Operation({
    summary: 'One event, with its reason',
    scope: 'audit:read',
    status: 200,
    audit: 'audit.read',
    returns: auditEventViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('seq', { schema: seqSchema }) seq: number,
    @InExchange() exchange: Exchange,
  ): Promise<AuditEventView> {
    const { store } = this.#gateway;
    const asked = { seq, rows: trailOf(exchange.caller), limit: 1, withReasons: true };
    const event = foundOr404((await store.ledger.list(asked))[0], 'event');
    const { caseId, debtorId } = event;
    await store.ledger.record(
      actOf(exchange, { action: 'audit.read', caseId, debtorId, detail: { view: 'one', seq } }),
    );
    return auditEventView(event);
  }

  @Post('search')
  @Operation({
    summary: 'Who asked about this person, or what this officer did',
    scope: 'audit:read',
    status: 200,
    audit: 'audit.read',
    returns: auditFoundSchema,
    reads: true,
    problems: ['not-found'],
  })
  async search(
    @Body({ schema: auditSearchSchema }) body: AuditSearch,
    @InExchange() exchange: Exchange,
  ): Promise<AuditFound> {
    const { store } = this.#gateway;
    const rows = trailOf(exchange.caller);
    const { filter, said } = await searchFilter(this.#gateway, rows, body);
    const { before, limit } = body;
    const found = await store.ledger.list({ ...filter, rows, before, limit: limit + 1 });
    const items = found.slice(0, limit);
    await store.ledger.record(
      actOf(exchange, { action: 'audit.read', ...said, detail: { ...said.detail, count: items.length } }),
    );
    return { items: items.map(auditEventView), nextBefore: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  @Post('verification')
  @Operation({
    summary: 'Check that nobody changed the ledger: every hash, every link, every checkpoint',
    scope: 'audit:read',
    status: 200,
    audit: 'audit.verified',
    returns: verificationViewSchema,
    reads: true,
  })
  async verify(
    @Body({ schema: newVerificationSchema }) body: z.infer<typeof newVerificationSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<VerificationView> {
    const { store, keeper } = this.#gateway;
    const verdict = await keeper.verify(body);
    const { outcome, rows, firstBroken } = verdict;
    const detail = { from: body.from, to: body.to, outcome, rows, firstBroken: firstBroken?.seq ?? null };
    await store.ledger.record(actOf(exchange, { action: 'audit.verified', detail }));
    return verdict;
  }
}
