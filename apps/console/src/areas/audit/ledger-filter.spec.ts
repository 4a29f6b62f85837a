import { expect, it } from '@jest/globals';
import { auditActions } from '#contracts';
import { actions, filterOf, isFiltered, queryOf, searchOf } from './ledger-filter.ts';

it('offers every action of the contract', () => expect(actions).toEqual(auditActions));

it('goes into the address and comes back out of it', () => {
  const filter = { action: 'report.read', actor: 'usr_zhao', caseId: 'case_01JTEST', days: 7 } as const;
  const search = searchOf(new URLSearchParams('event=41&days=90'), filter);
  expect(search.get('event')).toBe('41');
  expect(filterOf(search)).toEqual(filter);
});

it('takes nothing out of an address that can be no id, a number of a person least of all', () => {
  const filter = filterOf(new URLSearchParams('action=x&officer=110100199003074112&case=usr_1&days=5'));
  expect(isFiltered(filter)).toBe(false);
  expect(searchOf(new URLSearchParams('officer=110100199003074112'), filter).toString()).toBe('');
});

it('asks the gateway for exactly that', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(queryOf({ action: null, actor: 'usr_zhao', caseId: null, days: 1 }, now)).toEqual({
    actor: 'usr_zhao',
    from: '2026-11-22T12:00:00.000Z',
  });
  expect(queryOf({ action: null, actor: null, caseId: null, days: null }, now)).toEqual({});
});
