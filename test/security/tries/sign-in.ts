import { everything, type Field } from '../field.ts';
import type { Try } from '../judge.ts';
import { deadTokens, type Person, people, personOf } from '../people.ts';
import { bearer } from '../requests.ts';
import type { WireRequest } from '../wire.ts';
import type { Credential } from './credentials.ts';

const signIn = (headers: Readonly<Record<string, string>>, form: string | null = null): WireRequest => ({
  ...{ method: 'POST', target: '/ops/session' },
  headers: { ...headers, ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
  body: form === null ? null : Buffer.from(form),
});

const operates = ({ role }: Person): boolean => role === 'ops' || role === 'integrator';

/** Who may not come in at the operators' door. */
export const signInTries = ({ world }: Field): Try[] => {
  const tryOf = (request: WireRequest, expected: number): Try => ({
    ...{ kind: 'sign-in at the board', operation: '/ops/session', request },
    ...{ expected: [expected], forbidden: everything(world) },
  });
  const outsiders = people.filter((person) => person.court === 'north' && !operates(person));
  return [
    ...outsiders.flatMap(({ token }) => [tryOf(signIn(bearer(token)), 403), tryOf(signIn({}, `token=${token}`), 403)]),
    ...Object.values(deadTokens).flatMap((token) => [
      tryOf(signIn(bearer(token)), 401),
      tryOf(signIn({}, `token=${token}`), 401),
    ]),
    tryOf(signIn({}), 401),
    tryOf(signIn({}, ''), 401),
    tryOf(signIn({}, `token=${personOf('ops', 'north').token}x`), 401),
  ];
};

/** A real cookie of an operator. */
export async function operatorCookie({ place }: Field): Promise<string> {
  const reply = await place.wire.send(signIn(bearer(personOf('ops', 'north').token)));
  const [cookie = ''] = [reply.headers['set-cookie'] ?? ''].flat();
  if (reply.status !== 303 || cookie === '') throw new Error(`no session for the operator: ${reply.status}`);
  const [pair = ''] = cookie.split(';', 1);
  return pair;
}

/** What a thief would make of it: used elsewhere, changed, prolonged, put to another person. */
export function cookieCredentials(cookie: string): readonly Credential[] {
  const [name = '', value = ''] = cookie.split('=', 2);
  const [tokenId = '', endsAt = '', signature = ''] = value.split('.');
  const board = ({ path }: { readonly path: string }): boolean => path.startsWith('/ops/');
  const integrator = tokenId.replace('-ops-', '-integrator-');
  const forged = [
    [tokenId, String(Number(endsAt) + 60_000), signature],
    [integrator === tokenId ? 'tok_other' : integrator, endsAt, signature],
    [tokenId, endsAt, '0'.repeat(signature.length)],
    [tokenId, endsAt, ''],
    [tokenId, endsAt, signature.slice(0, -1)],
  ];
  return [
    { kind: 'cookie of another door', headers: { cookie }, at: (operation) => !board(operation) },
    ...forged.map((parts) => ({ kind: 'forged cookie', headers: { cookie: `${name}=${parts.join('.')}` } })),
  ];
}
