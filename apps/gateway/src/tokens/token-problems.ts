import { type NewToken, type ProblemItem, type RegisteredOfficer, scopesOfRole } from '#contracts';

const longestDays = 365;
const dayMs = 86_400_000;

/** Everything that speaks against making a token, at once. `person`: of the caller's own court; null: nobody there. */
export function tokenProblems(
  { scopes, expiresAt }: NewToken,
  person: Pick<RegisteredOfficer, 'roles'> | null,
  now: Date,
): readonly ProblemItem[] {
  const given = new Set(person?.roles.flatMap((role) => scopesOfRole[role]));
  const beyond = scopes.flatMap((scope, index) => (person && !given.has(scope) ? [index] : []));
  const msLeft = Date.parse(expiresAt) - now.getTime();
  return [
    ...(person ? [] : [nobody]),
    ...beyond.map((index) => ({
      pointer: `/scopes/${index}`,
      code: 'not-of-the-person',
      detail: 'The roles of the person do not give this scope.',
      fix: 'Ask for a part of what the person may do, or have their roles changed.',
    })),
    ...(msLeft > 0 && msLeft <= longestDays * dayMs ? [] : [wrongEnd]),
  ];
}

const nobody: ProblemItem = {
  pointer: '/userId',
  code: 'unknown-person',
  detail: 'There is nobody of this id in your court.',
  fix: 'Name a person of the register who belongs to your court.',
};

const wrongEnd: ProblemItem = {
  pointer: '/expiresAt',
  code: 'out-of-range',
  detail: `A token ends in the future, and within ${longestDays} days.`,
  fix: 'Choose an earlier or later end; make a new token before the old one ends.',
};
