import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type CaseChange,
  caseChangeSchema,
  caseViewSchema,
  type CaseView,
  idSchema,
  type NewCase,
  newCaseSchema,
  normaliseCaseNumber,
  pageSchema,
  type Page,
  parseCaseNumber,
} from '#contracts';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { tagVersion } from '../http/version.ts';
import { changeCase, checkOrder } from './change-case.ts';
import { caseForView } from './read-case.ts';

const listQuery = z.strictObject(pageParameters);
const keptSchema = z.object({ caseId: idSchema('case') });

/** Enforcement cases (执行案件) of the caller's own court. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CasesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Enter a case',
    scope: 'cases:write',
    audit: 'case.created',
    status: 201,
    returns: caseViewSchema,
    idempotent: true,
  })
  async create(@Body({ schema: newCaseSchema }) body: NewCase, @InExchange() exchange: Exchange): Promise<CaseView> {
    const { store, intents } = this.#gateway;
    const { courtCode, userId } = exchange.caller.officer;
    checkCourt(body, courtCode);
    await checkOrder(this.#gateway, courtCode, body.preservation);
    const view = await intents.once(exchange, {
      act: async (tx) => {
        const entered = {
          ...body,
          caseNumber: normaliseCaseNumber(body.caseNumber),
          createdBy: userId,
          warnings: warningsOf(body),
        };
        const view = await store.cases.create(entered, tx);
        return {
          status: 201,
          location: `/api/v1/cases/${view.caseId}`,
          view,
          kept: { caseId: view.caseId },
          acts: [{ action: 'case.created', objectId: view.caseId }],
        };
      },
      keeps: keptSchema,
      again: async (kept) => ({
        ...foundOr404(await store.cases.get(kept.caseId, exchange.caller.rows.read), 'case'),
        debtors: [],
      }),
    });
    tagVersion(exchange.reply, view.version);
    return view;
  }

  @Get()
  @Operation({
    summary: 'List the cases of your court, newest first',
    scope: 'cases:read',
    audit: 'cases.listed',
    status: 200,
    returns: pageSchema(caseViewSchema),
    query: listQuery,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: listQuery }) query: PageAsked,
    @InExchange() exchange: Exchange,
  ): Promise<Page<CaseView>> {
    const { officer, rows } = exchange.caller;
    const page = await readPage(this.#gateway.cursors, query, {
      name: listName('cases', { userId: officer.userId }),
      read: (after, limit) => this.#gateway.store.cases.list({ rows: rows.read, limit, after }),
      positionOf: ({ caseId }) => caseId,
    });
    await this.#gateway.store.ledger.record(
      actOf(exchange, { action: 'cases.listed', detail: { count: page.items.length } }),
    );
    return linkNext(exchange, page);
  }

  @Get(':caseId')
  @Operation({
    summary: 'Read a case',
    scope: 'cases:read',
    audit: 'case.read',
    status: 200,
    returns: caseViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @InExchange() exchange: Exchange,
  ): Promise<CaseView> {
    const view = await caseForView(this.#gateway, exchange, { caseId, view: 'case' });
    tagVersion(exchange.reply, view.version);
    return view;
  }

  @Patch(':caseId')
  @Operation({
    summary: 'Change the state of a case, its claim, dates or ordered amount; with a reason, kept in the ledger',
    scope: 'cases:write',
    audit: 'case.changed',
    status: 200,
    returns: caseViewSchema,
    versioned: true,
    problems: ['not-found', 'state-conflict'],
  })
  change(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Body({ schema: caseChangeSchema }) change: CaseChange,
    @InExchange() exchange: Exchange,
  ): Promise<CaseView> {
    return changeCase(this.#gateway, exchange, { caseId, change });
  }
}

function checkCourt({ courtCode }: NewCase, own: string): void {
  if (courtCode === own) return;
  const item = {
    pointer: '/courtCode',
    code: 'other-court',
    detail: 'It is not your court.',
    fix: 'Enter the code of your own court.',
  };
  throw new ProblemError('not-allowed', 'A case is entered at the court that enforces it.', { errors: [item] });
}

/** An unusual number is confirmed by the officer, never refused (report.md §10.5). */
const warningsOf = ({ caseNumber }: NewCase): CaseView['warnings'] =>
  parseCaseNumber(caseNumber).outcome === 'matched'
    ? []
    : [
        {
          code: 'case-number-form',
          pointer: '/caseNumber',
          detail: 'It does not look like the number of an enforcement case (执行案号). Check it against the file.',
        },
      ];
