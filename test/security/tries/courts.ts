import { belongings, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { personOf } from '../people.ts';
import { bearer, type Draft, exchanged, type Place, written } from '../requests.ts';

/**
 * What a foreign id gets, where that is not 404: by operation and name of the field. Lists are narrowed to nothing;
 * fields of a body are refused by name, as any other thing that is not there.
 */
const designed: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  'approvals-create': {
    ...{ caseId: [422], debtorId: [422], fileId: [422] },
    ...{ previousInquiryId: [400], approverId: [400] },
  },
  'tokens-create': { userId: [400] },
  'auditevents-list': { caseId: [200] },
  'caseofficers-assign': { userId: [400] },
  'caseofficers-end': { userId: [403, 404] }, // an officer ends only an assignment of their own
  'handovers-create': { fileId: [400] },
  'cases-create': { courtCode: [403] },
  'inquiries-create': {
    ...{ caseId: [422], debtorId: [422], fileId: [422] },
    ...{ previousInquiryId: [400], approverId: [400] },
  },
  'inquiries-list': { caseId: [200] },
  'inquirylife-state': { fileId: [400] },
  'manualtasks-answer': { fileIds: [400] },
};

const nameOf = ({ steps }: Place): string => steps.findLast((step) => !/^\d+$/.test(step)) ?? '';

/** An id of the same form that nobody has. */
const nobodys = (value: string): string =>
  /^\d+$/.test(value) ? '999999999' : value.replace(/^(?:([a-z]+_).*|([A-Z]\d).*)$/, '$1$2zzzzzzzzzzzzzzzzzzzzzzzzz1');

/** A foreign id, and beside it the same request with an id that nobody has: both must get the same answer. */
export interface ForeignPair {
  readonly foreign: Try;
  readonly unknown: Try;
}

/** People of the south with whole requests of their own, in which one id after the other is one of the north. */
export function foreignPairs(field: Field): readonly ForeignPair[] {
  const { operations, requests, world } = field;
  return operations.flatMap((operation) => {
    return rolesWith(operation).flatMap((role) => {
      const draft = requests.draft(operation, 'south', role);
      return requests.places(draft, 'south').map((place): ForeignPair => {
        const name = nameOf(place);
        const tryOf = (value: string): Try => ({
          ...{ kind: `foreign id in ${kindOf(draft, place)}`, operation: operation.id },
          request: written(exchanged(draft, place, value), bearer(personOf(role, 'south').token)),
          expected: expectedAt(draft, place),
          forbidden: belongings(world, 'north'),
        });
        const foreign = world.north.idsFor[operation.id]?.[name] ?? world.north.ids[name];
        if (foreign === undefined) throw new Error(`${name}: the north has none; see test/security/world.ts`);
        return { foreign: tryOf(foreign), unknown: tryOf(nobodys(foreign)) };
      });
    });
  });
}

const kindOf = ({ operation }: Draft, { at }: Place): string => (operation.isStream && at === 'path' ? 'SSE' : at);

const expectedAt = ({ operation }: Draft, place: Place): readonly number[] =>
  designed[operation.id]?.[nameOf(place)] ?? [404];

/** Everything of the north at once. */
export function otherCourtTries({ operations, requests, world }: Field): Try[] {
  return operations.flatMap((operation) => {
    const draft = requests.draft(operation, 'north');
    const places = requests.places(draft, 'north');
    if (places.length === 0) return [];
    const statuses = places.flatMap((place) => expectedAt(draft, place));
    const first = places.some(({ at }) => at === 'path') ? [404] : statuses;
    return rolesWith(operation).map((role) => ({
      ...{ kind: 'wrong court', operation: operation.id, expected: first },
      request: written(draft, bearer(personOf(role, 'south').token)),
      forbidden: belongings(world, 'north'),
    }));
  });
}
