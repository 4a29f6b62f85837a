import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  approvalItemSchema,
  type ApprovalItem,
  approvalViewSchema,
  type ApprovalView,
  idSchema,
  type NewApproval,
  newApprovalSchema,
  pageSchema,
  type Page,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { itemOf, scopeOf, viewOf } from './approval-view.ts';
import { askApproval } from './ask-approval.ts';

const query = z.strictObject(pageParameters);

/** Approvals (审批): inquiries that a second person of the court decides on before anything is sent. */
@ApiTags('approvals')
@Controller('api/v1/approvals')
export class ApprovalsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Ask for the approval of an inquiry; nothing is sent until a second person has decided',
    scope: 'inquiries:write',
    audit: 'approval.asked',
    status: 202,
    returns: approvalItemSchema,
    idempotent: true,
    policy: 'inquiries',
    problems: ['purpose-guard', 'nothing-to-ask'],
  })
  create(
    @Body({ schema: newApprovalSchema }) body: NewApproval,
    @InExchange() exchange: Exchange,
  ): Promise<ApprovalItem> {
    return askApproval(this.#gateway, exchange, body);
  }

  @Get()
  @Operation({
    summary: 'List the approvals you asked for, and those of your court if you may decide them; waiting ones first',
    scope: 'inquiries:read',
    audit: 'approval.read',
    status: 200,
    returns: pageSchema(approvalItemSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: PageAsked,
    @InExchange() exchange: Exchange,
  ): Promise<Page<ApprovalItem>> {
    const { caller } = exchange;
    const { store, cursors } = this.#gateway;
    const page = await readPage(cursors, asked, {
      name: listName('approvals', { userId: caller.officer.userId }),
      read: (after, limit) => store.approvals.list({ ...scopeOf(caller), limit, after: placeOf(after) }),
      positionOf: ({ state, approvalId }) => `${state === 'waiting' ? 'waiting' : 'done'} ${approvalId}`,
    });
    const detail = { part: 'list', count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'approval.read', detail }));
    return linkNext(exchange, { ...page, items: page.items.map((head) => itemOf(caller, head)) });
  }

  @Get(':approvalId')
  @Operation({
    summary: 'Read an approval: what is to be asked, and why',
    scope: 'inquiries:read',
    audit: 'approval.read',
    status: 200,
    returns: approvalViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('approvalId', { schema: idSchema('apr') }) approvalId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ApprovalView> {
    const { store } = this.#gateway;
    const stored = foundOr404(await store.approvals.get(approvalId, scopeOf(exchange.caller)), 'approval');
    const { caseId, debtorId, purpose } = stored;
    const act = { action: 'approval.read', objectId: approvalId, caseId, debtorId, purpose } as const;
    await store.ledger.record(actOf(exchange, act));
    return viewOf(exchange.caller, stored);
  }
}

function placeOf(after: string | null): { isWaiting: boolean; approvalId: string } | null {
  if (after === null) return null;
  const [state, approvalId = ''] = after.split(' ');
  return { isWaiting: state === 'waiting', approvalId };
}
