import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, type Store } from '#store';
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
  finds,
  instant,
  newCase,
  openOn,
  otherCourt,
  planOf,
  quietLog,
  refusal,
  sampleManifest,
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
  const { rows } = await place.raw.query('SELECT version()');
  process.stderr.write(`store engine: ${String(rows[0]?.['version'])}\n`);
});
afterAll(() => place.stop());

describe('sealed columns', () => {
  it('give back what was stored and show neither name, number nor account to whoever reads the tables', async () => {
    const asked = await ask(store, { agencies: 2, mode: 'mailbox' });
    await deliver(store, asked);
    await store.mailbox.feedBack({ ...taskOf(asked, 0), answered: answer(asked, 0, finds()) });
    await store.mailbox.feedBack({ ...taskOf(asked, 1), answered: answer(asked, 1, returns) });
    const bytes = new TextEncoder().encode(canary.name);
    await store.mailbox.quarantine({ channelId, agencyId: null, paths: ['/a'], bytes });
    await store.reports.append({
      inquiryId: asked.inquiryId,
      body: bodyOf(asked, 1),
      cause: 'settled',
      upToSeq: 2,
      succeed: changed,
    });

    const stored = await store.inquiries.get(asked.inquiryId, ofCourt(court));
    expect(stored?.inquiry).toEqual(asked.inquiry);
    expect((await store.debtors.get(asked.debtorId, ofCourt(court)))?.debtor.name).toBe(canary.name);
    const rows = await store.journal.answers(asked.inquiryId);
    expect(rows.flatMap(({ answers }) => answers.map(({ verdict }) => verdict))).toEqual(['found', 'no-answer']);

    const tables = await place.raw.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    expect(tables.rows.length).toBeGreaterThan(14);
    const seen: string[] = [];
    for (const { tablename } of tables.rows) {
      const { rows: dumped } = await place.raw.query(`SELECT t::text AS line FROM ${tablename} AS t`);
      seen.push(...dumped.map(({ line }) => String(line)));
    }
    expect(seen.join('\n')).toContain(newCase.caseNumber);
    const secrets = Object.values(canary).flatMap((text) => [text, Buffer.from(text).toString('hex')]);
    for (const secret of secrets) expect(seen.filter((line) => line.includes(secret))).toEqual([]);
  });

  it('cannot be opened in another row', async () => {
    const [one, other] = [await ask(store, { agencies: 1 }), await ask(store, { agencies: 1 })];
    await place.raw.query(
      'UPDATE inquiries SET body = (SELECT body FROM inquiries WHERE inquiry_id = $1) WHERE inquiry_id = $2',
      [one.inquiryId, other.inquiryId],
    );
    expect(await refusal(store.inquiries.get(other.inquiryId, 'inside'))).toBe('not-authentic');
  });

  it('show cases and debtors masked, and only to their own court', async () => {
    const { caseId, ...created } = await store.cases.create(newCase);
    expect(created.filedOn).toBe('2026-02-01');
    const added = await store.debtors.create({
      caseId,
      rows: ofCourt(court),
      debtor: (await ask(store, { agencies: 1 })).inquiry.debtor,
      warnings: [],
    });
    const view = await store.cases.get(caseId, ofCourt(court));
    expect(view?.debtors).toEqual([
      { debtorId: added?.debtorId, kind: 'natural', nameMasked: '张*', idMasked: '1101**********4112' },
    ]);
    expect(view?.claim).toEqual(newCase.claim);
    expect(await store.cases.get(caseId, ofCourt(otherCourt))).toBeNull();
    expect(await store.debtors.get(added?.debtorId ?? '', ofCourt(otherCourt))).toBeNull();
    expect(
      await store.debtors.create({
        caseId,
        rows: ofCourt(otherCourt),
        debtor: (await ask(store, { agencies: 1 })).inquiry.debtor,
        warnings: [],
      }),
    ).toBeNull();
  });
});

