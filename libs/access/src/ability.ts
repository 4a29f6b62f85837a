import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability';
import { packRules } from '@casl/ability/extra';
import { type CourtTree, type PersonScope, type RoleName, type ScopeName, scopesOfRole } from '#contracts';
import { type RowKind, type RowsOf, scopeOfRole } from './rows.ts';

/** Whose rights: `scopes` is the part of them that a token was given; null: all. */
export interface RightsOf extends RowsOf {
  readonly scopes: readonly ScopeName[] | null;
}

/** Conditions of the rules look at `CaseFacts`. */
export type Ability = MongoAbility;

/** Scopes about rows, and which kind of rows. A scope that is not here is about no case. */
const rowsOfScope: Partial<Record<ScopeName, RowKind>> = {
  'cases:read': 'asking',
  'inquiries:read': 'asking',
  'reports:read': 'payload',
  'answers:read': 'payload',
  'answers:raw': 'payload',
  'files:read': 'payload',
  'exports:write': 'payload',
  'cases:write': 'acts',
  'cases:assign': 'acts',
  'inquiries:write': 'acts',
  'approvals:decide': 'acts',
  'holds:write': 'acts',
};

/** The rules of a person: what each of their roles gives, on whose cases, as far as a token does not take it away. */
export function abilityOf(person: RightsOf, courts: CourtTree): Ability {
  const { roles, scopes } = person;
  const given = roles.flatMap((role) =>
    scopesOfRole[role]
      .filter((scope) => scopes === null || scopes.includes(scope))
      .flatMap((scope) => rulesOf(person, { role, scope, courts })),
  );
  return createMongoAbility<Ability>(given);
}

type Rule = RawRuleOf<Ability>;
type Conditions = NonNullable<Rule['conditions']>;
type Given = { readonly role: RoleName; readonly scope: ScopeName; readonly courts: CourtTree };

function rulesOf(person: RowsOf, { role, scope, courts }: Given): Rule[] {
  const rule = ruleOf(scope);
  const kind = rowsOfScope[scope];
  if (kind === undefined) return [rule];
  return conditionsOf(scopeOfRole(person, role, { courts, kind })).map((conditions) => ({ ...rule, conditions }));
}

/** The same as `seesCase` of the store says in SQL. */
function conditionsOf({ userId, courtCodes, assignedIn = [], handedOver }: PersonScope): Conditions[] {
  return [
    ...(courtCodes.length > 0 ? [{ courtCode: { $in: [...courtCodes] } }] : []),
    ...(assignedIn.length > 0 ? [{ courtCode: { $in: [...assignedIn] }, officers: userId }] : []),
    ...(handedOver === 'asking' ? [{ readers: userId }] : []),
    ...(handedOver === 'payload' ? [{ payloadReaders: userId }] : []),
  ];
}

/** `cases:read` is `read` on `cases`; a scope without a colon is everything on what it names. */
function ruleOf(scope: ScopeName): { action: string; subject: string } {
  const [subject = scope, action = 'manage'] = scope.split(':');
  return { action, subject };
}

/** Whether the person may do this at all; on which rows is another question. */
export function allows(ability: Ability, scope: ScopeName): boolean {
  const { action, subject } = ruleOf(scope);
  return ability.can(action, subject);
}

/** The rules in the short form in which a console is given them. */
export const packedRules = (ability: Ability): unknown[][] => packRules(ability.rules).map((rule) => [...rule]);
