import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { type Assignment, assignmentSchema, idSchema, type NewAssignment, newAssignmentSchema } from '#contracts';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { reasonInHeader } from '../http/reason.ts';
import { assignCase, assignmentView, endAssignment } from './assign-case.ts';
import { caseForView } from './read-case.ts';

const assignmentsSchema = z.strictObject({ items: z.array(assignmentSchema), nextCursor: z.null() });
const keptSchema = z.object({ userId: idSchema('usr') });
type Assignments = { readonly items: readonly Assignment[]; readonly nextCursor: null };

/** Officers who work on a case (承办人), with the history. */
@ApiTags('cases')
@Controller('api/v1/cases/:caseId/officers')
export class CaseOfficersController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Who works on a case, and who did, oldest first',
    scope: 'cases:read',
    audit: 'case.read',
    status: 200,
    returns: assignmentsSchema,
    problems: ['not-found'],
  })
  async list(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @InExchange() exchange: Exchange,
  ): Promise<Assignments> {
    await caseForView(this.#gateway, exchange, { caseId, view: 'officers' });
    return this.#read(caseId, exchange.caller);
  }

  @Post()
  @Operation({
    summary: 'Assign a case to an officer of its court',
    scope: 'cases:assign',
    orScope: 'cases:write',
    audit: 'case.assigned',
    status: 201,
    returns: assignmentSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  assign(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Body({ schema: newAssignmentSchema }) body: NewAssignment,
    @InExchange() exchange: Exchange,
  ): Promise<Assignment> {
    return this.#gateway.intents.once(exchange, {
      act: (tx) => assignCase(this.#gateway, exchange, { caseId, body, tx }),
      keeps: keptSchema, // a reason is free text: it is read again from where it is sealed
      again: async ({ userId }) => {
        const { items } = await this.#read(caseId, exchange.caller);
        return foundOr404(
          items.findLast((each) => each.userId === userId),
          'assignment',
        );
      },
    });
  }

  @Delete(':userId')
  @ApiHeader({ name: 'X-Reason', required: true, description: 'Why it ends.', schema: { type: 'string' } })
  @Operation({
    summary: 'End an assignment; the history stays',
    scope: 'cases:assign',
    orScope: 'cases:write',
    audit: 'case.assigned',
    status: 200,
    returns: assignmentsSchema,
    problems: ['not-found', 'state-conflict', 'reason-required'],
  })
  async end(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Param('userId', { schema: idSchema('usr') }) userId: string,
    @InExchange() exchange: Exchange,
  ): Promise<Assignments> {
    await endAssignment(this.#gateway, exchange, { caseId, userId, reason: reasonInHeader(exchange, 'X-Reason') });
    return this.#read(caseId, exchange.caller);
  }

  async #read(caseId: string, { rows }: Caller): Promise<Assignments> {
    const { store, people } = this.#gateway;
    const stored = await store.assignments.ofCase(caseId, rows.read);
    return { items: stored.map((each) => assignmentView(people, each)), nextCursor: null };
  }
}