describe('an idempotency key', () => {
  const intent = (key: string, fingerprint = 'f1') => ({
    caller: 'usr_zhao',
    method: 'POST',
    path: '/api/v1/cases',
    key,
    fingerprint,
    days: 7,
  });
  const outcome = { status: 201, location: '/x', body: { id: 'x' } };

  it('lets ten concurrent intents do their work once', async () => {
    let done = 0;
    const run = () =>
      store.idempotency.run(intent('ten-at-once-0001'), async (tx) => {
        done += 1;
        await store.cases.create(newCase, tx);
        return outcome;
      });
    const results = await Promise.all(Array.from({ length: 10 }, run));
    expect(done).toBe(1);
    expect(results.filter((result) => typeof result === 'object' && !result.replayed)).toHaveLength(1);
    for (const result of results) expect(result === 'in-flight' || typeof result === 'object').toBe(true);
    expect(await run()).toEqual({ ...outcome, replayed: true });
  });

  it('is refused for another body and free again when the work failed', async () => {
    await store.idempotency.run(intent('key-other-body-01'), () => Promise.resolve(outcome));
    expect(await store.idempotency.run(intent('key-other-body-01', 'f2'), () => Promise.resolve(outcome))).toBe(
      'reused',
    );
    const failed = store.idempotency.run(intent('key-that-failed-1'), () =>
      Promise.reject(Object.assign(new Error('no'), { code: 'mine' })),
    );
    expect(await refusal(failed)).toBe('mine');
    expect(await store.idempotency.run(intent('key-that-failed-1'), () => Promise.resolve(outcome))).toMatchObject({
      replayed: false,
    });
  });

  it('stores nothing of an inquiry whose transaction is undone', async () => {
    const asked = await ask(store, { agencies: 1 });
    const inquiry = { ...asked.inquiry, inquiryId: 'inq_undone' };
    const { caseId } = await store.cases.create(newCase);
    await refusal(
      store.idempotency.run(intent('key-undone-000001'), async (tx) => {
        await store.inquiries.create(tx, {
          inquiry,
          plan: planOf({ agencies: 1 }, 900),
          caseId,
          debtorId: asked.debtorId,
          courtCode: court,
          closeAt: start,
          documentFileId: null,
          requestedBy: 'usr_zhao',
        });
        throw new Error('crash');
      }),
    );
    expect(await store.inquiries.get('inq_undone', 'inside')).toBeNull();
  });
});

describe('an inquiry', () => {
  it('keeps a nationwide plan line by line, in its order', async () => {
    const asked = await ask(store, { agencies: 4_000 });
    const stored = await store.inquiries.get(asked.inquiryId, ofCourt(court));
    expect(stored?.plan).toEqual(asked.plan.lines);
    expect(stored).toMatchObject({ asked: 4_000, notAsked: 1, seq: 0, latestReport: null });
    expect(await store.shards.state(asked.inquiryId)).toHaveLength(16);
    expect(await store.inquiries.get(asked.inquiryId, ofCourt(otherCourt))).toBeNull();
  });

  it('is listed newest first, page by page, to its own court', async () => {
    const asked = [await ask(store, { agencies: 1 }), await ask(store, { agencies: 1 })];
    const [newest] = await store.inquiries.list({ rows: ofCourt(court), limit: 1, after: null });
    const [next] = await store.inquiries.list({ rows: ofCourt(court), limit: 1, after: newest?.inquiryId ?? null });
    expect([newest?.inquiryId, next?.inquiryId]).toEqual(asked.map(({ inquiryId }) => inquiryId).toReversed());
    expect(await store.inquiries.list({ rows: ofCourt(otherCourt), limit: 10, after: null })).toEqual([]);
  });

  it('gets request serials that nobody else gets', async () => {
    const counts = Array.from({ length: 40 }, (_, index) => 1 + ((index * 97) % 300));
    const firsts = await Promise.all(counts.map((count) => store.inquiries.nextSerials(count)));
    const serials = firsts.flatMap((first, index) => Array.from({ length: counts[index] ?? 0 }, (_, at) => first + at));
    expect(new Set(serials).size).toBe(serials.length);
  });

  it('is work for the reconciler until it is settled, merged and closed', async () => {
    const asked = await ask(store, { agencies: 1 });
    const isOpen = async () =>
      (await store.inquiries.openShards(10_000)).some(({ inquiryId }) => inquiryId === asked.inquiryId);
    const isUnmerged = async () => (await store.inquiries.unmerged(10_000)).includes(asked.inquiryId);
    expect([await isOpen(), await isUnmerged()]).toEqual([true, false]);
    const work = await begin(store, asked);
    await store.journal.append([
      { ...shardOf(asked), fence: work?.fence ?? 0, answers: [answer(asked, 0, saysNothing)] },
    ]);
    expect(await store.shards.settle({ ...shardOf(asked), fence: work?.fence ?? 0 })).toBe(true);
    expect([await isOpen(), await isUnmerged()]).toEqual([false, true]);
    const material = await store.reports.material(asked.inquiryId, ofCourt(court));
    await store.reports.append({
      inquiryId: asked.inquiryId,
      body: bodyOf(asked, 0),
      cause: 'settled',
      upToSeq: material?.upToSeq ?? 0,
      succeed: changed,
    });
    expect(await isUnmerged()).toBe(false);
    expect(await store.inquiries.unclosed(after(3_600_000), 10_000)).toContain(asked.inquiryId);
    expect([
      await store.inquiries.close(asked.inquiryId, after(1)),
      await store.inquiries.close(asked.inquiryId, after(2)),
    ]).toEqual([true, false]);
    expect(await store.inquiries.unclosed(after(3_600_000), 10_000)).not.toContain(asked.inquiryId);
    expect(await isUnmerged()).toBe(true);
  });
});

