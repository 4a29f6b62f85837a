import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  type NewRoles,
  newRolesSchema,
  pageSchema,
  type Page,
  type UserView,
  userViewSchema,
} from '#contracts';
import type { RoleChange } from '#store';
import { z } from 'zod';
import type { Caller, Person } from '../access/caller.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, type PageAsked, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { changeRoles } from './change-roles.ts';

const query = z.strictObject(pageParameters);

/** People of the register, of the caller's court and of the courts below it. */
@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'People of your court and of the courts below, with the roles that count',
    scope: 'administration',
    audit: { none: 'colleagues and their roles; nothing of a case' },
    status: 200,
    returns: pageSchema(userViewSchema),
    query,
    problems: ['cursor-invalid'],
  })
  async list(@Query({ schema: query }) asked: PageAsked, @InExchange() exchange: Exchange): Promise<Page<UserView>> {
    const { cursors, store } = this.#gateway;
    const { caller } = exchange;
    const changes = new Map((await store.roleChanges.newest()).map((change) => [change.userId, change]));
    const all = this.#seen(caller).toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
    const page = await readPage(cursors, asked, {
      name: listName('users', { userId: caller.officer.userId }),
      read: (after, limit) =>
        all
          .filter(({ userId }) => after === null || userId > after)
          .slice(0, limit)
          .map((person) => this.#view(person, changes.get(person.userId))),
      positionOf: ({ userId }) => userId,
    });
    return linkNext(exchange, page);
  }

  @Put(':userId/roles')
  @Operation({
    summary: 'Give somebody other roles; none suspends them',
    scope: 'administration',
    audit: 'roles.changed',
    status: 200,
    returns: userViewSchema,
    problems: ['malformed', 'validation', 'not-found', 'own-draft'],
  })
  async change(
    @Param('userId', { schema: idSchema('usr') }) userId: string,
    @Body({ schema: newRolesSchema }) body: NewRoles,
    @InExchange() exchange: Exchange,
  ): Promise<UserView> {
    const { store, people } = this.#gateway;
    const person = foundOr404(
      this.#seen(exchange.caller).find((each) => each.userId === userId),
      'person',
    );
    await changeRoles(this.#gateway, exchange, { person, body });
    const [change] = await store.roleChanges.newest(userId);
    return this.#view(foundOr404(people.find(userId), 'person'), change);
  }

  #seen({ rows }: Caller): Person[] {
    const courtCodes = new Set(rows.people);
    return this.#gateway.people.all.filter(({ courtCode }) => courtCodes.has(courtCode));
  }

  #view({ userId, name, courtCode, courtName, roles }: Person, change: RoleChange | undefined): UserView {
    const registered = this.#gateway.installation.officers.find((officer) => officer.userId === userId);
    return {
      ...{ userId, name, courtCode, courtName },
      roles: [...(change?.roles ?? roles)],
      registeredRoles: [...(registered?.roles ?? [])],
      changedBy: change?.changedBy ?? null,
      changedAt: change?.changedAt ?? null,
    };
  }
}
