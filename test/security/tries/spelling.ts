import type { ApiOperation } from '../api.ts';
import { belongings, everything, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { personOf, roles } from '../people.ts';
import { bearer, type Draft, written } from '../requests.ts';

/** Other ways to write an address, which a proxy or a router may read as the same. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  'two slashes': (path) => path.replace('/', '//'),
  'two slashes inside': (path) => path.replace('/v1/', '//v1/').replace('/ops/', '/ops//'),
  'slash behind': (path) => `${path}/`,
  dot: (path) => path.replace('/v1/', '/./v1/').replace('/ops/', '/./ops/'),
  dots: (path) => `/health/..${path}`,
  'encoded dots': (path) => `/health/%2e%2e${path}`,
  'encoded slash': (path) => path.replace('/v1/', '%2fv1%2f').replace('/ops/', '%2fops%2f'),
  'encoded letter': (path) => path.replace('a', '%61').replace('/o', '/%6f').replace('/m', '/%6d'),
  'twice encoded': (path) => path.replace('/v1/', '/%2576%2531/').replace('queues', '%2571ueues'),
  'upper case': (path) => path.toUpperCase(),
  semicolon: (path) => `${path};x=1`,
  'semicolon inside': (path) => path.replace('/v1/', ';x=1/v1/').replace('/ops/', '/ops;x=1/'),
  backslash: (path) => path.replace('/v1/', '\\v1\\').replace('/ops/', '\\ops\\'),
  'null byte': (path) => `${path}%00`,
  extension: (path) => `${path}.json`,
  'absolute form': (path) => `http://localhost${path}`,
};

const withPath = (target: string, spell: (path: string) => string): string => {
  const [path = '', query] = target.split('?', 2);
  return query === undefined ? spell(path) : `${spell(path)}?${query}`;
};

/** Anonymous, as a role that may not, and as the other court. */
export const spellingTries = ({ operations, requests, world }: Field): Try[] =>
  operations.flatMap((operation) => {
    const draft = requests.draft(operation, 'north');
    return Object.values(spellings).flatMap((spell) =>
      outsiders(operation, draft).map(({ headers, expected, forbidden }) => {
        const request = written(draft, headers);
        return {
          ...{ kind: 'spellings of the address', operation: operation.id, expected },
          request: { ...request, target: withPath(request.target, spell) },
          forbidden: forbidden(world),
        };
      }),
    );
  });

interface Outsider {
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: readonly number[];
  readonly forbidden: (world: Field['world']) => readonly string[];
}

function outsiders(operation: ApiOperation, draft: Draft): readonly Outsider[] {
  const may = rolesWith(operation);
  const mayNot = roles.find((role) => !may.includes(role));
  const [reader] = may;
  const nobody: Outsider = { headers: {}, expected: [400, 401, 404], forbidden: everything };
  const wrongRole = mayNot && {
    ...{ headers: bearer(personOf(mayNot, 'north').token), expected: [400, 403, 404], forbidden: everything },
  };
  const wrongCourt = reader &&
    /\{(?!agencyId|channelId|category)/.test(draft.operation.path) && {
      headers: bearer(personOf(reader, 'south').token),
      expected: [400, 404],
      forbidden: (world: Field['world']) => belongings(world, 'north'),
    };
  return [nobody, ...(wrongRole ? [wrongRole] : []), ...(wrongCourt ? [wrongCourt] : [])];
}

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND'] as const;

/** Every address with every verb that is not its own, from nobody and from the right person. */
export function verbTries({ operations, requests, world }: Field): Try[] {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  return [...byPath].flatMap(([path, known]) => {
    const [operation] = known;
    if (!operation) return [];
    const own = new Set(known.map(({ method }) => method));
    const [reader = 'ops' as const] = rolesWith(operation);
    const address = written(requests.draft(operation, 'north')).target;
    return verbs
      .filter((verb) => !own.has(verb))
      .flatMap((method) =>
        [null, personOf(reader, 'north').token].map(
          (token): Try => ({
            ...{ kind: 'other verbs', operation: path, isBare: method === 'HEAD' },
            request: { method, target: address, headers: token === null ? {} : bearer(token), body: null },
            expected: token === null ? [401, 404] : [400, 403, 404, 405],
            forbidden: everything(world),
          }),
        ),
      );
  });
}
