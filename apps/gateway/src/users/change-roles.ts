import { type NewRoles, type RegisteredOfficer, type RoleName, rolesThatClash } from '#contracts';
import type { Person } from '../access/caller.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { ProblemError } from '../http/problem-error.ts';

interface Change {
  readonly person: Person;
  readonly body: NewRoles;
}

/**
 * Gives somebody other roles than those of the register; none suspends them. Other gateways know it within a few seconds.
 * @throws ProblemError `own-draft` for one's own roles, `validation` for roles that do not fit
 */
export async function changeRoles(gateway: Gateway, exchange: Exchange, { person, body }: Change): Promise<void> {
  const { store, clock, people, log } = gateway;
  const by = exchange.caller.officer.userId;
  const { userId } = person;
  if (userId === by) throw new ProblemError('own-draft', 'Nobody changes their own roles.');
  const roles = [...new Set(body.roles)];
  const why = [...rolesThatClash(roles), ...unfit(person, roles)];
  if (why.length > 0) {
    const items = why.map((each) => ({
      pointer: '/roles',
      code: 'roles-unfit',
      detail: `${each}.`,
      fix: 'Leave it out.',
    }));
    throw new ProblemError('validation', 'These roles do not fit.', { errors: items });
  }
  const { reason } = body;
  await store.transaction(async (tx) => {
    await store.roleChanges.make(tx, { userId, roles, by, at: clock.now(), reason });
    const detail = { before: person.roles.join(' '), roles: roles.join(' ') };
    await store.ledger.record(actOf(exchange, { action: 'roles.changed', objectId: userId, reason, detail }), tx);
  });
  log.info('roles.changed', { userId, by, roles: roles.join(' ') });
  await people.refresh();
}

/** What the register does not bear: a clerk answers for agencies, and nobody becomes one who has none. */
function unfit({ agencyIds }: RegisteredOfficer, roles: readonly RoleName[]): string[] {
  return roles.includes('clerk') && agencyIds.length === 0
    ? ['clerk answers for agencies, and the register names none for this person']
    : [];
}
