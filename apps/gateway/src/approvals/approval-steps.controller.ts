import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  approvalOutcomeSchema,
  type ApprovalOutcome,
  idSchema,
  type NewApprovalDecision,
  newApprovalDecisionSchema,
} from '#contracts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { ProblemError } from '../http/problem-error.ts';
import { orProblem } from '../inquiries/accept-inquiry.ts';
import { recordRefusal } from '../inquiries/store-inquiry.ts';
import { scopeOf } from './approval-view.ts';
import { decideApproval, isOfInquiry, keepApproval, sendKept, withdrawApproval } from './decide-approval.ts';

/** What is done with an approval: decided by a second person; withdrawn, or sent later, by who asked. */
@ApiTags('approvals')
@Controller('api/v1/approvals/:approvalId')
export class ApprovalStepsController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post('decision')
  @Operation({
    summary: 'Approve or decline as the second person; what is approved is sent at once',
    scope: 'approvals:decide',
    audit: 'approval.decided',
    status: 200,
    returns: approvalOutcomeSchema,
    idempotent: true,
    problems: ['not-found', 'own-draft', 'expired', 'state-conflict', 'purpose-guard', 'nothing-to-ask', 'overloaded'],
  })
  async decide(
    @Param('approvalId', { schema: idSchema('apr') }) approvalId: string,
    @Body({ schema: newApprovalDecisionSchema }) decision: NewApprovalDecision,
    @InExchange() exchange: Exchange,
  ): Promise<ApprovalOutcome> {
    const { store, intents } = this.#gateway;
    const decided = intents.once(exchange, {
      act: (tx) => decideApproval(this.#gateway, exchange, { approvalId, decision, tx }),
      keeps: approvalOutcomeSchema,
      again: (kept) => kept,
    });
    const outcome = await orProblem(decided);
    if (!(outcome instanceof ProblemError)) return outcome;
    if (decision.decision === 'approve' && isOfInquiry(outcome))
      await store.transaction((tx) => keepApproval(this.#gateway, exchange, { approvalId, decision, tx }));
    throw await this.#refused(exchange, approvalId, outcome);
  }

  @Post('sending')
  @Operation({
    summary: 'Send what was approved and then stopped by the guard, once its cause is gone',
    scope: 'inquiries:write',
    audit: 'inquiry.sent',
    status: 200,
    returns: approvalOutcomeSchema,
    idempotent: true,
    problems: ['not-found', 'expired', 'state-conflict', 'purpose-guard', 'nothing-to-ask', 'overloaded'],
  })
  async send(
    @Param('approvalId', { schema: idSchema('apr') }) approvalId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ApprovalOutcome> {
    const sent = this.#gateway.intents.once(exchange, {
      act: (tx) => sendKept(this.#gateway, exchange, { approvalId, tx }),
      keeps: approvalOutcomeSchema,
      again: (kept) => kept,
    });
    const outcome = await orProblem(sent);
    if (!(outcome instanceof ProblemError)) return outcome;
    throw await this.#refused(exchange, approvalId, outcome);
  }

  @Post('withdrawal')
  @Operation({
    summary: 'Take back an approval that you asked for',
    scope: 'inquiries:write',
    audit: 'approval.withdrawn',
    status: 200,
    returns: approvalOutcomeSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  withdraw(
    @Param('approvalId', { schema: idSchema('apr') }) approvalId: string,
    @InExchange() exchange: Exchange,
  ): Promise<ApprovalOutcome> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => withdrawApproval(this.#gateway, exchange, { approvalId, tx }),
      keeps: approvalOutcomeSchema,
      again: (kept) => kept,
    });
  }

  /** The guard has stopped it: that is put down in the ledger like every refusal. */
  async #refused(exchange: Exchange, approvalId: string, problem: ProblemError): Promise<ProblemError> {
    const asked = await this.#gateway.store.approvals.get(approvalId, scopeOf(exchange.caller));
    if (asked !== null) await recordRefusal(this.#gateway, exchange, { asked, problem });
    return problem;
  }
}
