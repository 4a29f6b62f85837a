import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Debtor,
  debtorMarkViewSchema,
  type DebtorMarkView,
  debtorViewSchema,
  type DebtorView,
  idSchema,
  type NewDebtor,
  type NewDebtorMark,
  newDebtorMarkSchema,
  newDebtorSchema,
  type RowScope,
} from '#contracts';
import { z } from 'zod';
import { refusalOfCase } from '../access/looking.ts';
import { ownSurname } from '../audit/about.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404, notFound } from '../http/problem-error.ts';
import { readDebtor } from './read-debtor.ts';

const keptSchema = z.object({ debtorId: idSchema('deb'), caseId: idSchema('case') });

/** Debtors (被执行人) of a case. Names and numbers come back masked. */
@ApiTags('debtors')
@Controller('api/v1')
export class DebtorsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }
  @Post('cases/:caseId/debtors')
  @Operation({
    summary: 'Enter a debtor of a case',
    scope: 'cases:write',
    audit: 'debtor.created',
    status: 201,
    returns: debtorViewSchema,
    idempotent: true,
    problems: ['not-found'],
  })
  create(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Body({ schema: newDebtorSchema }) body: NewDebtor,
    @InExchange() exchange: Exchange,
  ): Promise<DebtorView> {
    const { store, intents } = this.#gateway;
    const { rows, officer } = exchange.caller;
    return intents.once(exchange, {
      act: async (tx) => {
        const entered = readDebtor(body);
        const view = await store.debtors.create({ caseId, rows: rows.write, ...entered }, tx);
        if (!view) throw await refusalOfCase(this.#gateway, exchange.caller, caseId);
        const { debtorId } = view;
        const detail = ownSurname(officer, entered.debtor);
        const acts = [{ action: 'debtor.created' as const, objectId: debtorId, caseId, detail }];
        return { status: 201, location: `/api/v1/debtors/${debtorId}`, view, kept: { debtorId, caseId }, acts };
      },
      keeps: keptSchema,
      again: async (kept) => (await this.#view(kept.debtorId, rows.read)).view,
    });
  }

  @Get('debtors/:debtorId')
  @Operation({
    summary: 'Read a debtor, masked',
    scope: 'cases:read',
    audit: 'debtor.read',
    status: 200,
    returns: debtorViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('debtorId', { schema: idSchema('deb') }) debtorId: string,
    @InExchange() exchange: Exchange,
  ): Promise<DebtorView> {
    const { officer, rows } = exchange.caller;
    const { view, debtor } = await this.#view(debtorId, rows.read);
    const detail = ownSurname(officer, debtor);
    await this.#gateway.store.ledger.record(actOf(exchange, { action: 'debtor.read', objectId: debtorId, detail }));
    return view;
  }

  @Put('debtors/:debtorId/mark')
  @Operation({
    summary: 'Mark a debtor as sensitive (敏感对象), or take the mark away: inquiries then need a second person',
    scope: 'cases:assign',
    audit: 'debtor.marked',
    status: 200,
    returns: debtorMarkViewSchema,
    takesBody: true,
    problems: ['not-found'],
  })
  async mark(
    @Param('debtorId', { schema: idSchema('deb') }) debtorId: string,
    @Body({ schema: newDebtorMarkSchema }) { sensitive, reason }: NewDebtorMark,
    @InExchange() exchange: Exchange,
  ): Promise<DebtorMarkView> {
    const { store, clock } = this.#gateway;
    const { officer, rows } = exchange.caller;
    const { caseId } = foundOr404(await store.debtors.get(debtorId, rows.write), 'debtor');
    return store.transaction(async (tx) => {
      const toSet = { debtorId, sensitive, reason, by: officer.userId, at: clock.now() };
      const view = await store.debtorMarks.set(toSet, tx);
      // who reads the ledger sees that it was decided, and only under the seal of the reason what
      const act = { action: 'debtor.marked', objectId: debtorId, caseId, debtorId, reason } as const;
      await store.ledger.record(actOf(exchange, act), tx);
      return view;
    });
  }

  @Get('debtors/:debtorId/mark')
  @Operation({
    summary: 'Read whether a debtor is marked, by whom and why',
    scope: 'cases:assign',
    audit: 'mark.read',
    status: 200,
    returns: debtorMarkViewSchema,
    problems: ['not-found'],
  })
  async readMark(
    @Param('debtorId', { schema: idSchema('deb') }) debtorId: string,
    @InExchange() exchange: Exchange,
  ): Promise<DebtorMarkView> {
    const { store } = this.#gateway;
    const { caseId } = foundOr404(await store.debtors.get(debtorId, exchange.caller.rows.read), 'debtor');
    const view = await store.debtorMarks.get(debtorId);
    await store.ledger.record(actOf(exchange, { action: 'mark.read', objectId: debtorId, caseId, debtorId }));
    return view;
  }

  async #view(debtorId: string, rows: RowScope): Promise<{ view: DebtorView; debtor: Debtor }> {
    const { store } = this.#gateway;
    const { caseId, debtor } = foundOr404(await store.debtors.get(debtorId, rows), 'debtor');
    const view = (await store.debtors.ofCase(caseId, rows)).find((each) => each.debtorId === debtorId);
    if (!view) throw notFound('debtor');
    return { view, debtor };
  }
}
