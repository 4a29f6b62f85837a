import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  type NewToken,
  newTokenSchema,
  type Page,
  pageSchema,
  type TokenMade,
  tokenMadeSchema,
  type TokenView,
  tokenViewSchema,
} from '#contracts';
import { hashToken, newId } from '#platform';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import { noteRecorded } from '../audit/traces.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { tokenProblems } from './token-problems.ts';

const query = z.strictObject({ ...pageParameters });
const keptSchema = z.strictObject({ tokenId: idSchema('tok') });
const tokenBytes = 32;
const freshWithinSeconds = 600;

/** Bearer tokens (令牌) of programs that work in somebody's name, of the caller's own court. */
@ApiTags('administration')
@Controller('api/v1/tokens')
export class TokensController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'The tokens of the own court, newest first',
    scope: 'administration',
    audit: { none: 'tokens without themselves; nothing of a case' },
    status: 200,
    returns: pageSchema(tokenViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: z.infer<typeof query>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<TokenView>> {
    const { store, cursors } = this.#gateway;
    const { courtCode } = exchange.caller.officer;
    const page = await readPage(cursors, asked, {
      name: listName('tokens', { courtCode }),
      read: (after, limit) => store.tokens.list({ courtCode, after, limit }),
      positionOf: ({ tokenId }) => tokenId,
    });
    return linkNext(exchange, page);
  }

  @Post()
  @Operation({
    summary: 'Make a token; it is shown this once',
    scope: 'administration',
    audit: 'token.created',
    status: 201,
    returns: tokenMadeSchema,
    idempotent: true,
    freshWithinSeconds,
  })
  create(@Body({ schema: newTokenSchema }) wanted: NewToken, @InExchange() exchange: Exchange): Promise<TokenMade> {
    const { store, intents } = this.#gateway;
    const { officer } = exchange.caller;
    const { courtCode } = officer;
    this.#check(wanted, courtCode);
    return intents.once<TokenMade, z.infer<typeof keptSchema>>(exchange, {
      keeps: keptSchema,
      act: async (tx) => {
        const token = `ckt_${randomBytes(tokenBytes).toString('base64url')}`;
        const owned = { tokenId: newId('tok'), tokenHash: hashToken(token), courtCode, createdBy: officer.userId };
        const view = await store.tokens.create({ ...wanted, ...owned }, tx);
        const { tokenId } = view;
        const detail = { userId: wanted.userId, scopes: wanted.scopes.length };
        const acts = [{ action: 'token.created' as const, objectId: tokenId, detail }];
        return {
          status: 201,
          location: `/api/v1/tokens/${tokenId}`,
          view: { ...view, token },
          kept: { tokenId },
          acts,
        };
      },
      again: async ({ tokenId }) => ({
        ...foundOr404(await store.tokens.get({ tokenId, courtCode }), 'token'),
        token: null,
      }),
    });
  }

  @Get(':tokenId')
  @Operation({
    summary: 'One token, without itself',
    scope: 'administration',
    audit: { none: 'a token without itself; nothing of a case' },
    status: 200,
    returns: tokenViewSchema,
    problems: ['not-found'],
  })
  async read(
    @Param('tokenId', { schema: idSchema('tok') }) tokenId: string,
    @InExchange() { caller }: Exchange,
  ): Promise<TokenView> {
    const { courtCode } = caller.officer;
    return foundOr404(await this.#gateway.store.tokens.get({ tokenId, courtCode }), 'token');
  }

  @Delete(':tokenId')
  @Operation({
    summary: 'Revoke a token: from now on it opens nothing, on any gateway',
    scope: 'administration',
    audit: 'token.revoked',
    status: 200,
    returns: tokenViewSchema,
    problems: ['not-found'],
  })
  async revoke(
    @Param('tokenId', { schema: idSchema('tok') }) tokenId: string,
    @InExchange() exchange: Exchange,
  ): Promise<TokenView> {
    const { userId, courtCode } = exchange.caller.officer;
    const entry = actOf(exchange, { action: 'token.revoked', objectId: tokenId });
    const { tokens } = this.#gateway.store;
    const revoked = foundOr404(await tokens.revoke({ tokenId, courtCode }, { userId, entry }), 'token');
    noteRecorded(entry);
    return revoked;
  }

  #check(wanted: NewToken, courtCode: string): void {
    const { people, clock } = this.#gateway;
    const known = people.find(wanted.userId);
    const person = known?.courtCode === courtCode ? known : null;
    const errors = tokenProblems(wanted, person, clock.now());
    if (errors.length > 0) throw new ProblemError('validation', 'The token cannot be made.', { errors: [...errors] });
  }
}
