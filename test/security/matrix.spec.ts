import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formsOf } from '../e2e/canary-search.ts';
import { dutifulRoles } from './duties.ts';
import { attack, type Field, openField, rolesWith, shortened } from './field.ts';
import { type Judge, openJudge, type Try } from './judge.ts';
import { roles } from './people.ts';
import { type SecurityPlace, startSecurityPlace } from './place.ts';
import { inOrder, rightTry, southernLooks, unreached } from './reach.ts';
import { routeFaults } from './routes.ts';
import { badBodyTries, keyTries, massAssignmentTries, monstrousIdTries, queryTries } from './tries/contents.ts';
import { foreignPairs, otherCourtTries } from './tries/courts.ts';
import { badCredentials, narrowTokenTries, nobodyTries } from './tries/credentials.ts';
import { cursorTries, personalLists } from './tries/cursors.ts';
import { claimTries, longHeaderTries, openPageTries } from './tries/headers.ts';
import { keyFaults } from './tries/keys.ts';
import { wrongRoleTries } from './tries/roles.ts';
import { cookieCredentials, operatorCookie, signInTries } from './tries/sign-in.ts';
import { spellingTries, verbTries } from './tries/spelling.ts';
import { changedTables, fingerprints } from './unchanged.ts';
import { allSecrets } from './world.ts';

let place: SecurityPlace;
let field: Field;
let judge: Judge;
let before: Awaited<ReturnType<typeof fingerprints>>;
let logHits: number | null = null;

beforeAll(async () => {
  judge = openJudge();
  place = await startSecurityPlace();
  field = await openField(place);
  before = await fingerprints(place.place.databaseUrl);
}, 120_000);
afterAll(async () => {
  const hits = logHits === null ? 'not searched' : String(logHits + judge.leaks());
  judge.write([`canary search hits: ${hits} (replies and log)`]);
  await place?.stop();
});

const nothingWrong = async (tries: readonly Try[]): Promise<void> => {
  expect(tries.length).toBeGreaterThan(0);
  expect(await attack(field, judge, tries)).toEqual([]);
};

describe('the matrix', () => {
  it('knows every route of the gateway', () => {
    expect(place.routes.length).toBeGreaterThan(30);
    expect(routeFaults(place.routes, field.document)).toEqual([]);
  });

  it('has two sources for who may what, and they agree', () => {
    const differences = field.operations.flatMap((operation) => {
      const byHand = dutifulRoles(operation);
      const byCode = rolesWith(operation).toSorted();
      const wanted = byHand === 'everybody' ? roles.toSorted() : byHand.toSorted();
      return byCode.join() === wanted.join()
        ? []
        : [`${operation.id}: the code lets in ${byCode.join()}; test/security/duties.ts says ${wanted.join()}`];
    });
    expect(differences).toEqual([]);
  });
});

describe('everything that is refused', () => {
  it('from nobody, with no token or one that opens nothing', () => nothingWrong(nobodyTries(field, badCredentials)));
  it('from cookies that are not of this door', async () => {
    const cookie = await operatorCookie(field);
    await nothingWrong(nobodyTries(field, cookieCredentials(cookie)));
  });
  it('at the door of the operators', () => nothingWrong(signInTries(field)));
  it('from the wrong role', () => nothingWrong(wrongRoleTries(field)));
  it('from a token without the scope', () => nothingWrong(narrowTokenTries(field)));
  it('from the wrong court', () => nothingWrong(otherCourtTries(field)));
  it('with one foreign id among own ones, and like an id that nobody has', async () => {
    const pairs = foreignPairs(field);
    expect(pairs.length).toBeGreaterThan(20);
    const faults: string[] = [];
    for (const { foreign, unknown } of pairs) {
      const one = await place.wire.send(foreign.request);
      const other = await place.wire.send(unknown.request);
      faults.push(...judge.judge(foreign, one), ...judge.judge({ ...unknown, kind: 'ids nobody has' }, other));
      if (alike(one.text, foreign) === alike(other.text, unknown)) continue;
      judge.count({ kind: foreign.kind, deviations: 1 });
      faults.push(`${foreign.operation}: a foreign id gets ${one.text}, one that nobody has ${other.text}`);
    }
    expect(shortened(faults)).toEqual([]);
  });
  it('by another spelling of the address', () => nothingWrong(spellingTries(field)));
  it('by another verb', () => nothingWrong(verbTries(field)));
  it('by a claim in a header', () => nothingWrong(claimTries(field)));
  it('by headers too long', () => nothingWrong(longHeaderTries(field)));
  it('by a field nobody asked for', () => nothingWrong(massAssignmentTries(field)));
  it('by a body of another kind', () => nothingWrong(badBodyTries(field)));
  it('by a parameter twice or unknown', () => nothingWrong(queryTries(field)));
  it('by a monstrous id', () => nothingWrong(monstrousIdTries(field)));
  it('without an idempotency key', () => nothingWrong(keyTries(field)));

  it('changed nothing', async () => {
    expect(Object.keys(before).length).toBeGreaterThan(15);
    expect(changedTables(before, await fingerprints(place.place.databaseUrl))).toEqual([]);
  });
});

/** Without what is each request's own. */
const alike = (text: string, { request }: Try): string =>
  text
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/"instance":"[^"]*"/g, '')
    .replaceAll(request.target, '');

describe('everything that is let in', () => {
  it('open pages hold nothing of anybody', () => nothingWrong(openPageTries(field)));
  it('shows the other court nothing, in lists, streams and pages', () => nothingWrong(southernLooks(field)));

  it('reaches its handler, for every role that may', async () => {
    const faults: string[] = [];
    for (const operation of inOrder(field.operations)) {
      for (const role of rolesWith(operation)) {
        const tried = rightTry(field, operation, role);
        faults.push(...judge.judge(tried, await place.wire.send(tried.request)));
      }
    }
    expect(shortened(faults)).toEqual([]);
    expect(Object.keys(unreached).filter((id) => !field.operations.some((each) => each.id === id))).toEqual([]);
  });

  it('is done once per key, and for nobody else', async () => {
    expect(shortened(await keyFaults(field, judge))).toEqual([]);
  });
  it('pages on for nobody else', async () => {
    const tries = await cursorTries(field);
    expect(tries.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...personalLists]));
    await nothingWrong(tries);
  });
});

describe('the log of all this', () => {
  it('holds nothing of anybody', () => {
    const text = place.place.logged.join('\n');
    const hits = allSecrets(field.world).filter((secret) => formsOf(secret).some((form) => text.includes(form)));
    logHits = hits.length;
    expect(text.length).toBeGreaterThan(100_000);
    expect(hits).toEqual([]);
  });
});
