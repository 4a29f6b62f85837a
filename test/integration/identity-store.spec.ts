import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '#contracts';
import type { RefusalPolicy, SessionToOpen } from '#store';
import { after, start, startStorePlace, type StorePlace } from './store-place.ts';

let place: StorePlace;
beforeAll(async () => {
  place = await startStorePlace();
});
afterAll(() => place.stop());

const entry = (action: AuditEntry['action'], detail: AuditEntry['detail'] = {}): AuditEntry => ({
  actor: { userId: null, role: 'visitor', courtCode: null, via: null },
  action,
  ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null, address: null },
  result: 'done',
  detail,
});
const entries = { entryOf: () => entry('session.opened'), replacedEntryOf: () => entry('session.closed') };
const hash = (no: number) => `sha256:${String(no).padStart(64, '0')}`;
const session = (no: number, more: Partial<SessionToOpen> = {}): SessionToOpen => ({
  sessionId: `ses_${no}`,
  sessionHash: hash(no),
  userId: 'usr_zhao',
  authenticatedAt: start,
  idleEndsAt: after(60_000),
  endsAt: after(100_000),
  sidMark: `sid-${no}`,
  subMark: 'sub',
  idToken: `header.${no}.signature`,
  at: start,
  replacedHash: null,
  ...more,
});
const countOf = async (table: string): Promise<number> =>
  Number((await place.raw.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count);
const acts = async (): Promise<string[]> => {
  const { rows } = await place.raw.query<{ body: string }>('SELECT body FROM audit_events ORDER BY seq');
  return rows.map(({ body }) => JSON.parse(body).action);
};

describe('sessions', () => {
  it('are kept without what the browser has, and what the provider sent is sealed', async () => {
    await place.store.sessions.open(session(1), entries);
    const { rows } = await place.raw.query<{ line: string }>('SELECT s::text AS line FROM sessions AS s');
    expect(rows.map(({ line }) => line).join()).not.toMatch(/header|signature|6865616465/);
    const ended = await place.store.sessions.end('ses_1', () => entry('session.closed'));
    expect(ended?.idToken).toBe('header.1.signature');
    expect(await place.store.sessions.end('ses_1', () => entry('session.closed'))).toBeNull();
    expect((await acts()).slice(-2)).toEqual(['session.opened', 'session.closed']);
  });

  it('live on by being used, up to their end', async () => {
    await place.store.sessions.open(session(2), entries);
    const use = (ms: number) => place.store.sessions.use(hash(2), { at: after(ms), idleMs: 60_000 });
    expect((await use(1_000))?.idleEndsAt).toEqual(after(60_000)); // not written for every request
    expect((await use(50_000))?.idleEndsAt).toEqual(after(100_000)); // never beyond the end
    expect(await use(99_999)).not.toBeNull();
    expect(await use(100_000)).toBeNull();
    expect(await place.store.sessions.byId('ses_2', after(100_000))).toBeNull();
  });

  it('end by the marks of the provider, one or all of a person, each told to the ledger', async () => {
    for (const no of [11, 12, 13]) await place.store.sessions.open(session(no, { subMark: 'other' }), entries);
    const end = (sidMarks: string[], subMarks: string[]) =>
      place.store.sessions.endMarked({ sidMarks, subMarks }, () => entry('session.closed'));
    expect(await end(['sid-11'], [])).toBe(1);
    expect(await end([], ['other'])).toBe(2);
    expect(await end([], ['other'])).toBe(0);
    expect((await acts()).slice(-3)).toEqual(Array.from({ length: 3 }, () => 'session.closed'));
  });

  it('are swept when they are too old, so many at once', async () => {
    for (const no of [21, 22, 23]) await place.store.sessions.open(session(no), entries);
    await place.store.sessions.open(session(24, { idleEndsAt: after(90_000) }), entries);
    const before = await countOf('sessions');
    expect(await place.store.sessions.sweep(after(61_000), 2)).toBe(2);
    await place.store.sessions.sweep(after(61_000), 100);
    expect(await place.store.sessions.byId('ses_24', after(61_000))).not.toBeNull();
    expect(await countOf('sessions')).toBeLessThan(before - 2);
  });
});

describe('marks', () => {
  it('pass once, also when two come at the same moment, and are forgotten when nothing could come any more', async () => {
    const both = await Promise.all([1, 2, 3].map(() => place.store.usedMarks.use('mark', after(1_000))));
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await place.store.usedMarks.sweep(after(999), 10)).toBe(0);
    expect(await place.store.usedMarks.sweep(after(1_000), 10)).toBe(1);
    expect(await place.store.usedMarks.use('mark', after(2_000))).toBe(true);
  });
});

describe('refusals', () => {
  const policy: RefusalPolicy = {
    quota: 3,
    windowMs: 60_000,
    firstWaitMs: 30_000,
    longestWaitMs: 60_000,
    quietMs: 600_000,
  };
  const of = (address: string, ms: number) => ({ way: 'token' as const, address, causes: { x: 1 }, at: after(ms) });
  const told: number[] = [];
  const entryOf = (_: object, causes: Readonly<Record<string, number>>) => {
    told.push(causes['x'] ?? 0);
    return entry('session.refused', causes);
  };

  it('are counted together when they come at the same moment', async () => {
    const waits = await Promise.all(
      Array.from({ length: 8 }, () => place.store.refusals.count(of('one', 0), policy, entryOf)),
    );
    expect(waits.filter((until) => until === null)).toHaveLength(3);
    expect(await place.store.refusals.lockedUntil(of('one', 0), after(29_999))).toEqual(after(30_000));
    expect(await place.store.refusals.lockedUntil(of('one', 0), after(30_000))).toBeNull();
    expect(await place.store.refusals.lockedUntil({ ...of('one', 0), way: 'sign-in' }, after(1))).toBeNull();
  });

  it('are told to the ledger once a minute, all of them, and forgotten after a quiet time', async () => {
    told.length = 0;
    for (const ms of [0, 10, 20]) await place.store.refusals.count(of('two', ms), policy, entryOf);
    await place.store.refusals.add([{ ...of('two', 30), causes: { x: 5, y: 1 } }]);
    expect(told).toEqual([1]);
    expect(await place.store.refusals.tell(after(59_999), 10, entryOf)).toBe(0);
    await place.store.refusals.tell(after(60_000), 10, entryOf);
    expect(told.reduce((sum, each) => sum + each)).toBe(8 + 7); // those of the other address as well
    expect(await place.store.refusals.tell(after(300_000), 10, entryOf)).toBe(0);
    expect(await place.store.refusals.sweep(after(0), 10)).toBe(0);
    expect(await place.store.refusals.sweep(after(10_000_000), 1)).toBe(1);
    expect(await place.store.refusals.sweep(after(10_000_000), 10)).toBe(1);
  });
});
