import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type InquiryView,
  inquiryViewSchema,
  manualTaskSchema,
  noAnswerSaid,
  pageSchema,
  type Report,
} from '#contracts';
import { canonicalJson, sha256Hex } from '#platform';
import { compareReports, mergeReport } from '#inquiry';
import {
  call,
  canary,
  type GatewayPlace,
  hear,
  prepare,
  problem,
  refused,
  startGatewayPlace,
  tokens,
  upload,
} from './gateway-place.ts';
import { requeryAfterRecovery } from '../../apps/worker/src/requery-after-recovery.ts';
import type { WorkerParts } from '../../apps/worker/src/worker-parts.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
beforeAll(async () => {
  place = await startGatewayPlace({ withManualDesk: true });
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

const form = (name: string): any =>
  JSON.parse(
    readFileSync(new URL(`../../libs/adapters/src/manual/fixtures/forms/${name}.json`, import.meta.url), 'utf8'),
  );

const ask = async (agencies: string[], change: object = {}): Promise<InquiryView> => {
  const { body } = await prepare(place, { agencies });
  const reply = await send('POST', 'inquiries', { body: { ...body, ...change } });
  expect([reply.status, reply.text]).toEqual([202, expect.anything()]);
  return inquiryViewSchema.parse(reply.json());
};
/** What a worker does with the shard of a task channel: begins, and waits, which lays the tasks open. */
const deliver = async (
  { inquiryId }: InquiryView,
  channelId = 'manual-desk',
  until = new Date(Date.now() + 60_000),
) => {
  const key = { inquiryId, channelId, shardNo: 0 };
  const work = await place.store.shards.begin({ ...key, workerId: 'w' });
  if (!work) throw new Error('nothing to deliver');
  await place.store.shards.wait({ ...key, fence: work.fence, until });
  return { ...key, fence: work.fence };
};
const clerk = { token: tokens.li };
const tasksOf = async ({ inquiryId }: InquiryView, token: string = tokens.li) => {
  const page = pageSchema(manualTaskSchema).parse((await send('GET', 'manual-tasks?limit=200', { token })).json());
  return page.items.filter((task) => task.inquiryId === inquiryId);
};
const lineOf = async ({ inquiryId }: InquiryView, agencyId: string) =>
  (await send('GET', `inquiries/${inquiryId}/lines?limit=200`))
    .json()
    .items.find((line: any) => line.agencyId === agencyId);
const uploaded = async (token: string, text = '%PDF-1.7\nno record of the debtor\n%%EOF\n') =>
  (await send('POST', 'files', { raw: upload(text), token })).json();

describe('a manual task', () => {
  it('is seen by the clerk of the agency and by the court, and by nobody else', async () => {
    const inquiry = await ask(['registry.county', 'registry.county-west']);
    expect(await tasksOf(inquiry)).toEqual([]); // not handed over yet
    await deliver(inquiry);
    const own = await tasksOf(inquiry);
    expect(own).toMatchObject([
      {
        agencyId: 'registry.county',
        overdue: false,
        heldBy: null,
        debtor: { name: canary.name, ids: [{ number: canary.number }] },
      },
    ]);
    expect((await tasksOf(inquiry, tokens.zhao)).map(({ agencyId }) => agencyId).sort()).toEqual([
      'registry.county',
      'registry.county-west',
    ]);
    expect(await tasksOf(inquiry, tokens.qian)).toEqual([]);
    expect(problem(await send('GET', 'manual-tasks', { token: tokens.sun }))).toMatchObject({ code: 'not-allowed' });
    expect(problem(await send('GET', 'cases', clerk))).toMatchObject({ code: 'not-allowed' });
    const schema = (await send('GET', own[0]!.form, clerk)).json();
    expect(JSON.stringify(schema)).toContain('certificateNo');
    expect(JSON.stringify(schema)).not.toContain('plateNumber');
    const west = (await tasksOf(inquiry, tokens.zhao)).find(({ agencyId }) => agencyId === 'registry.county-west')!;
    const foreign = await send('POST', `manual-tasks/${west.requestNumber}/answer`, {
      ...clerk,
      body: form('no-answer'),
    });
    expect(problem(foreign)).toMatchObject({ status: 404 });
    expect(await lineOf(inquiry, 'registry.county')).toMatchObject({ verdict: 'no-answer', stage: 'acknowledged' });
    expect(await lineOf(inquiry, 'registry.county-west')).toMatchObject({ verdict: 'no-answer', stage: 'sent' });
  });

  it('says nothing only about the checked person, with a document whose bytes are kept', async () => {
    const inquiry = await ask(['registry.county']);
    await deliver(inquiry);
    const [task] = await tasksOf(inquiry);
    const path = `manual-tasks/${task!.requestNumber}/answer`;
    const file = await uploaded(tokens.li);
    const answer = (change: object) => send('POST', path, { ...clerk, body: { ...form('nothing'), ...change } });
    expect(problem(await answer({ fileIds: [], checkedNameAndNumber: false }))).toEqual({
      status: 400,
      code: 'validation',
      at: ['/checkedNameAndNumber', '/fileIds'],
    });
    const foreign = await uploaded(tokens.zhao);
    expect(problem(await answer({ fileIds: [foreign.fileId] })).at).toEqual(['/fileIds/0']);
    expect(await lineOf(inquiry, 'registry.county')).toMatchObject({ verdict: 'no-answer', reason: 'pending' });
    const accepted = await answer({ fileIds: [file.fileId] });
    expect([accepted.status, accepted.json()]).toMatchObject([200, { outcome: 'accepted', late: false }]);
    expect((await answer({ fileIds: [file.fileId] })).json()).toMatchObject({ outcome: 'repeated' });
    const line = await lineOf(inquiry, 'registry.county');
    expect(line).toMatchObject({ verdict: 'nothing', complete: true, provesAbsence: false, slaBreached: false });
    const raw = await place.store.journal.raw(line.rawMessageHash, inquiry.inquiryId);
    expect(raw?.length).toBe(2);
    expect(line.rawMessageHash).toBe(`sha256:${sha256Hex(Buffer.concat([...raw!]))}`);
    expect(`sha256:${sha256Hex(raw![1]!)}`).toBe(file.hash);
    const written = JSON.parse(Buffer.from(raw![0]!).toString('utf8'));
    expect(written).toMatchObject({ enteredBy: 'usr_li', documents: [{ hash: file.hash }] });
    expect(canonicalJson(written)).toBe(Buffer.from(raw![0]!).toString('utf8'));
    expect(await tasksOf(inquiry)).toEqual([]);
  });

  it('takes a contradicting answer as a new one, with an alarm', async () => {
    const inquiry = await ask(['registry.county']);
    await deliver(inquiry);
    const [task] = await tasksOf(inquiry);
    const path = `manual-tasks/${task!.requestNumber}/answer`;
    const { fileId } = await uploaded(tokens.li);
    await send('POST', path, { ...clerk, body: { ...form('nothing'), fileIds: [fileId] } });
    await send('POST', `inquiries/${inquiry.inquiryId}/report-versions`);
    const changed = await send('POST', path, { ...clerk, body: { ...form('found'), fileIds: [fileId] } });
    expect([changed.status, changed.json()]).toMatchObject([200, { outcome: 'changed', late: true }]);
    expect(await lineOf(inquiry, 'registry.county')).toMatchObject({ verdict: 'found', assetCount: 1, complete: true });
    expect(
      await place.store.operationsEvents.list({ after: null, limit: 50, kinds: ['answer-contradicted'] }),
    ).toMatchObject([{ channelId: 'manual-desk', agencyId: 'registry.county', inquiryId: inquiry.inquiryId }]);
    const cut = await send('POST', `inquiries/${inquiry.inquiryId}/report-versions`);
    expect(cut.json()).toMatchObject({ reportVersion: 2, coverage: { counts: { found: 1, nothing: 0 } } });
  });

  it('takes an answer after the due time, which is marked as late', async () => {
    const inquiry = await ask(['registry.county'], { dueAt: new Date(Date.now() + 1_500).toISOString() });
    const { fence, ...key } = await deliver(inquiry);
    const { requestNumber } = (await tasksOf(inquiry))[0]!;
    while (Date.now() <= Date.parse(inquiry.dueAt)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await tasksOf(inquiry))[0]).toMatchObject({ overdue: true });
    await hear(place.store, inquiry.inquiryId, { 'registry.county': noAnswerSaid('overdue') });
    expect(await place.store.shards.settle({ ...key, fence })).toBe(true);
    await place.store.inquiries.close(inquiry.inquiryId, new Date());
    await send('POST', `inquiries/${inquiry.inquiryId}/report-versions`);
    const reply = await send('POST', `manual-tasks/${requestNumber}/answer`, {
      token: tokens.zhao, // on paper, entered by the court
      body: { ...form('found'), fileIds: [(await uploaded(tokens.zhao)).fileId] },
    });
    expect(reply.json()).toMatchObject({ outcome: 'accepted', late: true });
    expect(await lineOf(inquiry, 'registry.county')).toMatchObject({ verdict: 'found', slaBreached: true });
    const material = await place.store.reports.material(inquiry.inquiryId);
    const version = {
      inquiryId: inquiry.inquiryId,
      body: mergeReport(material!),
      cause: 'late-answer',
      upToSeq: material!.upToSeq,
      succeed: (before: Report) => ({ changes: compareReports(before, mergeReport(material!)), cause: 'late-answer' }),
    };
    expect((await place.store.reports.append(version)).report).toMatchObject({ reportVersion: 2 });
  });
});

describe('a statement of an agency', () => {
  const statement = ([agencyId, category]: [string, string], said: string, receivedOn: string) => ({
    ...{ agencyId, category, statement: said, receivedOn },
    ...{ reasonText: '案外人主张权利', contactName: '经办人甲', contactPhone: '000-00000000' },
  });

  it('ends the line with its clock, or leaves the asking open, and never covers an answer', async () => {
    const inquiry = await ask(['registry.county', 'bank.bailu', 'vehicle.jing']);
    await deliver(inquiry);
    const state = (body: object) => send('POST', `inquiries/${inquiry.inquiryId}/statements`, { body });
    expect(problem(await state(statement(['vehicle.jing', 'vehicle'], 'objected', '2999-01-01'))).at).toEqual([
      '/receivedOn',
    ]);
    const objected = await state(statement(['vehicle.jing', 'vehicle'], 'objected', '2026-11-02'));
    expect([objected.status, objected.text]).toEqual([201, expect.anything()]);
    expect(await lineOf(inquiry, 'vehicle.jing')).toMatchObject({
      reason: 'objected',
      decideBy: '2026-11-17',
      nextAttemptAt: null,
    });
    await state(statement(['registry.county', 'real-estate'], 'clarification-needed', '2026-11-02'));
    expect(await lineOf(inquiry, 'registry.county')).toMatchObject({ reason: 'clarification-needed' });
    const [task] = await tasksOf(inquiry);
    const answered = await send('POST', `manual-tasks/${task!.requestNumber}/answer`, {
      ...clerk,
      body: { ...form('found'), fileIds: [] },
    });
    expect(answered.json()).toMatchObject({ outcome: 'accepted', late: false });
    expect(problem(await state(statement(['registry.county', 'real-estate'], 'objected', '2026-11-02')))).toMatchObject(
      {
        status: 409,
      },
    );
    expect(problem(await state(statement(['registry.jing', 'real-estate'], 'objected', '2026-11-02')))).toMatchObject({
      status: 409,
    });
  });
});

describe('asking again', () => {
  it('rests between two times, ends some day, and says who asked and why', async () => {
    const inquiry = await ask(['registry.jing', 'vehicle.jing']);
    const { inquiryId } = inquiry;
    await hear(place.store, inquiryId, { 'registry.jing': refused });
    const again = (lines: unknown, url = place.gateway.url) =>
      call(
        url,
        { method: 'POST', path: `inquiries/${inquiryId}/requeries` },
        { body: { lines, reason: '电话已确认' } },
      );
    expect((await again('all-unanswered')).json()).toMatchObject({ asked: 1 });
    const named = [{ agencyId: 'registry.jing', category: 'real-estate' }];
    const soon = await again(named);
    expect(problem(soon)).toEqual({ status: 429, code: 'cooldown', at: ['/lines/0'] });
    expect(Number(soon.headers.get('retry-after'))).toBeGreaterThan(0);
    await hear(place.store, inquiryId, { 'registry.jing': refused });
    expect(problem(await again('all-unanswered'))).toMatchObject({ code: 'cooldown' });
    const patient = await place.another({
      settings: {
        ...place.parts.settings,
        port: 0,
        controlUrl: 'tcp://127.0.0.1:0',
        requeryCooldownSeconds: 0,
        mostRequeries: 1,
      },
    });
    expect(problem(await again(named, patient.url))).toMatchObject({ code: 'state-conflict', at: ['/lines/0'] });
    const { items } = (await send('GET', `inquiries/${inquiryId}/requeries`)).json();
    expect(items).toMatchObject([
      { cause: 'officer', by: 'usr_zhao', reason: '电话已确认', agencyIds: ['registry.jing'] },
    ]);
  });

  it('happens by itself when an agency is back, twice at most, and not for what was refused, withdrawn or held', async () => {
    const open = async () => ask(['registry.jing', 'vehicle.jing']);
    const [missed, said, withdrawn, held] = [await open(), await open(), await open(), await open()];
    for (const { inquiryId } of [missed, withdrawn, held])
      await hear(place.store, inquiryId, { 'vehicle.jing': noAnswerSaid('breaker-open') });
    await hear(place.store, said.inquiryId, { 'vehicle.jing': refused });
    const reason = 'test';
    await send('POST', `inquiries/${withdrawn.inquiryId}/cancellation`, { body: { lines: 'all-open', reason } });
    await send('POST', `inquiries/${held.inquiryId}/pause`, { body: { reason } });
    const ensured: string[] = [];
    const parts = {
      ...{ store: place.store, log: place.parts.log, recovery: { days: 7, mostInquiries: 10 } },
      clock: { now: () => new Date() },
      toInstant: (date: Date) => date.toISOString(),
      queue: { ensureShard: async ({ inquiryId }: { inquiryId: string }) => void ensured.push(inquiryId) },
      channels: new Map([
        [
          'vehicle-national',
          {
            config: place.parts.installation.channels.find(({ channelId }) => channelId === 'vehicle-national'),
            channel: { agencies: new Map(place.parts.installation.agencies.map((each) => [each.agencyId, each])) },
          },
        ],
      ]),
    } as unknown as WorkerParts;
    const back = { channelId: 'vehicle-national', agencyId: 'vehicle.jing', signal: new AbortController().signal };
    for (const times of [1, 2, 2]) {
      await requeryAfterRecovery(parts, back);
      expect(ensured).toEqual(Array.from({ length: times }, () => missed.inquiryId));
      await hear(place.store, missed.inquiryId, { 'vehicle.jing': noAnswerSaid('unavailable') });
    }
    const { items } = (await send('GET', `inquiries/${missed.inquiryId}/requeries`)).json();
    expect(items.map(({ cause, by, reason: why }: any) => [cause, by, why])).toEqual([
      ['recovery', null, null],
      ['recovery', null, null],
    ]);
    const told = await place.store.operationsEvents.list({
      after: null,
      limit: 9,
      kinds: ['requeried-after-recovery'],
    });
    expect(told[0]).toMatchObject({ agencyId: 'vehicle.jing', detail: { inquiries: 1 } });
  });
});

describe('an inquiry that is held', () => {
  it('hands out nothing and says so, until it is resumed', async () => {
    const inquiry = await ask(['bank.bailu', 'registry.county']);
    const { inquiryId } = inquiry;
    await deliver(inquiry);
    const handOut = async () =>
      (
        await place.store.mailbox.handOut({
          channelId: 'bank-national',
          agencyId: 'bank.bailu',
          limit: 1_000,
          at: new Date(),
        })
      ).filter((task) => task.inquiryId === inquiryId).length;
    const hold = () => send('POST', `inquiries/${inquiryId}/pause`, { body: { reason: '当事人和解' } });
    expect((await hold()).json()).toMatchObject({ inquiryId, pausedAt: expect.any(String) });
    expect(problem(await hold())).toMatchObject({ status: 409 });
    const { fence: _, ...bank } = await deliver(inquiry, 'bank-national'); // a worker that had begun before
    expect(await handOut()).toBe(0);
    expect((await tasksOf(inquiry))[0]).toMatchObject({ heldBy: 'inquiry' });
    expect((await place.store.shards.begin({ ...bank, workerId: 'w' }))?.paused).toBe(true);
    expect(await lineOf(inquiry, 'bank.bailu')).toMatchObject({ reason: 'pending', stage: 'held' });
    expect((await send('GET', `inquiries/${inquiryId}`)).json()).toMatchObject({ pausedAt: expect.any(String) });
    expect((await send('DELETE', `inquiries/${inquiryId}/pause`)).json()).toEqual({ inquiryId, pausedAt: null });
    expect(problem(await send('DELETE', `inquiries/${inquiryId}/pause`))).toMatchObject({ status: 404 });
    await deliver(inquiry, 'bank-national');
    expect(await handOut()).toBe(1);
    const kinds = (await place.store.events.after(inquiryId, 0, 50)).map(({ kind }) => kind);
    expect(kinds).toEqual(['paused', 'resumed']);
  });

  it('is not the only one: a held agency or channel hands out nothing either', async () => {
    const inquiry = await ask(['bank.bailu', 'registry.county']);
    await deliver(inquiry);
    await deliver(inquiry, 'bank-national');
    const handOut = async () =>
      (
        await place.store.mailbox.handOut({
          channelId: 'bank-national',
          agencyId: 'bank.bailu',
          limit: 1_000,
          at: new Date(),
        })
      ).filter(({ inquiryId }) => inquiryId === inquiry.inquiryId).length;
    for (const [path, heldBy] of [
      ['agencies/bank.bailu/pause', null],
      ['channels/bank-national/pause', null],
      ['channels/manual-desk/pause', 'channel'],
      ['agencies/registry.county/pause', 'agency'],
    ] as const) {
      await send('POST', path, { body: { reason: 'test' }, token: tokens.sun });
      if (heldBy === null) expect([path, await handOut()]).toEqual([path, 0]);
      else expect((await tasksOf(inquiry))[0]).toMatchObject({ heldBy });
      await send('DELETE', path, { token: tokens.sun });
    }
    expect(await handOut()).toBe(1);
  });
});

describe('withdrawing at a channel', () => {
  it('counts first, then withdraws what is open there in every inquiry, and nothing else', async () => {
    const inquiries = [await ask(['registry.hu', 'vehicle.jing']), await ask(['registry.hu', 'vehicle.jing'])];
    await hear(place.store, inquiries[0]!.inquiryId, { 'registry.hu': refused });
    const cancel = async (body: object) =>
      (
        await send('POST', 'channels/registry-province/cancellations', {
          token: tokens.sun,
          body: { agencyId: 'registry.hu', reason: '平台停用', ...body },
        })
      ).json();
    expect(await cancel({})).toMatchObject({ dryRun: true, inquiries: 1, lines: 1, more: false });
    expect(await lineOf(inquiries[1]!, 'registry.hu')).toMatchObject({ reason: 'pending' });
    expect(await cancel({ dryRun: false })).toMatchObject({ inquiries: 1, lines: 1, more: false });
    expect(await cancel({ dryRun: false })).toMatchObject({ inquiries: 0, lines: 0 });
    expect(await lineOf(inquiries[0]!, 'registry.hu')).toMatchObject({ reason: 'refused' });
    expect(await lineOf(inquiries[1]!, 'registry.hu')).toMatchObject({ reason: 'cancelled' });
    expect(await lineOf(inquiries[1]!, 'vehicle.jing')).toMatchObject({ reason: 'pending' });
    expect(
      problem(await send('POST', 'channels/registry-province/cancellations', { body: { reason: 'x' } })),
    ).toMatchObject({
      code: 'not-allowed',
    });
  });
});
