import type { ApiOperation } from '../api.ts';
import { everything, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { personOf } from '../people.ts';
import { bearer, type Draft, exchanged, isKeyed, written } from '../requests.ts';
import type { WireRequest } from '../wire.ts';

/** The right person at the right place, with something too much, too long or twice. All of it is refused. */
interface Case {
  readonly draft: Draft;
  readonly request: WireRequest;
}

const rightly = ({ operations, requests }: Field, work: (each: Case) => Try[]): Try[] =>
  operations.flatMap((operation) => {
    const [role] = rolesWith(operation);
    if (!role) return [];
    const draft = requests.draft(operation, 'north');
    return work({ draft, request: written(draft, bearer(personOf(role, 'north').token)) });
  });

const isOfDocument = ({ path }: ApiOperation): boolean => path.startsWith('/api/v1/');

/** Fields that would give somebody more than they may have, put into every object of every body. */
const extras = { createdBy: 'usr_north-officer', roles: ['ops'], approved: true, simulated: true };

export const massAssignmentTries = (field: Field): Try[] =>
  rightly(field, ({ draft, request }) => {
    const { operation, body } = draft;
    if (body === undefined) return [];
    return objectsIn(body).flatMap((steps) =>
      Object.entries(extras)
        .filter(([name]) => !(name in objectAt(body, steps)))
        .map(([name, value]) => ({
          ...{
            kind: 'fields nobody asked for',
            operation: operation.id,
            expected: [400],
            forbidden: everything(field.world),
          },
          request: { ...request, body: Buffer.from(JSON.stringify(withExtra(body, steps, { [name]: value }))) },
        })),
    );
  });

const objectsIn = (value: unknown, steps: readonly string[] = []): (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(Array.isArray(value) ? [] : [steps]),
        ...Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...steps, key])),
      ];

const objectAt = (value: any, steps: readonly string[]): object => steps.reduce((part, step) => part[step], value);

function withExtra(value: any, [step, ...rest]: readonly string[], extra: object): unknown {
  if (step === undefined) return { ...value, ...extra };
  const next: any = Array.isArray(value) ? [...value] : { ...value };
  next[step] = withExtra(value[step], rest, extra);
  return next;
}

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const badBodies: readonly { readonly text: string; readonly media: string; readonly expected: readonly number[] }[] = [
  { text: '{"__proto__":{"roles":["ops"]}}', media: 'application/json', expected: [400] },
  { text: '{"constructor":{"prototype":{"x":1}}}', media: 'application/json', expected: [400] },
  { text: '[]', media: 'application/json', expected: [400] },
  { text: 'null', media: 'application/json', expected: [400] },
  { text: '{"a":', media: 'application/json', expected: [400] },
  { text: deep, media: 'application/json', expected: [400] },
  { text: ' '.repeat(1_100_000), media: 'application/json', expected: [413] },
  { text: '<a/>', media: 'application/xml', expected: [415] },
  { text: 'caseId=1', media: 'application/x-www-form-urlencoded', expected: [415] },
  { text: '{}', media: 'text/plain', expected: [415] },
];

export const badBodyTries = (field: Field): Try[] =>
  rightly(field, ({ draft: { operation, body }, request }) =>
    body === undefined
      ? []
      : badBodies.map(({ text, media, expected }) => ({
          ...{ kind: 'bodies of another kind', operation: operation.id, expected, forbidden: everything(field.world) },
          request: { ...request, headers: { ...request.headers, 'content-type': media }, body: Buffer.from(text) },
        })),
  );

/** A parameter nobody knows, every known one twice, and one that reaches for the prototype. */
export const queryTries = (field: Field): Try[] =>
  rightly(field, ({ draft: { operation, query }, request }) => {
    if (!isOfDocument(operation)) return [];
    const names = operation.parameters.flatMap(({ in: at, name }) => (at === 'query' ? [name] : []));
    const value = (name: string): string => encodeURIComponent(query[name] ?? '1');
    const twice = names.map((name) => `${name}=${value(name)}&${name}=${value(name)}`);
    const [path = ''] = request.target.split('?', 1);
    const others = (name: string): string =>
      Object.entries(query)
        .map(([key, each]) => (key === name ? '' : `&${key}=${encodeURIComponent(each)}`))
        .join('');
    return [
      ...['courtCode=990200', 'userId=usr_south-officer', '__proto__[x]=1', 'caseId[]=1'].map(
        (each) => `${path}?${each}${others('')}`,
      ),
      ...twice.map((each, index) => `${path}?${each}${others(names[index] ?? '')}`),
    ].map((target) => ({
      ...{ kind: 'parameters twice or unknown', operation: operation.id, expected: [400] },
      ...{ request: { ...request, target }, forbidden: everything(field.world) },
    }));
  });

const monsters: readonly string[] = [
  'a'.repeat(5_000),
  `case_${'9'.repeat(190)}`,
  encodeURIComponent('../../../etc/passwd'),
  '%00',
  encodeURIComponent("' OR 1=1 --"),
  encodeURIComponent('示例'),
  '%ff%fe',
  '-1',
  '*',
];

/** Ids no id looks like, at every place of path and query. */
export const monstrousIdTries = (field: Field): Try[] =>
  rightly(field, ({ draft, request }) => {
    const { operation } = draft;
    const names = operation.parameters.filter(
      ({ in: at, name }) => at === 'path' || name === 'cursor' || name.endsWith('Id'),
    );
    return names.flatMap(({ in: at, name }) =>
      monsters.map((monster) => {
        const place = { at: at === 'path' ? ('path' as const) : ('query' as const), steps: [name], value: '' };
        const sent = at === 'path' ? monster : decoded(monster);
        const target = written(exchanged(draft, place, sent)).target;
        return {
          ...{ kind: 'monstrous ids', operation: operation.id, expected: [400, 404, 414, 431] },
          ...{ request: { ...request, target }, forbidden: everything(field.world) },
        };
      }),
    );
  });

const decoded = (text: string): string => (text === '%ff%fe' ? text : decodeURIComponent(text));

/** A key is asked of whatever creates or sends. */
export const keyTries = (field: Field): Try[] =>
  rightly(field, ({ draft: { operation }, request }) => {
    if (!isKeyed(operation)) return [];
    const { 'idempotency-key': _, ...others } = request.headers;
    return [
      {},
      { 'idempotency-key': 'short' },
      { 'idempotency-key': 'x'.repeat(500) },
      { 'idempotency-key': 'with blanks in the key' },
    ].map((key) => ({
      ...{ kind: 'no idempotency key', operation: operation.id, expected: [400], forbidden: everything(field.world) },
      request: { ...request, headers: { ...others, ...key } as Record<string, string> },
    }));
  });
