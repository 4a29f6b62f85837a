import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '#store';
import {
  after,
  agencyOf,
  answer,
  ask,
  begin,
  bodyOf,
  canary,
  changed,
  channelId,
  court,
  deliver,
  failing,
  finds,
  instant,
  numberOf,
  refusal,
  returns,
  saysNothing,
  shardOf,
  start,
  startStorePlace,
  taskOf,
  type StorePlace,
  ofCourt,
} from './store-place.ts';

let place: StorePlace;
let store: Store;

beforeAll(async () => {
  place = await startStorePlace();
  store = place.store;
});
afterAll(() => place.stop());

describe('the journal', () => {
  it('refuses an append under a stale fence and takes it under the new one', async () => {
    const asked = await ask(store, { agencies: 2 });
    const [old, young] = [await begin(store, asked, 'w1'), await begin(store, asked, 'w2')];
    const append = (fence: number | undefined, no: number) =>
      store.journal.append([{ ...shardOf(asked), fence: fence ?? 0, answers: [answer(asked, no, saysNothing)] }]);
    expect(await append(old?.fence, 0)).toEqual([{ accepted: false, seq: null }]);
    expect(await append(young?.fence, 0)).toEqual([{ accepted: true, seq: 1 }]);
    expect(await store.shards.settle({ ...shardOf(asked), fence: old?.fence ?? 0 })).toBe(false);
    expect(await store.shards.settle({ ...shardOf(asked), fence: young?.fence ?? 0 })).toBe(false); // one line is open
    expect((await begin(store, asked))?.lines.map(({ agencyId }) => agencyId)).toEqual([agencyOf(1)]);
  });

  it('makes one row of all shards of an inquiry, and leaves out only those that were lost', async () => {
    const asked = await ask(store, { agencies: 3, shardSize: 1 });
    const works = await Promise.all(
      [0, 1, 2].map((no) => store.shards.begin({ ...shardOf(asked, no), workerId: 'w1' })),
    );
    const append = () =>
      store.journal.append(
        [0, 1, 2].map((no) => ({
          ...shardOf(asked, no),
          fence: works[no]?.fence ?? 0,
          answers: [answer(asked, no, failing)],
        })),
      );
    expect(await append()).toEqual([0, 1, 2].map(() => ({ accepted: true, seq: 1 })));
    await store.shards.begin({ ...shardOf(asked, 1), workerId: 'w2' });
    expect((await append()).map(({ accepted }) => accepted)).toEqual([true, false, true]);
    const rows = await store.journal.answers(asked.inquiryId);
    expect(rows.map(({ answers }) => answers.map(({ agencyId }) => agencyId))).toEqual([
      [agencyOf(0), agencyOf(1), agencyOf(2)],
      [agencyOf(0)],
      [agencyOf(2)],
    ]);
  });

  it('takes an append that is repeated after a lost connection as the same', async () => {
    const asked = await ask(store, { agencies: 1 });
    const entry = { ...shardOf(asked), fence: null, answers: [answer(asked, 0, finds())] };
    expect(await store.journal.append([entry])).toEqual(await store.journal.append([entry]));
    expect(await store.journal.answers(asked.inquiryId)).toHaveLength(1);
  });

  it('waits while the disk is full, and keeps the answer then', async () => {
    const asked = await ask(store, { agencies: 1 });
    const work = await begin(store, asked);
    await place.raw.query(`CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$`);
    await place.raw.query('CREATE TRIGGER disk_full BEFORE INSERT ON answers EXECUTE FUNCTION disk_full()');
    const entries = [{ ...shardOf(asked), fence: work?.fence ?? 0, answers: [answer(asked, 0, saysNothing)] }];
    const appended = store.journal.append(entries);
    const early = await Promise.race([appended, delay(300, 'waits')]);
    await place.raw.query('DROP FUNCTION disk_full CASCADE');
    expect([early, await appended]).toEqual(['waits', [{ accepted: true, seq: 1 }]]);
  });

  it('counts as due only the shards that have work now, and never more than asked for', async () => {
    const most = 10_000;
    const before = await store.inquiries.dueShards(start, most);
    const asked = await ask(store, { agencies: 3, shardSize: 1 });
    const due = async (at = start) => (await store.inquiries.dueShards(at, most)) - before;
    expect(await due()).toBe(3);
    const work = await begin(store, asked);
    expect(await due()).toBe(3); // one of them is being worked on
    await store.shards.wait({ ...shardOf(asked), fence: work?.fence ?? 0, until: after(60_000) });
    expect([await due(), await due(after(60_000))]).toEqual([2, 3]);
    expect(await store.inquiries.dueShards(start, 1)).toBe(1);
  });

  it('tells a new worker how far each open line is', async () => {
    const asked = await ask(store, { agencies: 3 });
    const work = await begin(store, asked);
    const nextAttemptAt = instant(after(9_000));
    const answers = [answer(asked, 0, { said: failing, attempt: 2, nextAttemptAt }), answer(asked, 1, returns)];
    await store.journal.append([{ ...shardOf(asked), fence: work?.fence ?? 0, answers }]);
    const again = await begin(store, asked);
    expect(again?.lines.map(({ agencyId }) => agencyId)).toEqual([agencyOf(0), agencyOf(2)]);
    expect([...(again?.latest ?? [])]).toEqual([
      [
        agencyOf(0),
        {
          attempts: 2,
          incompleteAttempts: 0,
          firstSentAt: instant(start),
          nextAttemptAt,
          settled: false,
          said: failing,
        },
      ],
    ]);
    expect(await store.journal.summary(asked.inquiryId)).toMatchObject({
      asked: 3,
      notAsked: 1,
      answered: 0,
      nothing: 0,
      noAnswer: 3,
      byReason: { 'timed-out': 1, returned: 1, pending: 1 },
    });
  });

  it('keeps raw messages under their hash', async () => {
    const asked = await ask(store, { agencies: 2 });
    const kept = [answer(asked, 0, finds()), answer(asked, 1, saysNothing)];
    await store.journal.append([{ ...shardOf(asked), fence: null, answers: kept }]);
    const messages = await store.journal.raw(kept[1]?.answer.rawHash ?? '', asked.inquiryId);
    expect(messages?.map((each) => Buffer.from(each))).toEqual(kept[1]?.raw.map((each) => Buffer.from(each)));
    expect(await store.journal.raw(`sha256:${'f'.repeat(64)}`, asked.inquiryId)).toBeNull();
  });

  it.each([
    { wrong: 'nothing without a matched identity', values: ['nothing', null, true, null, 0] },
    { wrong: 'nothing that is not complete', values: ['nothing', null, false, true, 0] },
    { wrong: 'nothing with assets', values: ['nothing', null, true, true, 1] },
    { wrong: 'nothing with an unknown count', values: ['nothing', null, true, true, null] },
    { wrong: 'found without assets', values: ['found', null, true, true, 0] },
    { wrong: 'no answer without a reason', values: ['no-answer', null, null, null, null] },
    { wrong: 'no answer with a count', values: ['no-answer', 'timed-out', null, null, 0] },
    { wrong: 'a fourth verdict', values: ['empty', null, true, true, 0] },
  ])('is refused by the database when it holds $wrong', async ({ values }) => {
    const asked = await ask(store, { agencies: 1 });
    const insert = (each: readonly unknown[]) =>
      place.raw.query(
        `INSERT INTO answers (inquiry_id, seq, batch_id, shards, at, agency_ids, categories, verdicts,
          reasons, complete, identity_matched, asset_counts, settled, received_at, payload)
        VALUES ($1, 1, 'b', '{c/0}', now(), '{a}', '{bank}', ARRAY[$2], ARRAY[$3::text], ARRAY[$4::boolean],
          ARRAY[$5::boolean], ARRAY[$6::int], '{true}', ARRAY[now()], '')`,
        [asked.inquiryId, ...each],
      );
    expect(await refusal(insert(values))).toBe('23514');
    expect(await refusal(insert(['nothing', null, true, true, 0]))).toBe('done');
  });

  it('never changes or loses a row, nor do reports and events', async () => {
    const asked = await ask(store, { agencies: 1 });
    const { inquiryId } = asked;
    await store.journal.append([{ ...shardOf(asked), fence: null, answers: [answer(asked, 0, saysNothing)] }]);
    const version = { body: bodyOf(asked, 0), cause: 'settled', upToSeq: 1, succeed: changed };
    await store.reports.append({ inquiryId, ...version });
    for (const table of ['answers', 'reports', 'inquiry_events']) {
      const column = table === 'reports' ? 'cause' : 'inquiry_id';
      for (const change of [
        `UPDATE ${table} SET ${column} = 'x'`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        expect([change, await refusal(place.raw.query(change))]).toEqual([change, '23001']);
      }
    }
    expect(await store.journal.answers(inquiryId)).toHaveLength(1);
  });
});

describe('a mailbox', () => {
  it('holds tasks until the worker has looked at them, then hands them out to their agency only', async () => {
    const asked = await ask(store, { agencies: 2, mode: 'mailbox' });
    const poll = async (no: number) =>
      (await store.mailbox.handOut({ channelId, agencyId: agencyOf(no), limit: 100, at: after(5) })).filter(
        ({ inquiryId }) => inquiryId === asked.inquiryId,
      );
    const work = await begin(store, asked);
    expect(await poll(0)).toEqual([]);
    const unsendable = answer(asked, 1, { ...failing, reason: 'identity-mismatch' } as typeof failing);
    await store.journal.append([{ ...shardOf(asked), fence: work?.fence ?? 0, answers: [unsendable] }]);
    await store.shards.wait({ ...shardOf(asked), fence: work?.fence ?? 0, until: after(60_000) });
    expect(await poll(1)).toEqual([]);
    expect((await poll(0)).map(({ requestNumber }) => requestNumber)).toEqual([numberOf(asked, 0)]);
    expect((await poll(0))[0]?.inquiry).toEqual(asked.inquiry); // handed out again until it is fed back
    expect(await store.mailbox.find({ ...taskOf(asked, 0), agencyId: agencyOf(1) })).toBeNull();
    expect(await store.mailbox.find(taskOf(asked, 0))).toMatchObject({
      state: 'open',
      line: { agencyId: agencyOf(0) },
    });
    expect([...(await store.mailbox.progress(asked.inquiryId))]).toEqual([
      [agencyOf(0), { deliveredAt: instant(start), acknowledgedAt: instant(after(5)) }],
    ]);
    expect((await store.agencies.lastPolled()).get(agencyOf(0))).toBe(instant(after(5)));
    const documents = await store.mailbox.documents({
      channelId,
      agencyId: agencyOf(0),
      documentNumber: 'W20260301000001',
    });
    expect(documents.map(({ view }) => view.fileName)).toContain(`${canary.name}.pdf`);
    expect(await store.mailbox.documents({ channelId, agencyId: agencyOf(1), documentNumber: 'W-other' })).toEqual([]);
  });

  it('accepts one of ten identical feedbacks at once, and names change and repetition', async () => {
    const asked = await ask(store, { agencies: 2, mode: 'mailbox' });
    await deliver(store, asked);
    const feed = (no: number, account?: string) =>
      store.mailbox.feedBack({ ...taskOf(asked, no), answered: answer(asked, no, finds(account)) });
    const outcomes = (await Promise.all(Array.from({ length: 10 }, () => feed(0)))).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['accepted', ...Array.from({ length: 9 }, () => 'repeated')]);
    expect(await store.journal.answers(asked.inquiryId)).toHaveLength(1);
    expect(await feed(0, '6299990000000000020')).toMatchObject({ outcome: 'changed', shardDone: false });
    expect(await feed(0)).toMatchObject({ outcome: 'changed' }); // the agency goes back to what it said first (R13)
    expect(await feed(0)).toMatchObject({ outcome: 'repeated' });
    expect(await feed(1)).toMatchObject({ outcome: 'accepted', shardDone: true, late: false });
    expect((await store.shards.state(asked.inquiryId))[0]?.settled).toBe(true);
    expect(await feed(1, '6299990000000000038')).toMatchObject({ outcome: 'changed', shardDone: true, late: true });
    const foreign = { ...taskOf(asked, 0), agencyId: agencyOf(1) };
    expect(await store.mailbox.feedBack({ ...foreign, answered: answer(asked, 1, saysNothing) })).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('waits for the main part when a further part comes first, and takes no part for the whole', async () => {
    const asked = await ask(store, { agencies: 1, mode: 'mailbox' });
    await deliver(store, asked);
    const part = { ...saysNothing, part: 'transactions' } as typeof saysNothing;
    expect(await store.mailbox.feedBack({ ...taskOf(asked, 0), answered: answer(asked, 0, part) })).toMatchObject({
      outcome: 'accepted',
      shardDone: false,
    });
    expect(await store.journal.summary(asked.inquiryId)).toMatchObject({ nothing: 0, noAnswer: 1 });
    expect(await store.events.after(asked.inquiryId, 0, 10)).toEqual([{ kind: 'lines', seq: 1, lines: [] }]);
    expect(await store.mailbox.feedBack({ ...taskOf(asked, 0), answered: answer(asked, 0, finds()) })).toMatchObject({
      outcome: 'accepted',
      shardDone: true,
    });
  });
});

describe('a line', () => {
  it('is asked again after a re-query, with attempts from the start and under a new number', async () => {
    const asked = await ask(store, { agencies: 2, mode: 'mailbox' });
    const again = { ...taskOf(asked, 0), requestNumber: `${taskOf(asked, 0).requestNumber}again` };
    await deliver(store, asked);
    for (const no of [0, 1])
      await store.mailbox.feedBack({
        ...taskOf(asked, no),
        answered: answer(asked, no, no === 0 ? returns : saysNothing),
      });
    expect(await begin(store, asked)).toBeNull();
    expect(
      await store.inquiries.requery({
        inquiryId: asked.inquiryId,
        agencyIds: [agencyOf(0)],
        requestNumbers: new Map([[agencyOf(0), again.requestNumber]]),
        by: 'usr_zhao',
        at: after(9),
        grounds: { cause: 'officer', reason: 'again' },
      }),
    ).toEqual({ asked: 1, shards: [{ channelId, shardNo: 0, generation: 2 }] });
    expect(await store.shards.begin({ ...shardOf(asked), workerId: 'w1', generation: 1 })).toBeNull();
    const work = await begin(store, asked);
    expect([work?.lines.map(({ agencyId }) => agencyId), work?.latest.size]).toEqual([[agencyOf(0)], 0]);
    await store.shards.wait({ ...shardOf(asked), fence: work?.fence ?? 0, until: after(60_000) });
    expect(await store.mailbox.feedBack({ ...taskOf(asked, 0), answered: answer(asked, 0, returns) })).toMatchObject({
      outcome: 'repeated',
      shardDone: false,
    });
    const handed = await store.mailbox.handOut({ channelId, agencyId: agencyOf(0), limit: 10, at: after(10) });
    const own = handed.filter(({ inquiryId }) => inquiryId === asked.inquiryId);
    expect(own.map(({ requestNumber }) => requestNumber)).toEqual([again.requestNumber]);
    expect(await store.mailbox.feedBack({ ...again, answered: answer(asked, 0, returns) })).toMatchObject({
      outcome: 'accepted',
      shardDone: true,
    });
  });

  it('is withdrawn with an answer of its own, and a late answer is still taken', async () => {
    const asked = await ask(store, { agencies: 3, mode: 'mailbox' });
    await deliver(store, asked);
    await store.mailbox.feedBack({ ...taskOf(asked, 0), answered: answer(asked, 0, finds()) });
    const cancel = () =>
      store.inquiries.cancelLines({
        inquiryId: asked.inquiryId,
        agencyIds: 'all-open',
        by: 'usr_zhao',
        at: after(9),
        grounds: { cause: 'officer', reason: 'withdrawn' },
      });
    expect([await cancel(), await cancel()]).toEqual([2, 0]);
    expect(await store.journal.summary(asked.inquiryId)).toMatchObject({
      found: 1,
      noAnswer: 2,
      byReason: { cancelled: 2 },
    });
    expect((await store.shards.state(asked.inquiryId))[0]?.settled).toBe(true);
    expect(await store.reports.material(asked.inquiryId)).toMatchObject({
      cancelled: { by: 'usr_zhao', at: instant(after(9)) },
    });
    expect((await store.inquiries.get(asked.inquiryId, ofCourt(court)))?.cancellations).toEqual([
      { agencyIds: [agencyOf(1), agencyOf(2)], by: 'usr_zhao', at: instant(after(9)) },
    ]);
    expect(
      await store.mailbox.feedBack({ ...taskOf(asked, 1), answered: answer(asked, 1, saysNothing) }),
    ).toMatchObject({ outcome: 'accepted', late: true });
    expect(await store.journal.summary(asked.inquiryId)).toMatchObject({ found: 1, nothing: 1, noAnswer: 1 });
  });
});
