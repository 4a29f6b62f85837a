import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Agency,
  agencyFiguresSchema,
  type AgencyFigures,
  agencyIdSchema,
  channelIdSchema,
  agencyViewSchema,
  type AgencyView,
  breakerTransitionSchema,
  type BreakerTransition,
  categorySchema,
  newPauseSchema,
  operationViewSchema,
  pageSchema,
  type Page,
} from '#contracts';
import { z } from 'zod';
import { pausePlace, resumePlace } from '../channels/pause-place.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { listOf } from '../http/list-of.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { agencyView, readDirectory } from './agency-view.ts';

const query = z.strictObject({
  ...pageParameters,
  category: listOf(categorySchema).optional(),
  region: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/)
    .optional()
    .describe('first 2, 4 or 6 digits of the area code'),
  q: z.string().min(1).max(60).optional().describe('part of a name or id'),
  channelId: channelIdSchema.optional(),
});
const pageQuery = z.strictObject(pageParameters);
type AgenciesQuery = z.infer<typeof query>;
const dayMs = 86_400_000;
type Done = z.infer<typeof operationViewSchema>;

/** The agency directory (机构目录). It is configuration: there is no write route, but operators may pause an agency. */
@ApiTags('agencies')
@Controller('api/v1/agencies')
export class AgenciesController {
  readonly #gateway: Gateway;
  readonly #agencies: readonly Agency[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
    this.#agencies = gateway.installation.agencies.toSorted((one, other) => (one.agencyId < other.agencyId ? -1 : 1));
    this.#places = new Map(this.#agencies.map(({ agencyId }, place) => [agencyId, place]));
  }

  @Get()
  @Operation({
    summary: 'The directory of agencies, and how each is now',
    scope: 'agencies:read',
    audit: { none: 'the directory names no case and no person' },
    status: 200,
    returns: pageSchema(agencyViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(
    @Query({ schema: query }) asked: AgenciesQuery,
    @InExchange() exchange: Exchange,
  ): Promise<Page<AgencyView>> {
    const directory = await readDirectory(this.#gateway);
    const page = await readPage(this.#gateway.cursors, asked, {
      name: listName('agencies', asked),
      read: (after, limit) =>
        this.#agencies
          .slice(after === null ? 0 : (this.#places.get(after) ?? -1) + 1)
          .filter((agency) => fits(agency, asked))
          .slice(0, limit)
          .map((agency) => agencyView(agency, directory)),
      positionOf: ({ agencyId }) => agencyId,
    });
    return linkNext(exchange, page);
  }

  @Get(':agencyId')
  @Operation({
    summary: 'One agency',
    scope: 'agencies:read',
    audit: { none: 'the directory names no case and no person' },
    status: 200,
    returns: agencyViewSchema,
    problems: ['not-found'],
  })
  async read(@Param('agencyId', { schema: agencyIdSchema }) agencyId: string): Promise<AgencyView> {
    return agencyView(this.#find(agencyId), await readDirectory(this.#gateway));
  }

  @Get(':agencyId/breaker-transitions')
  @Operation({
    summary: 'How the breaker of an agency opened and closed, newest first, and why',
    scope: 'operations:read',
    audit: { none: 'breakers name no case and no person' },
    status: 200,
    returns: pageSchema(breakerTransitionSchema),
    query: pageQuery,
    problems: ['not-found', 'cursor-invalid'],
  })
  async breakerTransitions(
    @Param('agencyId', { schema: agencyIdSchema }) agencyId: string,
    @Query({ schema: pageQuery }) asked: PageAsked,
    @InExchange() exchange: Exchange,
  ): Promise<Page<BreakerTransition>> {
    this.#find(agencyId);
    const { store, cursors } = this.#gateway;
    const page = await readPage(cursors, asked, {
      name: listName('breaker-transitions', { agencyId }),
      read: (after, limit) => store.breakers.transitions({ agencyId, after, limit }),
      positionOf: ({ transitionId }) => transitionId,
    });
    return linkNext(exchange, page);
  }

  @Get(':agencyId/figures')
  @Operation({
    summary: 'What the journal says of an agency over the last 24 hours: verdicts and waiting times, hour by hour',
    scope: 'operations:read',
    audit: { none: 'counts and times; nothing about a person' },
    status: 200,
    returns: agencyFiguresSchema,
    problems: ['not-found'],
  })
  figures(@Param('agencyId', { schema: agencyIdSchema }) agencyId: string): Promise<AgencyFigures> {
    this.#find(agencyId);
    const { store, clock } = this.#gateway;
    const at = clock.now();
    return store.outages.figures(agencyId, new Date(at.getTime() - dayMs), at);
  }

  @Post(':agencyId/pause')
  @Operation({
    summary: 'Hold an agency: nothing is sent to it until it is resumed',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: operationViewSchema,
    idempotent: true,
    problems: ['not-found', 'state-conflict'],
  })
  pause(
    @Param('agencyId', { schema: agencyIdSchema }) agencyId: string,
    @Body({ schema: newPauseSchema }) { reason }: z.infer<typeof newPauseSchema>,
    @InExchange() exchange: Exchange,
  ): Promise<Done> {
    const place = { channelId: this.#channelOf(agencyId), agencyId };
    return this.#gateway.intents.once(exchange, {
      act: () => pausePlace(this.#gateway, exchange, { ...place, reason }),
      keeps: operationViewSchema,
      again: (kept) => kept,
    });
  }

  @Delete(':agencyId/pause')
  @Operation({
    summary: 'Resume an agency',
    scope: 'operations:write',
    audit: 'operations.changed',
    status: 200,
    returns: operationViewSchema,
    problems: ['not-found'],
  })
  resume(
    @Param('agencyId', { schema: agencyIdSchema }) agencyId: string,
    @InExchange() exchange: Exchange,
  ): Promise<Done> {
    return resumePlace(this.#gateway, exchange, { channelId: this.#channelOf(agencyId), agencyId });
  }

  #find(agencyId: string): Agency {
    return foundOr404(this.#agencies[this.#places.get(agencyId) ?? -1], 'agency');
  }

  #channelOf(agencyId: string): string {
    const { channelId } = this.#find(agencyId);
    if (channelId === null) throw new ProblemError('state-conflict', 'The agency is not connected to any channel.');
    return channelId;
  }
}

function fits(agency: Agency, { category, region, q, channelId }: AgenciesQuery): boolean {
  const text = q?.normalize('NFC').toLowerCase();
  return (
    (category?.includes(agency.category) ?? true) &&
    (region === undefined || (agency.region?.startsWith(region) ?? false)) &&
    (channelId === undefined || agency.channelId === channelId) &&
    (text === undefined ||
      [agency.agencyId, agency.nameZh, agency.nameEn.toLowerCase()].some((each) => each.includes(text)))
  );
}
