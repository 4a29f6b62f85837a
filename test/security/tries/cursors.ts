import { type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { personOf } from '../people.ts';
import { hiddenFrom } from '../reach.ts';
import { bearer, type Draft, written } from '../requests.ts';

/** Lists of a court's own things, whose cursors are bound to a person. */
export const personalLists: readonly string[] = ['cases-list', 'inquiries-list'];

/** Cursors that the north was given, in the hands of the same role of the south. */
export async function cursorTries({ operations, requests, world, place }: Field): Promise<readonly Try[]> {
  const tries: Try[] = [];
  for (const operation of operations) {
    if (!operation.parameters.some(({ name }) => name === 'cursor')) continue;
    for (const role of rolesWith(operation)) {
      const draft = requests.draft(operation, 'north', role);
      const paged = (query: Record<string, string>): Draft => ({ ...draft, query: { ...draft.query, ...query } });
      const page = written(paged({ limit: '1' }), bearer(personOf(role, 'north').token));
      const { nextCursor } = JSON.parse((await place.wire.send(page)).text);
      if (typeof nextCursor !== 'string') continue;
      tries.push({
        ...{ kind: "another person's cursor", operation: operation.id },
        request: written(paged({ cursor: nextCursor }), bearer(personOf(role, 'south').token)),
        expected: personalLists.includes(operation.id) ? [400] : [200, 400, 404],
        forbidden: hiddenFrom(world, role, 'south'),
      });
    }
  }
  return tries;
}