describe('events', () => {
  it('follow each other without gaps while many append, report and close at once', async () => {
    const asked = [await ask(store, { agencies: 60 }), await ask(store, { agencies: 60 })];
    const entry = (no: number) =>
      asked.map((each) => ({ ...shardOf(each), fence: null, answers: [answer(each, no, saysNothing)] }));
    const appends = Array.from({ length: 60 }, (_, no) =>
      store.journal.append(no % 2 ? entry(no) : entry(no).toReversed()),
    );
    const reports = asked.flatMap((each) =>
      [1, 2, 3].map((no) =>
        store.reports.append({
          inquiryId: each.inquiryId,
          body: bodyOf(each, no),
          cause: 'requested',
          upToSeq: 0,
          succeed: changed,
        }),
      ),
    );
    await Promise.all([
      ...appends,
      ...reports,
      ...asked.map(({ inquiryId }) => store.inquiries.close(inquiryId, after(9))),
    ]);
    for (const { inquiryId } of asked) {
      const events = await store.events.after(inquiryId, 0, 1_000);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
      expect((await store.events.after(inquiryId, 41, 3)).map(({ seq }) => seq)).toEqual([42, 43, 44]);
      expect((await store.inquiries.head(inquiryId, 'inside'))?.seq).toBe(64);
    }
  });

  it('are announced to whoever listens, also after the connection was lost', async () => {
    const asked = await ask(store, { agencies: 2 });
    const heard: string[] = [];
    let wake = () => {};
    const next = () => new Promise<void>((resolve) => (wake = resolve));
    const listening = store.events.listen({
      onInquiry: (inquiryId) => {
        heard.push(inquiryId);
        wake();
      },
      onGap: () => wake(),
    });
    await listening.ready;
    const append = (no: number) =>
      store.journal.append([{ ...shardOf(asked), fence: null, answers: [answer(asked, no, saysNothing)] }]);
    await Promise.all([next(), append(0)]);
    const back = next();
    await place.raw.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'chakong-listen'`,
    );
    await back;
    await Promise.all([next(), append(1)]);
    await listening.close();
    expect(heard).toEqual([asked.inquiryId, asked.inquiryId]);
  });
});

describe('report versions', () => {
  it('are numbered one by one under concurrency, and the same content makes none', async () => {
    const asked = await ask(store, { agencies: 3 });
    const append = (no: number, upToSeq = 0) =>
      store.reports.append({
        ...{ inquiryId: asked.inquiryId, body: bodyOf(asked, no), cause: 'requested', upToSeq },
        succeed: changed,
      });
    const made = await Promise.all(Array.from({ length: 8 }, (_, no) => append(no)));
    const versions = await store.reports.list(asked.inquiryId);
    expect(versions.map(({ reportVersion }) => reportVersion)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(versions.map(({ supersedes }) => supersedes)).toEqual([
      ...versions.slice(1).map(({ reportId }) => reportId),
      null,
    ]);
    for (const { report } of made) expect(report?.changes?.previousReport.reportId ?? null).toBe(report?.supersedes);
    const last = made.map(({ report }) => report).find((report) => report?.reportVersion === 8);
    expect(
      await store.reports.append({
        inquiryId: asked.inquiryId,
        body: bodyOf(asked, last?.coverage.counts.found ?? -1),
        cause: 'settled',
        upToSeq: 8,
        succeed: changed,
      }),
    ).toEqual({ report: null });
    expect(await append(99, 7)).toEqual({ report: null }); // older than what is in a version
    expect(await store.reports.get(last?.reportId ?? '', ofCourt(court))).toEqual(last);
    expect(await store.reports.get(last?.reportId ?? '', ofCourt(otherCourt))).toBeNull();
    expect((await store.inquiries.head(asked.inquiryId, ofCourt(court)))?.latestReport?.reportId).toBe(last?.reportId);
  });
});

describe('the store', () => {
  const endConnections = () =>
    place.raw.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'chakong-store'`);

  it('gives a lost connection a code, and keeps an answer whose connection was lost on the way', async () => {
    const intent = { caller: 'c', method: 'POST', path: '/p', key: 'ended-meanwhile-1', fingerprint: 'f', days: 1 };
    const inUse = store.idempotency.run(intent, async (tx) => {
      await endConnections();
      await store.cases.create(newCase, tx);
      return { status: 201, location: null, body: null };
    });
    expect(['57P01', 'connection-lost', 'ECONNRESET', 'EPIPE']).toContain(await refusal(inUse));

    const { inquiryId, ...asked } = await persisting(() => ask(store, { agencies: 1 }));
    await place.raw.query('BEGIN');
    await place.raw.query('SELECT FROM inquiries WHERE inquiry_id = $1 FOR UPDATE', [inquiryId]);
    const entry = {
      inquiryId,
      channelId,
      shardNo: 0,
      fence: null,
      answers: [answer({ inquiryId, ...asked }, 0, saysNothing)],
    };
    const appended = store.journal.append([entry]);
    await waitsForLock();
    await endConnections();
    await place.raw.query('COMMIT');
    expect(await appended).toEqual([{ accepted: true, seq: 1 }]);
    expect(await store.journal.answers(inquiryId)).toHaveLength(1);
    expect((await store.health()).ms).toBeGreaterThan(0);
  });

  /** A connection that was ended while it lay idle may be noticed only by its next user. */
  async function persisting<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (tries > 10) throw error;
      }
    }
  }

  async function waitsForLock(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE application_name = 'chakong-store' AND wait_event_type = 'Lock'`;
    while ((await place.raw.query(waiting)).rowCount === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  it('is not opened on a database that does not answer', async () => {
    expect(await refusal(openOn('postgres://nobody@127.0.0.1:1/none'))).toBe('ECONNREFUSED');
    expect(await refusal(migrate('postgres://nobody@127.0.0.1:1/none', quietLog))).toBe('migration-failed');
  });
});

describe('operations', () => {
  it('remember manifests when the workers are gone, and the worst breaker of an agency', async () => {
    const manifest = { ...sampleManifest };
    const hello = (workerId: string) => ({
      workerId,
      startedAt: instant(start),
      control: null,
      channels: [{ channelId, manifest }],
    });
    await Promise.all([store.adapters.announce(hello('w1')), store.adapters.announce(hello('w2'))]);
    const breaker = (state: 'open' | 'half-open') => ({
      channelId,
      agencyId: agencyOf(1),
      state,
      since: instant(start),
    });
    const beat = (workerId: string, state: 'open' | 'half-open') =>
      store.adapters.heartbeat({ workerId, at: instant(after(1_000)), inFlight: 0, breakers: [breaker(state)] });
    expect([await beat('w1', 'half-open'), await beat('w2', 'open'), await beat('w3', 'open')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await store.adapters.breakers(start)).toEqual([breaker('open')]);
    expect((await store.adapters.workers(start)).map(({ workerId }) => workerId)).toEqual(['w1', 'w2']);
    expect(await store.adapters.workers(after(2_000))).toEqual([]);
    await store.adapters.goodbye('w1');
    await store.adapters.goodbye('w2');
    expect(await store.adapters.manifests()).toEqual(new Map([[channelId, manifest]]));
  });

  it('pause a channel and an agency apart', async () => {
    const pause = (agencyId: string | null, reason: string) =>
      store.controls.pause({ channelId, agencyId, by: 'usr_ops', reason, at: start });
    await pause(null, 'a');
    await pause(agencyOf(1), 'b');
    await pause(null, 'c');
    expect((await store.controls.pauses()).map(({ agencyId, reason }) => [agencyId, reason])).toEqual([
      [null, 'c'],
      [agencyOf(1), 'b'],
    ]);
    expect([
      await store.controls.resume({ channelId, agencyId: null }),
      await store.controls.resume({ channelId, agencyId: null }),
    ]).toEqual([true, false]);
    expect(await store.controls.pauses()).toHaveLength(1);
  });
});
