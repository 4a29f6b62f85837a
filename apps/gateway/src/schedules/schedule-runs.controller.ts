import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { idSchema, inquiryViewSchema, type InquiryView, type NewRunSending, newRunSendingSchema } from '#contracts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { ProblemError } from '../http/problem-error.ts';
import { orProblem } from '../inquiries/accept-inquiry.ts';
import { recordRefusal } from '../inquiries/store-inquiry.ts';
import { prepareRun, runToSend, sendRun } from './send-run.ts';

/** A run of a schedule whose day has come; the worker prepares it, an officer sends it. */
@ApiTags('schedules')
@Controller('api/v1/schedules/:scheduleId')
export class ScheduleRunsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post('sending')
  @Operation({
    summary: 'Send what was prepared; the guard decides as of now',
    scope: 'inquiries:write',
    audit: ['inquiry.sent', 'inquiry.refused'],
    status: 202,
    returns: inquiryViewSchema,
    idempotent: true,
    policy: 'inquiries',
    problems: ['not-found', 'state-conflict', 'purpose-guard', 'nothing-to-ask', 'overloaded'],
  })
  async send(
    @Param('scheduleId', { schema: idSchema('sch') }) scheduleId: string,
    @Body({ schema: newRunSendingSchema }) sending: NewRunSending,
    @InExchange() exchange: Exchange,
  ): Promise<InquiryView> {
    const { intents, intake } = this.#gateway;
    const { caller } = exchange;
    const run = await orProblem(runToSend(this.#gateway, caller, { scheduleId, sending }));
    const refused = run instanceof ProblemError ? run : await intake.refusal();
    const prepared =
      refused ?? (run instanceof ProblemError ? run : await orProblem(prepareRun(this.#gateway, caller, run)));
    const view = await orProblem(
      intents.once(exchange, {
        // a refusal is thrown in here, so that a key that was used before gets the answer it got before
        act: async (tx) => {
          if (run instanceof ProblemError) throw run;
          if (prepared instanceof ProblemError) throw prepared;
          return sendRun(this.#gateway, exchange, { run, prepared, tx });
        },
        keeps: inquiryViewSchema,
        again: (kept) => kept,
      }),
    );
    if (!(view instanceof ProblemError)) return view;
    if (!(run instanceof ProblemError))
      await recordRefusal(this.#gateway, exchange, { asked: run.body, problem: view });
    throw view;
  }
}
