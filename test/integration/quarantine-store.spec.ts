import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noAnswerSaid } from '#contracts';
import type { Store } from '#store';
import {
  after,
  agencyOf,
  answer,
  ask,
  begin,
  canary,
  channelId,
  court,
  deliver,
  saysNothing,
  shardOf,
  startStorePlace,
  type StorePlace,
  ofCourt,
} from './store-place.ts';

let place: StorePlace;
let store: Store;
beforeAll(async () => {
  place = await startStorePlace();
  store = place.store;
}, 60_000);
afterAll(() => place?.stop(), 60_000);

const unintelligible = noAnswerSaid('unintelligible');
const unread = {
  paths: ['unexpected payload at: data.0.total'],
  exchanges: [{ path: `/query/${canary.number}`, status: 200, contentType: 'text/xml', sizeBytes: 7 }],
};

describe('the quarantine', () => {
  it('lists what could not be read with the journal row that has its bytes, once, and only with the row', async () => {
    const asked = await ask(store, { agencies: 2 });
    const work = await begin(store, asked);
    const bad = { ...answer(asked, 0, unintelligible), unread };
    const entry = (fence: number) => [{ ...shardOf(asked), fence, answers: [bad, answer(asked, 1, saysNothing)] }];
    await store.journal.append(entry((work?.fence ?? 0) + 1));
    expect(await store.quarantine.get(bad.answer.answerId)).toBeNull(); // the shard was another worker's
    await store.journal.append(entry(work?.fence ?? 0));
    await store.journal.append(entry(work?.fence ?? 0)); // repeated after a lost connection
    const listed = await store.quarantine.list({ after: null, limit: 50, channelId, state: 'waiting' });
    expect(listed).toMatchObject([
      {
        ...{ quarantineId: bad.answer.answerId, agencyId: agencyOf(0), inquiryId: asked.inquiryId, source: 'call' },
        ...{ attempts: 0, paths: unread.paths, lastReadAt: null },
      },
    ]);
    const held = await store.quarantine.get(bad.answer.answerId);
    expect(held).toMatchObject({ seq: 1, bytes: null, origin: { source: 'call', exchanges: unread.exchanges } });
    const { rows } = await place.raw.query('SELECT * FROM quarantine');
    for (const row of rows) expect(JSON.stringify(Object.values(row).map(String))).not.toContain(canary.number);
  });

  it('keeps the bytes of doors and packages, and counts how often they were read', async () => {
    const bytes = new TextEncoder().encode(canary.name);
    const origin = { source: 'door' as const, method: 'POST', path: '/doors/x', headers: {}, simulated: true };
    const door = await store.mailbox.quarantine({ channelId: 'other', agencyId: null, paths: ['/a'], bytes, origin });
    const file = { source: 'package' as const, name: 'a.zip' };
    await store.mailbox.quarantine({ channelId: 'other', agencyId: null, paths: ['/b'], bytes, origin: file });
    const plain = await store.mailbox.quarantine({
      channelId: 'other',
      agencyId: null,
      paths: ['/c'],
      bytes: bytes.slice(1),
    });
    const again = await store.mailbox.quarantine({ channelId: 'other', agencyId: null, paths: ['/a'], bytes, origin });
    expect(again).toBe(door); // an agency that posts the same again and again fills one row
    const chosen = await store.quarantine.waiting({ channelId: 'other' }, 10);
    expect(chosen).toHaveLength(3);
    expect(await store.quarantine.get(door)).toMatchObject({ origin, bytes: Buffer.from(bytes) });
    expect(await store.quarantine.get(plain)).toMatchObject({ origin: null });
    await store.quarantine.note({ quarantineId: door, state: 'waiting', paths: ['/d'] });
    await store.quarantine.note({ quarantineId: door, state: 'read' });
    await store.quarantine.note({ quarantineId: door, state: 'waiting', paths: ['/late'] });
    expect(await store.quarantine.get(door)).toMatchObject({ state: 'read', attempts: 2, paths: ['/d'] });
    expect(await store.quarantine.waiting({ quarantineIds: [door, plain] }, 10)).toEqual([
      { quarantineId: plain, channelId: 'other' },
    ]);
    const [first] = await store.quarantine.list({ after: null, limit: 1, channelId: 'other' });
    const rest = await store.quarantine.list({ after: first?.quarantineId ?? '', limit: 50, channelId: 'other' });
    expect(rest.map(({ quarantineId }) => quarantineId)).not.toContain(first?.quarantineId);
    expect(rest).toHaveLength(2);
  });
});

describe('one answer', () => {
  it('is found in its inquiry with its messages, and by its own court only', async () => {
    const asked = await ask(store, { agencies: 3 });
    const work = await begin(store, asked);
    const told = [0, 1, 2].map((no) => answer(asked, no, saysNothing));
    await store.journal.append([{ ...shardOf(asked), fence: work?.fence ?? 0, answers: told }]);
    const second = told[1]!;
    const { inquiryId } = asked;
    const { answerId } = second.answer;
    const kept = await store.journal.answer({ inquiryId, answerId, rows: ofCourt(court), agencyId: agencyOf(1) });
    expect(kept).toEqual({ answer: second.answer, raw: [Buffer.from(second.raw[0]!)], culled: null });
    expect(await store.journal.answer({ inquiryId, answerId, rows: ofCourt('990200') })).toBeNull();
    expect(await store.journal.answer({ inquiryId, answerId: 'ans_0', rows: ofCourt(court) })).toBeNull();
    expect(await store.journal.answer({ inquiryId, answerId, rows: ofCourt(court), agencyId: agencyOf(2) })).toBeNull();
  });
});

describe('silent agencies', () => {
  it('are those with tasks lying longer than allowed that have not come since', async () => {
    const asked = await ask(store, { agencies: 3, mode: 'mailbox' });
    await deliver(store, asked);
    const silent = async (minutes: number) =>
      (await store.mailbox.silent({ channelId, since: after(minutes * 60_000), limit: 10 })).map(
        ({ agencyId, tasks }) => [agencyId, tasks],
      );
    expect(await silent(-10)).toEqual([]);
    expect(await silent(10)).toEqual([0, 1, 2].map((no) => [agencyOf(no), 1]));
    await store.mailbox.handOut({ channelId, agencyId: agencyOf(1), limit: 5, at: after(20 * 60_000) });
    expect(await silent(10)).toEqual([0, 2].map((no) => [agencyOf(no), 1]));
  });
});

describe('the histories of agencies', () => {
  const history = {
    ...{ answers: 1, unread: 0, found: { seen: 0, missing: 1 }, answered: 1 },
    ...{ fields: {}, kinds: {}, codes: {}, recent: [] },
  };
  it('are joined under a lock, so that nothing counted at once is lost', async () => {
    const add = (suspected: boolean) =>
      store.agencyHistories.add([{ agencyId: 'bank.h', channelId, history }], (before) => ({
        history: { ...history, answers: (before?.answers ?? 0) + 1 },
        suspected,
      }));
    await Promise.all(Array.from({ length: 8 }, () => add(true)));
    const { rows } = await place.raw.query("SELECT history FROM agency_histories WHERE agency_id = 'bank.h'");
    expect(rows[0]?.['history']).toMatchObject({ answers: 8 });
    expect(await store.agencyHistories.suspected(10)).toEqual(['bank.h']);
    expect([await store.agencyHistories.clear('bank.h'), await store.agencyHistories.clear('bank.h')]).toEqual([
      true,
      false,
    ]);
    expect(await store.agencyHistories.suspected(10)).toEqual([]);
  });
});
