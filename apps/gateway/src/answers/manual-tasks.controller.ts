import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Category,
  categorySchema,
  type ManualAnswerView,
  manualAnswerViewSchema,
  type ManualForm,
  manualFormFor,
  manualFormSchema,
  manualFormViewSchema,
  type ManualTask,
  manualTaskSchema,
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
import { isClerk, manualScope } from './manual-scope.ts';
import { manualTaskView } from './manual-task-view.ts';
import { takeManualAnswer } from './take-manual-answer.ts';

const query = z.strictObject(pageParameters);
const requestNumberSchema = z.string().regex(/^[A-Za-z0-9]{1,64}$/);
type FormView = z.infer<typeof manualFormViewSchema>;

/** Agencies without an interface (人工反馈): what lies with them, and what their clerk answers. */
@ApiTags('answers')
@Controller('api/v1/manual-tasks')
export class ManualTasksController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Open tasks of your agencies, or of the inquiries of your court, oldest first',
    scope: 'answers:manual',
    audit: 'task.read',
    status: 200,
    returns: pageSchema(manualTaskSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(@Query({ schema: query }) asked: PageAsked, @InExchange() exchange: Exchange): Promise<Page<ManualTask>> {
    const { store, cursors, clock } = this.#gateway;
    const { officer } = exchange.caller;
    const at = clock.now();
    const scope = manualScope(this.#gateway, exchange.caller);
    const seenAt = isClerk(officer) ? at : null;
    const page = await readPage(cursors, asked, {
      name: listName('manual-tasks', { userId: officer.userId }),
      read: async (after, limit) => {
        const tasks = await store.mailbox.manualTasks({ ...scope, after, limit, seenAt });
        return tasks.map((task) => manualTaskView(task, at.getTime()));
      },
      positionOf: ({ inquiryId, requestNumber }) => `${inquiryId} ${requestNumber}`,
    });
    const detail = { count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'task.read', detail }));
    return linkNext(exchange, page);
  }

  @Get('forms/:category')
  @Operation({
    summary: 'The form for agencies of one category, as JSON Schema',
    scope: 'answers:manual',
    audit: { none: 'an empty form is about nobody' },
    status: 200,
    returns: manualFormViewSchema,
    problems: ['not-found'],
  })
  form(@Param('category', { schema: categorySchema }) category: Category): FormView {
    const form = foundOr404(manualFormFor(category), 'form');
    return { category, schema: { ...z.toJSONSchema(form, { io: 'input' }) } };
  }

  @Post(':requestNumber/answer')
  @Operation({
    summary: 'Answer a task by hand',
    scope: 'answers:manual',
    audit: 'answer.entered',
    status: 200,
    returns: manualAnswerViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  answer(
    @Param('requestNumber', { schema: requestNumberSchema }) requestNumber: string,
    @Body({ schema: manualFormSchema }) form: ManualForm,
    @InExchange() exchange: Exchange,
  ): Promise<ManualAnswerView> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => takeManualAnswer(this.#gateway, exchange.caller, { requestNumber, form, tx }),
      keeps: manualAnswerViewSchema,
      again: (kept) => kept,
    });
  }
}
