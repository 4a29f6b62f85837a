import { createMongoAbility, subject } from '@casl/ability';
import { unpackRules } from '@casl/ability/extra';
import { describe, expect, it } from '@jest/globals';
import { courtSchema, courtTree, roleNameSchema, type RoleName, scopes, type ScopeName } from '#contracts';
import { abilityOf, allows, packedRules } from './ability.ts';
import { type CaseFacts, rowScopeOf, sightOf } from './rows.ts';

const court = (code: string, level: string, parent: string | null) =>
  courtSchema.parse({ code, nameZh: code, nameEn: code, level, parent });
const courts = courtTree([
  court('s', 'supreme', null),
  court('h', 'high', 's'),
  court('i', 'intermediate', 'h'),
  court('a', 'basic', 'i'),
  { ...court('b', 'basic', 'i'), officersSee: 'assigned' },
]);
const abilityFor = (roles: RoleName[], courtCode = 'a', only: readonly ScopeName[] | null = null) =>
  abilityOf({ userId: 'usr_1', courtCode, roles, scopes: only }, courts);

/** Everything anybody may do. Whoever changes a right changes this table on purpose. */
const matrix: Readonly<Record<ScopeName, string>> = {
  'cases:read': 'officer approver court-admin',
  'cases:write': 'officer',
  'files:write': 'officer clerk',
  'inquiries:read': 'officer approver court-admin',
  'inquiries:write': 'officer',
  'reports:read': 'officer approver',
  'answers:read': 'officer approver',
  'answers:raw': 'officer',
  'agencies:read': 'officer approver court-admin ops auditor integrator',
  'operations:read': 'ops integrator',
  'operations:write': 'ops',
  'answers:manual': 'officer clerk',
  'files:read': 'officer approver',
  'cases:assign': 'approver court-admin',
  'approvals:decide': 'approver',
  'exports:write': 'officer',
  'holds:write': 'court-admin',
  'audit:read': 'auditor',
  'audit:export': 'auditor',
  administration: 'court-admin',
  'wallboard:read': 'wallboard',
};

describe('rights', () => {
  it.each(scopes)('%s belong to exactly these roles', (scope) => {
    const allowed = roleNameSchema.options.filter((role) => allows(abilityFor([role]), scope));
    expect(allowed.join(' ')).toBe(matrix[scope]);
  });

  it('are taken away by a token, never added, and are none without a role', () => {
    const some = abilityFor(['officer'], 'a', ['cases:read', 'operations:write']);
    expect(scopes.filter((scope) => allows(some, scope))).toEqual(['cases:read']);
    expect(scopes.filter((scope) => allows(abilityFor([]), scope))).toEqual([]);
  });
});

const facts = (courtCode: string, more: Partial<CaseFacts> = {}): CaseFacts & { __caslSubjectType__?: string } => ({
  ...{ courtCode, officers: [], readers: [], payloadReaders: [] },
  ...more,
});
type Seen = readonly [who: string, roles: RoleName[], at: string, of: CaseFacts, may: string];
const own = facts('a');
const lent = facts('x', { readers: ['usr_1'], payloadReaders: ['usr_1'] });

describe('rules with rows, as a console asks them', () => {
  it.each<Seen>([
    ['an officer of the court', ['officer'], 'a', own, 'read-cases read-inquiries read-reports write-inquiries'],
    ['an officer of another court', ['officer'], 'a', facts('i'), ''],
    ['an officer of a strict court', ['officer'], 'b', facts('b'), ''],
    [
      'an officer to whom it is assigned',
      ['officer'],
      'b',
      facts('b', { officers: ['usr_1'] }),
      'read-cases read-inquiries read-reports write-inquiries',
    ],
    ['an officer who gave it away', ['officer'], 'a', lent, 'read-cases read-inquiries read-reports'],
    [
      'an officer who saw the asking only',
      ['officer'],
      'a',
      facts('x', { readers: ['usr_1'] }),
      'read-cases read-inquiries',
    ],
    ['an approver of the court', ['approver'], 'a', own, 'read-cases read-inquiries read-reports assign-cases'],
    ['an approver above', ['approver'], 'i', own, 'read-cases read-inquiries'],
    ['a court administrator', ['court-admin'], 'a', own, 'read-cases read-inquiries assign-cases'],
    ['a court administrator far above', ['court-admin'], 's', own, 'read-cases read-inquiries'],
    ['a court administrator below', ['court-admin'], 'a', facts('i'), ''],
    ['an auditor', ['auditor'], 'i', own, ''],
    ['an operator', ['ops'], 'a', own, ''],
    ['an approver who is an officer too', ['approver', 'officer'], 'i', own, 'read-cases read-inquiries'],
  ])('%s', (...seen) => {
    const [, roles, at, of, may] = seen;
    const packed = JSON.parse(JSON.stringify(packedRules(abilityFor(roles, at))));
    const asked = ['read-cases', 'read-inquiries', 'read-reports', 'write-inquiries', 'assign-cases'];
    const ability = createMongoAbility<any>(unpackRules<any>(packed));
    const allowed = asked.filter((each) => {
      const [action = '', type = ''] = each.split('-');
      return ability.can(action, subject(type, { ...of }));
    });
    expect(allowed.join(' ')).toBe(may);
  });
});

describe('rows', () => {
  it('of trail and people reach downwards, and nobody else has them', () => {
    const rowsOf = (role: RoleName) => rowScopeOf({ userId: 'usr_1', courtCode: 'i', roles: [role] }, courts);
    expect(rowsOf('auditor').trail).toEqual(['i', 'a', 'b']);
    expect(rowsOf('court-admin').people).toEqual(['i', 'a', 'b']);
    for (const role of roleNameSchema.options) {
      expect([role, rowsOf(role).trail.length > 0]).toEqual([role, role === 'auditor']);
      expect([role, rowsOf(role).people.length > 0]).toEqual([role, role === 'court-admin']);
    }
  });

  it('say by what a case is seen', () => {
    const { read } = rowScopeOf({ userId: 'usr_1', courtCode: 'b', roles: ['officer'] }, courts);
    expect([sightOf(read, 'b'), sightOf(read, 'a')]).toEqual(['court', 'hand-over']);
  });
});
