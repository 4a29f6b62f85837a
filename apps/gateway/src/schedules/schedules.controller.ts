import { Body, Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  type NewSchedule,
  newScheduleSchema,
  type NewScheduleState,
  newScheduleStateSchema,
  type Page,
  pageSchema,
  type ScheduleView,
  scheduleViewSchema,
} from '#contracts';
import { z } from 'zod';
import { inquiryToActOn } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { dueCalendar } from './due-calendar.ts';
import { makeSchedule } from './make-schedule.ts';

const listQuery = z.strictObject({
  ...pageParameters,
  caseId: idSchema('case').optional(),
  due: z.literal('true').optional().describe('only those with a run that an officer is to send'),
});
const keptSchema = z.object({ scheduleId: idSchema('sch') });
const mostInCalendar = 1_000;

/** When a debtor is asked about again after a case was terminated (终本后定期查询). */
@ApiTags('schedules')
@Controller('api/v1/schedules')
export class SchedulesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Ask again about the debtor of an inquiry, every so many months for so many years',
    scope: 'inquiries:write',
    audit: 'schedule.created',
    status: 201,
    returns: scheduleViewSchema,
    idempotent: true,
    problems: ['not-found', 'purpose-guard', 'state-conflict'],
  })
  create(
    @Body({ schema: newScheduleSchema }) wanted: NewSchedule,
    @InExchange() exchange: Exchange,
  ): Promise<ScheduleView> {
    return this.#gateway.intents.once(exchange, {
      act: async (tx) => {
        const view = await makeSchedule(this.#gateway, exchange.caller, { wanted, tx });
        const { scheduleId, caseId, debtorId, purpose, runs } = view;
        const about = { objectId: scheduleId, caseId, debtorId, purpose, reason: wanted.reason };
        return {
          status: 201,
          location: `/api/v1/schedules/${scheduleId}`,
          view,
          kept: { scheduleId },
          acts: [{ action: 'schedule.created', ...about, detail: { runs: runs.length } }],
        };
      },
      keeps: keptSchema,
      again: ({ scheduleId }) => this.#find(exchange, scheduleId),
    });
  }

  @Get()
  @Operation({
    summary: 'Schedules, newest first',
    scope: 'inquiries:read',
    audit: 'schedule.read',
    status: 200,
    returns: pageSchema(scheduleViewSchema),
    query: listQuery,
    problems: ['not-found', 'cursor-invalid'],
  })
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<ScheduleView>> {
    const { store, cursors } = this.#gateway;
    const { caseId, due } = query;
    const { read: rows } = exchange.caller.rows;
    if (caseId !== undefined) foundOr404(await store.cases.get(caseId, rows), 'case');
    const page = await readPage(cursors, query, {
      name: listName('schedules', query),
      read: (after, limit) => store.schedules.list({ rows, caseId, isDue: due === 'true', after, limit }),
      positionOf: ({ scheduleId }) => scheduleId,
    });
    const detail = { count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'schedule.read', caseId: caseId ?? null, detail }));
    return linkNext(exchange, page);
  }

  @Get('calendar')
  @Operation({
    summary: 'Days that are still to come as a calendar file, without personal data',
    scope: 'inquiries:read',
    audit: 'schedule.read',
    status: 200,
    returns: null,
    media: 'text/calendar',
  })
  async calendar(@InExchange() exchange: Exchange): Promise<StreamableFile> {
    const { store, clock } = this.#gateway;
    const { read: rows } = exchange.caller.rows;
    const schedules = await store.schedules.list({ rows, after: null, limit: mostInCalendar });
    const detail = { part: 'calendar', count: schedules.length };
    await store.ledger.record(actOf(exchange, { action: 'schedule.read', detail }));
    return new StreamableFile(Buffer.from(dueCalendar(schedules, clock.now()), 'utf8'), {
      type: 'text/calendar; charset=utf-8',
      disposition: 'attachment; filename="schedules.ics"',
    });
  }

  @Get(':scheduleId')
  @Operation({
    summary: 'One schedule with every run',
    scope: 'inquiries:read',
    audit: 'schedule.read',
    status: 200,
    returns: scheduleViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('scheduleId', { schema: idSchema('sch') }) scheduleId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ScheduleView> {
    const view = await this.#find(exchange, scheduleId);
    const { caseId, debtorId, purpose } = view;
    const about = { action: 'schedule.read', objectId: scheduleId, caseId, debtorId, purpose } as const;
    await this.#gateway.store.ledger.record(actOf(exchange, about));
    return view;
  }

  @Post(':scheduleId/states')
  @Operation({
    summary: 'Pause, resume or end a schedule; one that has ended stays so',
    scope: 'inquiries:write',
    audit: 'schedule.changed',
    status: 201,
    returns: scheduleViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  change(
    @Param('scheduleId', { schema: idSchema('sch') }) scheduleId: string,
    @Body({ schema: newScheduleStateSchema }) { state, reason }: NewScheduleState,
    @InExchange() exchange: Exchange,
  ): Promise<ScheduleView> {
    const { store, intents } = this.#gateway;
    const { caller } = exchange;
    return intents.once(exchange, {
      act: async (tx) => {
        const { inquiryId, caseId, debtorId, purpose } = await this.#find(exchange, scheduleId);
        await inquiryToActOn(this.#gateway, caller, inquiryId);
        const by = caller.officer.userId;
        const view = await store.schedules.change(tx, { scheduleId, state, reason, by, rows: caller.rows.write });
        if (!view) throw new ProblemError('state-conflict', 'The schedule has ended.');
        const about = { objectId: scheduleId, caseId, debtorId, purpose, reason };
        return {
          status: 201,
          location: `/api/v1/schedules/${scheduleId}`,
          view,
          kept: { scheduleId },
          acts: [{ action: 'schedule.changed', ...about, detail: { state } }],
        };
      },
      keeps: keptSchema,
      again: () => this.#find(exchange, scheduleId),
    });
  }

  async #find({ caller }: Exchange, scheduleId: string): Promise<ScheduleView> {
    return foundOr404(await this.#gateway.store.schedules.get(scheduleId, caller.rows.read), 'schedule');
  }
}
