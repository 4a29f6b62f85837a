import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageSchema, type ScheduleView, scheduleViewSchema } from '#contracts';
import { createLog } from '#platform';
import { sweepSchedules } from '../../apps/worker/src/sweep-schedules.ts';
import {
  type GatewayPlace,
  hear,
  newDebtor,
  nothing,
  type Prepared,
  prepare,
  problem,
  refused,
  startGatewayPlace,
  tokens,
} from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

const day = (plusDays: number): string =>
  new Date(Date.now() + (plusDays * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const noon = (text: string): Date => new Date(`${text}T12:00:00+08:00`);
const log = createLog({ service: 'worker', version: 'test', level: 'error', destination: { write: () => {} } });
/** What a worker does on that day. */
const sweepOn = (text: string) =>
  sweepSchedules(
    {
      store: place.store,
      log,
      clock: { ...place.parts.clock, now: () => noon(text) } as never,
      toInstant: (date) => `${new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`,
    },
    new AbortController().signal,
  );

const terminate = async (caseId: string): Promise<void> => {
  const asking = { body: { state: 'terminated', reason: '终本' }, headers: { 'if-match': '"1"' } };
  expect((await send('PATCH', `cases/${caseId}`, asking)).status).toBe(200);
};
const cut = async (inquiryId: string): Promise<string> =>
  (await send('POST', `inquiries/${inquiryId}/report-versions`)).json().reportId;

interface Asked extends Prepared {
  readonly inquiryId: string;
  readonly reportId: string;
}
/** An inquiry with one answer, in a case that is terminated since. */
async function terminated(): Promise<Asked> {
  const prepared = await prepare(place);
  const { inquiryId } = (await send('POST', 'inquiries', { body: prepared.body })).json();
  await hear(place.store, inquiryId, { 'bank.bailu': nothing, 'vehicle.jing': refused });
  const reportId = await cut(inquiryId);
  await terminate(prepared.caseId);
  return { ...prepared, inquiryId, reportId };
}
const scope = { categories: 'all', agencies: ['bank.bailu', 'registry.jing', 'vehicle.jing'], except: [] };
const wanted = (inquiryId: string, change: object = {}) => ({
  ...{ inquiryId, startsOn: day(30), reason: '终本后定期查询', scope },
  ...change,
});
const make = async (inquiryId: string, change: object = {}): Promise<ScheduleView> =>
  scheduleViewSchema.parse((await send('POST', 'schedules', { body: wanted(inquiryId, change) })).json());
const read = async (scheduleId: string): Promise<ScheduleView> =>
  scheduleViewSchema.parse((await send('GET', `schedules/${scheduleId}`)).json());
/** So that a sweep has this one to look at. */
async function endOthers(scheduleId: string): Promise<void> {
  const all = pageSchema(scheduleViewSchema).parse((await send('GET', 'schedules?limit=200')).json()).items;
  const body = { state: 'ended', reason: '试验结束' };
  for (const each of all.filter(({ state }) => state !== 'ended'))
    if (each.scheduleId !== scheduleId) await send('POST', `schedules/${each.scheduleId}/states`, { body });
}
const stateOf = ({ runs }: ScheduleView, runNo: number) => runs.find((run) => run.runNo === runNo)?.state;

describe('a schedule', () => {
  it('plans ten runs in five years, for a case that was terminated and no other', async () => {
    const running = await prepare(place);
    const { inquiryId } = (await send('POST', 'inquiries', { body: running.body })).json();
    expect(problem(await send('POST', 'schedules', { body: wanted(inquiryId) }))).toMatchObject({
      ...{ status: 422, code: 'purpose-guard' },
    });
    await terminate(running.caseId);
    const made = await make(inquiryId);
    expect(made).toMatchObject({
      state: 'active',
      nextDueOn: day(30),
      stateReason: '终本后定期查询',
      intervalMonths: 6,
    });
    expect(made.runs.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'planned'));
    expect(problem(await send('POST', 'schedules', { body: wanted(inquiryId) }))).toMatchObject({
      code: 'state-conflict',
    });
  });

  it('refuses days that cannot be kept, all at once', async () => {
    const { inquiryId } = await terminated();
    const at = async (change: object) =>
      problem(await send('POST', 'schedules', { body: wanted(inquiryId, change) })).at;
    expect(await at({ startsOn: day(0) })).toEqual(['/startsOn']);
    expect(await at({ startsOn: day(400) })).toEqual(['/startsOn']);
    expect(await at({ intervalMonths: 7, years: 6, reason: '' })).toEqual(['/intervalMonths', '/years', '/reason']);
  });

  it('is nothing to another court, and only to be read where somebody may not act', async () => {
    const { inquiryId, caseId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    const path = `schedules/${scheduleId}`;
    const change = { body: { state: 'ended', reason: '已恢复执行' } };
    for (const reply of [
      await send('GET', path, { token: tokens.qian }),
      await send('POST', `${path}/states`, { ...change, token: tokens.qian }),
      await send('POST', `${path}/sending`, { body: { runNo: 1 }, token: tokens.qian }),
    ])
      expect(problem(reply)).toMatchObject({ status: 404 });
    const list = pageSchema(scheduleViewSchema).parse((await send('GET', `schedules?caseId=${caseId}`)).json());
    expect(list.items).toHaveLength(1);
    expect(problem(await send('GET', `schedules?caseId=${caseId}`, { token: tokens.qian }))).toMatchObject({
      status: 404,
    });
    const others = (await send('GET', 'schedules', { token: tokens.qian })).json().items;
    expect(others).toEqual([]);
  });

  it('is paused, resumed and ended with a reason; what was ended stays so', async () => {
    const { inquiryId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    const change = (state: string) =>
      send('POST', `schedules/${scheduleId}/states`, { body: { state, reason: `${state}的理由` } });
    expect((await change('paused')).json()).toMatchObject({ state: 'paused', stateReason: 'paused的理由' });
    await sweepOn(day(31));
    expect(stateOf(await read(scheduleId), 1)).toBe('planned'); // not laid open while it is paused
    expect((await change('active')).json()).toMatchObject({ state: 'active' });
    const ended = scheduleViewSchema.parse((await change('ended')).json());
    expect([ended.nextDueOn, new Set(ended.runs.map(({ state }) => state))]).toEqual([null, new Set(['dropped'])]);
    expect(problem(await change('active'))).toMatchObject({ code: 'state-conflict' });
    await sweepOn(day(400));
    expect(stateOf(await read(scheduleId), 1)).toBe('dropped');
  });

  it('is in a calendar with days and nothing about anybody', async () => {
    const { inquiryId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    const reply = await send('GET', 'schedules/calendar');
    expect(reply.headers.get('content-type')).toContain('text/calendar');
    expect(reply.text).toContain(`DTSTART;VALUE=DATE:${day(30).replaceAll('-', '')}`);
    expect(reply.text).toContain(scheduleId);
    for (const hidden of ['张', '110100', '京9901']) expect(reply.text).not.toContain(hidden);
  });
});

describe('a run of a schedule', () => {
  it('is laid open on its day, once however many sweep, and asks nobody by itself', async () => {
    const { inquiryId, caseId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    await sweepOn(day(29));
    expect(stateOf(await read(scheduleId), 1)).toBe('planned');
    await endOthers(scheduleId);
    const swept = await Promise.all([sweepOn(day(30)), sweepOn(day(30)), sweepOn(day(30))]);
    expect(swept.reduce((sum, { prepared }) => sum + prepared, 0)).toBe(1);
    expect(stateOf(await read(scheduleId), 1)).toBe('prepared');
    const inquiries = (await send('GET', `inquiries?caseId=${caseId}`)).json().items;
    expect(inquiries).toHaveLength(1);
    const due = pageSchema(scheduleViewSchema).parse((await send('GET', 'schedules?due=true')).json()).items;
    expect(due.map((each) => each.scheduleId)).toEqual([scheduleId]);
  });

  it('is sent by an officer as an inquiry like any other, once, and compared when it is done', async () => {
    const { inquiryId, caseId, reportId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    const sending = (key?: string) =>
      send('POST', `schedules/${scheduleId}/sending`, {
        body: { runNo: 1, reason: '定期查询' },
        ...(key ? { key } : {}),
      });
    expect(problem(await sending())).toMatchObject({ status: 409, code: 'state-conflict' }); // its day has not come
    await sweepOn(day(30));
    const key = 'one-intent-of-an-officer';
    const [first, again] = [await sending(key), await sending(key)];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.json().inquiryId).toBe(first.json().inquiryId);
    expect(problem(await sending())).toMatchObject({ code: 'state-conflict' });
    const asked = first.json();
    expect(asked).toMatchObject({ caseId, purpose: 'post-termination-requery', counts: { asked: 3 } });
    expect(stateOf(await read(scheduleId), 1)).toBe('sent');
    await hear(place.store, asked.inquiryId, {
      'bank.bailu': refused,
      'registry.jing': nothing,
      'vehicle.jing': nothing,
    });
    const newer = await cut(asked.inquiryId);
    expect(await sweepOn(day(30))).toMatchObject({ compared: 0 }); // it still runs
    await place.store.inquiries.close(asked.inquiryId, new Date());
    const upToSeq = (await place.store.reports.material(asked.inquiryId))?.upToSeq ?? 0;
    expect(upToSeq).toBeGreaterThan(0);
    await cut(asked.inquiryId);
    expect(await sweepOn(day(30))).toMatchObject({ compared: 1, failed: 0 });
    const run = (await read(scheduleId)).runs[0];
    expect(run).toMatchObject({ state: 'compared', inquiryId: asked.inquiryId, failure: null });
    const comparison = (await send('GET', `comparisons/${run?.comparisonId}`)).json();
    expect([comparison.older.reportId, comparison.newer.inquiryId]).toEqual([reportId, asked.inquiryId]);
    expect(newer).not.toBe(reportId);
  });

  it('is refused by the guard where the case does not allow it any more, and waits', async () => {
    const { inquiryId, caseId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    await sweepOn(day(30));
    const change = { body: { state: 'resumed', reason: '发现财产线索' }, headers: { 'if-match': '"2"' } };
    expect((await send('PATCH', `cases/${caseId}`, change)).status).toBe(200);
    const reply = await send('POST', `schedules/${scheduleId}/sending`, { body: { runNo: 1 } });
    expect(problem(reply)).toMatchObject({ status: 422, code: 'purpose-guard' });
    expect(reply.json().errors.map(({ code }: { code: string }) => code)).toContain('state-does-not-allow');
    expect(stateOf(await read(scheduleId), 1)).toBe('prepared');
  });

  it('that nobody sends before the next day comes is missed, and stays to be seen', async () => {
    const { inquiryId } = await terminated();
    const { scheduleId } = await make(inquiryId);
    await sweepOn(day(30));
    await sweepOn(day(30 + 190));
    const after = await read(scheduleId);
    expect([stateOf(after, 1), stateOf(after, 2), stateOf(after, 3)]).toEqual(['missed', 'prepared', 'planned']);
  });

  it('whose comparison cannot be made is tried five times and has then failed with its code', async () => {
    const prepared = await prepare(place);
    const { inquiryId } = (await send('POST', 'inquiries', { body: prepared.body })).json();
    await terminate(prepared.caseId);
    const { scheduleId } = await make(inquiryId); // of an inquiry without any version
    await sweepOn(day(30));
    const asked = (
      await send('POST', `schedules/${scheduleId}/sending`, { body: { runNo: 1, reason: '定期查询' } })
    ).json();
    await hear(place.store, asked.inquiryId, {
      'bank.bailu': nothing,
      'registry.jing': nothing,
      'vehicle.jing': nothing,
    });
    await place.store.inquiries.close(asked.inquiryId, new Date());
    await cut(asked.inquiryId);
    for (let sweep = 1; sweep < 5; sweep += 1) await sweepOn(day(30));
    expect((await read(scheduleId)).runs[0]).toMatchObject({ state: 'sent', attempts: 4, failure: 'nothing-before' });
    expect(await sweepOn(day(30))).toMatchObject({ failed: 1 });
    expect((await read(scheduleId)).runs[0]).toMatchObject({ state: 'failed', attempts: 5, failure: 'nothing-before' });
    expect(await sweepOn(day(30))).toMatchObject({ failed: 0, compared: 0 });
  });
});

describe('notes about a case', () => {
  it('are only added, sealed, and read by those who see the case', async () => {
    const { caseId } = await prepare(place);
    const path = `cases/${caseId}/notes`;
    const text = '已电话联系张三之妻';
    const written = await send('POST', path, { body: { text } });
    expect([written.status, written.json().text]).toEqual([201, text]);
    await send('POST', path, { body: { text: '第二条' } });
    const read = (await send('GET', path)).json().items;
    expect(read.map((note: { text: string }) => note.text)).toEqual(['第二条', text]);
    expect(problem(await send('GET', path, { token: tokens.qian }))).toMatchObject({ status: 404 });
    expect(problem(await send('POST', path, { body: { text }, token: tokens.qian }))).toMatchObject({ status: 404 });
    expect(problem(await send('POST', path, { body: { text: '' } }))).toMatchObject({ status: 400 });
    expect(place.logged.join('')).not.toContain('张三');
    expect(newDebtor().name).toBe('张三');
  });
});
