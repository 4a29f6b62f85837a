import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type NewSearch, newSearchSchema, type SearchView, searchViewSchema } from '#contracts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { searchCases } from './search-cases.ts';

/** Search over everything the caller sees. What is looked for may name a person: it comes in the body, never in an address. */
@ApiTags('searches')
@Controller('api/v1/searches')
export class SearchesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Find a case by its number, by an inquiry, a request number, or a debtor; the answer says where it looked',
    scope: 'cases:read',
    audit: 'debtor.searched',
    status: 200,
    returns: searchViewSchema,
    reads: true,
  })
  async search(
    @Body({ schema: newSearchSchema }) { q }: NewSearch,
    @InExchange() exchange: Exchange,
  ): Promise<SearchView> {
    const { store } = this.#gateway;
    const view = await searchCases(store.caseSearch, exchange.caller.rows.read, q);
    const ways = view.searched.map(({ by }) => by).join(' ');
    const detail = { view: 'search', ways, count: view.items.length };
    await store.ledger.record(actOf(exchange, { action: 'debtor.searched', detail }));
    return view;
  }
}
