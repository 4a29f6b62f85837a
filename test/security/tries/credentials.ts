import { hashToken } from '#platform';
import type { ApiOperation } from '../api.ts';
import { everything, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { deadTokens, personOf, tokenWithout } from '../people.ts';
import { bearer, written } from '../requests.ts';

/** Something that looks like a credential and opens nothing, or nothing here. */
export interface Credential {
  /** The row of the table. */
  readonly kind: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Behind the address. */
  readonly query?: string;
  /** Operations it is tried at; all of them by default. */
  readonly at?: (operation: ApiOperation) => boolean;
}

const live = personOf('officer', 'north').token;
const operator = personOf('ops', 'north').token;
const basic = Buffer.from(`north:${live}`).toString('base64');

/** Without a session. What is bound to sessions is added by tries/sign-in.ts. */
export const badCredentials: readonly Credential[] = [
  { kind: 'no token', headers: {} },
  { kind: 'malformed token', headers: { authorization: 'Bearer' } },
  { kind: 'malformed token', headers: bearer('ckt_short') },
  { kind: 'malformed token', headers: bearer(`${live} ${operator}`) },
  { kind: 'malformed token', headers: bearer(`${live}, Bearer ${operator}`) },
  { kind: 'malformed token', headers: bearer(live.toUpperCase()) },
  { kind: 'malformed token', headers: { authorization: live } },
  { kind: 'other scheme', headers: { authorization: `Basic ${basic}` } },
  { kind: 'other scheme', headers: { authorization: `Token ${live}` } },
  { kind: 'forged token', headers: bearer(`${live.slice(0, -1)}1`) },
  { kind: 'forged token', headers: bearer(`${live}0`) },
  { kind: 'forged token', headers: bearer(hashToken(live)) },
  { kind: 'forged token', headers: bearer(`ckt_${hashToken(live).replace('sha256:', '')}`) },
  { kind: 'forged token', headers: bearer(unsignedJwt()) },
  { kind: 'unknown token', headers: bearer(deadTokens.unknown) },
  { kind: 'expired token', headers: bearer(deadTokens.expired) },
  { kind: 'person has left', headers: bearer(deadTokens.orphan) },
  { kind: 'token at a wrong place', headers: { cookie: `token=${live}; authorization=${live}` } },
  { kind: 'token at a wrong place', headers: { 'x-api-key': live, 'proxy-authorization': `Bearer ${live}` } },
  { kind: 'token at a wrong place', headers: {}, query: `access_token=${live}&token=${live}` },
];

/** `alg: none`, for a person who exists. */
function unsignedJwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: 'usr_north-officer', roles: ['officer'] })}.`;
}

/** Whole requests about the north's own things, from nobody. */
export const nobodyTries = (
  { operations, requests, world }: Field,
  credentials: readonly Credential[] = badCredentials,
): Try[] =>
  operations.flatMap((operation) =>
    credentials
      .filter(({ at }) => at?.(operation) ?? true)
      .map(({ kind, headers, query }) => {
        const request = written(requests.draft(operation, 'north'), headers);
        const joint = request.target.includes('?') ? '&' : '?';
        const target = query === undefined ? request.target : `${request.target}${joint}${query}`;
        return {
          ...{ kind, operation: operation.id, request: { ...request, target } },
          ...{ expected: [401], forbidden: everything(world) },
        };
      }),
  );

/** The right person, with a token that was given everything but the scopes in question. */
export const narrowTokenTries = ({ operations, requests, world }: Field): Try[] =>
  operations.flatMap((operation) => {
    const { scopes } = operation;
    if (scopes === 'any') return [];
    return rolesWith(operation).map((role) => ({
      ...{ kind: 'token without the scope', operation: operation.id, expected: [403] },
      request: written(requests.draft(operation, 'north'), bearer(tokenWithout(role, scopes))),
      forbidden: everything(world),
    }));
  });
