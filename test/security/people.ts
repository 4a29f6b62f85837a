import {
  type RegisteredOfficer,
  registeredOfficerSchema,
  type RoleName,
  scopesOfRole,
  type ScopeName,
  type TokenEntry,
} from '#contracts';
import { hashToken } from '#platform';
import { readApiDocument } from './api.ts';
import { guardedOutside } from './outside.ts';

export const roles = Object.keys(scopesOfRole) as RoleName[];

/** Two courts that must never see each other. What is attacked belongs to the north, who attacks comes from the south. */
export const courts = {
  north: { code: '990100', name: '某市某区人民法院', desk: 'registry.county', serial: 1 },
  south: { code: '990200', name: '某市另一区人民法院', desk: 'registry.county-west', serial: 2 },
} as const;
export type Court = keyof typeof courts;
export const courtNames: readonly Court[] = ['north', 'south'];

export interface Person {
  readonly role: RoleName;
  readonly court: Court;
  readonly userId: string;
  readonly name: string;
  readonly token: string;
}

const padded = (text: string): string => text.padEnd(32, '0');
const surnames = { north: '北', south: '南' } as const;
const roleWords: Readonly<Record<RoleName, string>> = {
  officer: '执行员',
  approver: '审批人',
  'court-admin': '管理员',
  ops: '运维',
  auditor: '审计员',
  integrator: '接入者',
  wallboard: '大屏',
  clerk: '经办人',
};

/** One person for every role at every court. Clerks belong to an agency of their own: a desk without an interface. */
export const people: readonly Person[] = courtNames.flatMap((court) =>
  roles.map((role) => ({
    ...{ role, court },
    userId: `usr_${court}-${role}`,
    name: `${surnames[court]}宫${roleWords[role]}`,
    token: `ckt_${padded(`${court}-${role}-`)}`,
  })),
);

export function personOf(role: RoleName, court: Court): Person {
  const person = people.find((each) => each.role === role && each.court === court);
  if (!person) throw new Error(`nobody is ${role} in the ${court}`);
  return person;
}

const officeOf = ({ role, court }: Person): { readonly courtCode: string; readonly courtName: string } =>
  role === 'clerk'
    ? { courtCode: `office-${courts[court].desk}`, courtName: courts[court].desk }
    : { courtCode: courts[court].code, courtName: courts[court].name };

/** Somebody of each court to whom things are done: given work, given other roles. Never signs in. */
export const spareId = (court: Court): string => `usr_${court}-spare`;
const spares = courtNames.map((court) => ({
  ...{ userId: spareId(court), name: `${surnames[court]}宫候补`, roles: ['officer'], agencyIds: [] },
  ...{ courtCode: courts[court].code, courtName: courts[court].name },
}));

const everybody = people.map((person) => ({
  ...officeOf(person),
  ...{ userId: person.userId, name: person.name, roles: [person.role] },
  agencyIds: person.role === 'clerk' ? [courts[person.court].desk] : [],
}));

export const registered: readonly RegisteredOfficer[] = [...everybody, ...spares].map((person) =>
  registeredOfficerSchema.parse({
    ...person,
    ...{ workCardNo: `GZ-${person.userId}`, workCardFile: 'cards/work-card.png' },
    ...{ dutyCardNo: `GW-${person.userId}`, dutyCardFile: 'cards/duty-card.png' },
  }),
);

/** Tokens that must open nothing. */
export const deadTokens = {
  unknown: `ckt_${padded('nobody-has-this-')}`,
  expired: `ckt_${padded('north-officer-expired-')}`,
  /** Known by its hash, but the person has left the register. */
  orphan: `ckt_${padded('somebody-who-left-')}`,
} as const;

/** The token of somebody of the north with everything that the role gives, but the scopes of an operation. */
export const tokenWithout = (role: RoleName, scopes: readonly ScopeName[]): string =>
  `ckt_${padded(`${role}-without-${scopes.join('-').replaceAll(':', '-')}-`)}`;

/** What operations ask for, each once. */
const scopeSets = [
  ...new Map(
    [...readApiDocument().operations, ...guardedOutside].flatMap(({ scopes }) =>
      scopes === 'any' ? [] : [[scopes.join(), scopes] as const],
    ),
  ).values(),
];

const entry = (token: string, userId: string, more: Partial<TokenEntry> = {}): TokenEntry => ({
  ...{ tokenId: `tok_${token.slice(4).replaceAll('_', '-')}`, userId, tokenHash: hashToken(token) },
  ...{ scopes: null, expiresAt: null },
  ...more,
});

export const tokenEntries: readonly TokenEntry[] = [
  ...people.map(({ token, userId }) => entry(token, userId)),
  ...roles.flatMap((role) =>
    scopeSets.map((scopes) =>
      entry(tokenWithout(role, scopes), personOf(role, 'north').userId, {
        scopes: scopesOfRole[role].filter((each) => !scopes.includes(each)),
      }),
    ),
  ),
  entry(deadTokens.expired, personOf('officer', 'north').userId, { expiresAt: '2020-01-01T00:00:00+08:00' }),
  entry(deadTokens.orphan, 'usr_somebody-who-left'),
];
