import { randomUUID } from 'node:crypto';
import { pdf } from '../integration/gateway-place.ts';
import type { ApiDocument, ApiOperation } from './api.ts';
import { exampleOf, type Shape } from './example.ts';
import type { RoleName } from '#contracts';
import type { Court } from './people.ts';
import type { WireRequest } from './wire.ts';
import { plainValues, type World } from './world.ts';

/** A request before it is written down for the wire: its parts can still be exchanged. */
export interface Draft {
  readonly operation: ApiOperation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; undefined: none. */
  readonly body: unknown;
}

/** Where an id stands in a request. */
export interface Place {
  readonly at: 'path' | 'query' | 'body';
  readonly steps: readonly string[];
  readonly value: string;
}

/** Values that one operation wants other than everything else does. */
const ownValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'handovers-create': { toCourtCode: '990300', kind: 'designated', orderedBy: '990010' },
  'inquirylife-state': { agencyId: 'vehicle.jing', category: 'vehicle' }, // not answered yet
};

/** Why a channel is held is read by every operator; it is nothing of a court. */
const operatorsOwn = ({ scopes }: ApiOperation): Readonly<Record<string, string>> =>
  scopes.includes('operations:write') ? { reason: '线路维护' } : {};

/** Where the smallest body is not one that anybody would send. */
const shapes: Readonly<Record<string, Shape>> = {
  'cases-change': { also: ['claim'], never: ['preservation'] }, // an execution has no ordered amount
  'auditevents-search': { never: ['identifier', 'userId'] }, // one of three
  'exports-create': { also: ['reason'] },
  'holds-place': { also: ['reason'] },
};

export interface Requests {
  /** The smallest whole request for an operation, all of it belonging to one court and open to the role. */
  draft(operation: ApiOperation, court: Court, role?: RoleName): Draft;
  /** Every place in it where an id of the court stands. */
  places(draft: Draft, court: Court): readonly Place[];
}

export function openRequests({ resolve }: ApiDocument, world: World): Requests {
  return {
    draft(operation, court, role) {
      const { ids, clerkIds, idsFor } = world[court];
      const own = { ...ids, ...(role === 'clerk' ? clerkIds : {}), ...idsFor[operation.id] };
      const fixtures = { ...plainValues(court), ...own, ...ownValues[operation.id], ...operatorsOwn(operation) };
      const parts = { resolve, fixtures, shape: shapes[operation.id] ?? {} };
      const given = (place: 'path' | 'query' | 'header') =>
        Object.fromEntries(
          operation.parameters
            .filter((each) => each.in === place && (each.required || (place === 'query' && each.name in ids)))
            .filter(({ name }) => name !== 'Idempotency-Key')
            .map(({ name, schema }) => [name, String(exampleOf(parts, schema, [name]))]),
        );
      return {
        operation,
        ...{ path: given('path'), query: given('query'), headers: given('header') },
        body: operation.body?.media === 'application/json' ? exampleOf(parts, operation.body.schema) : undefined,
      };
    },
    places(draft, court) {
      const { ids, clerkIds, idsFor } = world[court];
      const owned = new Set([ids, clerkIds, idsFor[draft.operation.id] ?? {}].flatMap(Object.values));
      const found = (at: Place['at'], value: unknown, steps: readonly string[]): Place[] => {
        if (typeof value === 'string') return owned.has(value) ? [{ at, steps, value }] : [];
        if (typeof value !== 'object' || value === null) return [];
        return Object.entries(value).flatMap(([key, each]) => found(at, each, [...steps, key]));
      };
      return [...found('path', draft.path, []), ...found('query', draft.query, []), ...found('body', draft.body, [])];
    },
  };
}

/** The same draft with another value at a place. */
export function exchanged(draft: Draft, { at, steps }: Place, value: string): Draft {
  const set = (part: unknown, [step = '', ...rest]: readonly string[]): unknown => {
    const next: any = Array.isArray(part) ? [...part] : { ...(part as object) };
    next[step] = rest.length === 0 ? value : set(next[step], rest);
    return next;
  };
  return { ...draft, [at]: set(draft[at], steps) };
}

const boundary = 'a-boundary-of-the-security-suite';
const uploadOf = (name: string, type: string, content: string): Buffer =>
  Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n${content}\r\n--${boundary}--\r\n`,
  );
const notice = uploadOf('notice.pdf', 'application/pdf', pdf);
const list = uploadOf('list.csv', 'text/csv', '案号,姓名,身份证号\r\n（2026）京9901执1号,张三,110100199003074112\r\n');

/** Creates or sends something, so it takes an idempotency key. */
export const isKeyed = ({ parameters }: ApiOperation): boolean =>
  parameters.some(({ name }) => name === 'Idempotency-Key');

/** As it goes over the wire, with an idempotency key of its own where one is wanted. */
export function written(draft: Draft, more: Readonly<Record<string, string>> = {}): WireRequest {
  const { operation, path, query, headers, body } = draft;
  const asked = new URLSearchParams(query).toString();
  const media = operation.body?.media;
  return {
    method: operation.method,
    target: `${pathOf(operation, path)}${asked === '' ? '' : `?${asked}`}`,
    headers: {
      ...(isKeyed(operation) ? { 'idempotency-key': randomUUID() } : {}),
      ...(media === 'multipart/form-data' ? { 'content-type': `${media}; boundary=${boundary}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...more,
    },
    body:
      media === 'multipart/form-data'
        ? uploadFor(operation)
        : body === undefined
          ? null
          : Buffer.from(JSON.stringify(body)),
  };
}

const uploadFor = ({ tag }: ApiOperation): Buffer => (tag === 'imports' ? list : notice);

/** Values of the path stand in it as they are: whoever wants them encoded encodes them. */
const pathOf = (operation: ApiOperation, values: Readonly<Record<string, string>>): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
