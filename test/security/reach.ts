import type { RoleName } from '#contracts';
import type { ApiOperation } from './api.ts';
import { belongings, type Field, rolesWith } from './field.ts';
import type { Try } from './judge.ts';
import { type Court, personOf } from './people.ts';
import { bearer, written } from './requests.ts';
import type { SecretKind, World } from './world.ts';

interface Unreached {
  readonly status: number;
  /** Only this role; the others get there. */
  readonly role?: RoleName;
  readonly why: string;
}

/**
 * What the right person gets where that is not a success, with the reason. Without a success somewhere the refusals
 * around it would mean nothing, so a 400 is never a reason.
 */
export const unreached: Readonly<Record<string, Unreached>> = {
  'approvals-read': { status: 404, role: 'court-admin', why: 'an approval is read by who asked and by who decides' },
  'approvalsteps-send': { status: 409, why: 'nobody has decided it yet; purpose.spec.ts sends one that was stopped' },
  'scheduleruns-send': { status: 409, why: 'its day has not come; gateway-schedules.spec.ts sends one' },
  'exports-create': { status: 422, why: 'it rests on simulated answers: only a draft of it leaves' },
  'caseofficers-end': { status: 403, role: 'officer', why: 'an officer ends only an assignment of their own' },
  'handovers-create': { status: 403, role: 'court-admin', why: 'the approver has handed it over a moment ago' },
  'board-elsewhere': { status: 404, why: 'nothing is there, which only an operator is told' },
};

/** Things of a case that somebody may be shown about their own court: the job is one right, the payload another. */
const mayBeShown: Readonly<Record<RoleName, readonly SecretKind[]>> = {
  officer: ['case', 'person', 'payload', 'words'],
  approver: ['case', 'person', 'payload', 'words'],
  'court-admin': ['case', 'words'],
  ops: [],
  auditor: ['case', 'words'], // the trail of their court, with its reasons one by one
  integrator: [],
  wallboard: [],
  clerk: ['case', 'person', 'words'],
};

/** Operators see the ids of every court's jobs, and nothing of what they are about. */
const seesJobs = (role: RoleName): boolean => role === 'ops' || role === 'integrator';

export function hiddenFrom(world: World, role: RoleName, court: Court): readonly string[] {
  const other = court === 'north' ? 'south' : 'north';
  const own = Object.entries(world[court].secrets).flatMap(([kind, secrets]) =>
    mayBeShown[role].some((each) => each === kind) ? [] : secrets,
  );
  const others = seesJobs(role) ? Object.values(world[other].secrets).flat() : belongings(world, other);
  return [...own, ...others];
}

const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What ends things comes last. */
const ends = (operation: ApiOperation): number =>
  /hand-?over/.test(operation.id) ? 2 : /cancel/.test(operation.id) ? 1 : 0;

/** The operations in an order in which one does not take the ground from under the next. */
export const inOrder = (operations: readonly ApiOperation[]): readonly ApiOperation[] =>
  operations.toSorted(
    (one, other) => ends(one) - ends(other) || order.indexOf(one.method) - order.indexOf(other.method),
  );

const done = [200, 201, 202, 204];
/** What the second one is told who does what was done. */
const doneBefore = [404, 409, 422];

const statusesOf = (operation: ApiOperation, role: RoleName): readonly number[] => {
  const known = unreached[operation.id];
  if (known && (known.role ?? role) === role) return [known.status];
  const first = rolesWith(operation).find((each) => known?.role !== each);
  return operation.method === 'GET' || role === first ? done : [...done, ...doneBefore];
};

/** The whole request of somebody who may, about their own court's things. The first role must get through. */
export function rightTry({ requests, world }: Field, operation: ApiOperation, role: RoleName): Try {
  return {
    ...{ kind: 'right person', operation: operation.id },
    request: written(requests.draft(operation, 'north', role), bearer(personOf(role, 'north').token)),
    expected: statusesOf(operation, role),
    forbidden: hiddenFrom(world, role, 'north'),
  };
}

/** What the south is shown when it looks at its own: never anything of the north. */
export const southernLooks = ({ operations, requests, world }: Field): Try[] =>
  operations
    .filter(({ method }) => method === 'GET')
    .flatMap((operation) =>
      rolesWith(operation).map((role) => ({
        ...{ kind: 'list or page without the other court', operation: operation.id },
        request: written(requests.draft(operation, 'south', role), bearer(personOf(role, 'south').token)),
        expected: statusesOf(operation, role),
        forbidden: hiddenFrom(world, role, 'south'),
      })),
    );
