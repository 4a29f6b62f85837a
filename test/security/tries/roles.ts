import { everything, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { personOf, roles } from '../people.ts';
import { bearer, written } from '../requests.ts';

/** Every role that may not, about things of its own court. */
export const wrongRoleTries = ({ operations, requests, world }: Field): Try[] =>
  operations.flatMap((operation) =>
    roles
      .filter((role) => !rolesWith(operation).includes(role))
      .map((role) => ({
        ...{ kind: 'wrong role', operation: operation.id, expected: [403] },
        request: written(requests.draft(operation, 'north'), bearer(personOf(role, 'north').token)),
        forbidden: everything(world),
      })),
  );
