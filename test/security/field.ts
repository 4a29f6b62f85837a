import { type RoleName, scopesOfRole } from '#contracts';
import { type ApiDocument, type ApiOperation, readApiDocument } from './api.ts';
import type { Judge, Try } from './judge.ts';
import { guardedOutside } from './outside.ts';
import { type Court, roles } from './people.ts';
import type { SecurityPlace } from './place.ts';
import { openRequests, type Requests } from './requests.ts';
import { atOnce } from './wire.ts';
import { buildWorld, type World } from './world.ts';

/** Everything an attack works with. */
export interface Field {
  readonly place: SecurityPlace;
  readonly document: ApiDocument;
  readonly world: World;
  readonly requests: Requests;
  /** Of the document, and what is outside of it and wants somebody who is known. */
  readonly operations: readonly ApiOperation[];
}

export async function openField(place: SecurityPlace): Promise<Field> {
  const document = readApiDocument();
  const world = await buildWorld(place);
  const requests = openRequests(document, world);
  return { place, document, world, requests, operations: [...document.operations, ...guardedOutside] };
}

/** Who may, by the rules of the code. The other source is duties.ts. */
export const rolesWith = ({ scopes }: ApiOperation): readonly RoleName[] =>
  roles.filter((role) => scopes === 'any' || scopes.some((scope) => scopesOfRole[role].includes(scope)));

/** Courts have public codes, and colleagues know each other. */
const publicIds: readonly string[] = ['approverId', 'courtCode', 'userId', 'seq'];

/** Secrets and ids of a court. */
export const belongings = (world: World, court: Court): readonly string[] => {
  const ids = Object.entries(world[court].ids).flatMap(([name, id]) => (publicIds.includes(name) ? [] : [id]));
  const others = Object.values(world[court].idsFor).flatMap(Object.values);
  return [...Object.values(world[court].secrets).flat(), ...new Set([...ids, ...others])];
};

export const everything = (world: World): readonly string[] => [
  ...belongings(world, 'north'),
  ...belongings(world, 'south'),
];

/** Sends all of them and says what was wrong, the first few in full. */
export async function attack({ place }: Field, judge: Judge, tries: readonly Try[]): Promise<readonly string[]> {
  // fewer than uploads have seats (apps/gateway/src/http/crowd.ts), or 503 would come before the refusal
  const faults = await atOnce(6, tries, async (each) => judge.judge(each, await place.wire.send(each.request)));
  return shortened(faults.flat());
}

const mostShown = 25;
export const shortened = (faults: readonly string[]): readonly string[] =>
  faults.length <= mostShown
    ? faults
    : [...faults.slice(0, mostShown), `and ${faults.length - mostShown} more deviations`];
