import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseMatrixSchema, deskCountersSchema, deskItemSchema, pageSchema, searchViewSchema } from '#contracts';
import {
  canary,
  type GatewayPlace,
  hear,
  newCase,
  newDebtor,
  nothing,
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

const deskPage = pageSchema(deskItemSchema);
const desk = async (query = '', token: string = tokens.zhao) =>
  deskPage.parse((await send('GET', `desk${query}`, { token })).json());
const onDesk = async (caseId: string) => (await desk()).items.find((each) => each.caseId === caseId);
const enterCase = async (caseNumber: string) =>
  String((await send('POST', 'cases', { body: { ...newCase, caseNumber } })).json().caseId);
const ask = async () => {
  const prepared = await prepare(place);
  const reply = await send('POST', 'inquiries', { body: prepared.body });
  expect(reply.status).toBe(202);
  return { ...prepared, inquiryId: String(reply.json().inquiryId) };
};
const search = async (q: string, token: string = tokens.zhao) =>
  searchViewSchema.parse((await send('POST', 'searches', { body: { q }, key: null, token })).json());

describe('the desk', () => {
  it('says what a case waits for, from its first entry to the answers', async () => {
    const caseId = await enterCase('（2026）京9901执501号');
    expect(await onDesk(caseId)).toMatchObject({
      act: 'no-debtor',
      missing: ['debtor', 'execution-notice-on'],
      progress: null,
    });
    await send('POST', `cases/${caseId}/debtors`, { body: newDebtor('110100199003074113') });
    expect(await onDesk(caseId)).toMatchObject({
      act: 'ready-to-ask',
      debtor: { nameMasked: '张*' },
      missing: ['execution-notice-on'],
      progress: null,
    });
    const running = await ask();
    expect(await onDesk(running.caseId)).toMatchObject({
      act: 'running',
      inquiryId: running.inquiryId,
      progress: { asked: 3, answered: 0, unanswered: 3 },
      lastSentence: null,
    });
    await hear(place.store, running.inquiryId, { 'bank.bailu': nothing });
    expect((await onDesk(running.caseId))?.progress).toEqual({ asked: 3, answered: 1, unanswered: 2 });
  });

  it('never counts who has not answered as answered: a refusal stays open to be asked again', async () => {
    const { caseId, inquiryId } = await ask();
    await hear(place.store, inquiryId, { 'bank.bailu': nothing, 'vehicle.jing': refused });
    expect((await onDesk(caseId))?.progress).toMatchObject({ answered: 1, unanswered: 2 });
    await place.store.inquiries.close(inquiryId, new Date());
    // closed, and no version counts it yet: no number is made up
    expect(await onDesk(caseId)).toMatchObject({ act: 'running', progress: null });
    const cut = await send('POST', `inquiries/${inquiryId}/report-versions`);
    expect([cut.status, cut.text]).toEqual([201, expect.anything()]);
    expect(await onDesk(caseId)).toMatchObject({
      act: 'ask-again',
      progress: { asked: 3, answered: 1, unanswered: 2 },
      lastSentence: { zh: expect.stringContaining('未反馈') },
    });
  });

  it('is read page by page in the order of urgency, filtered, and counted', async () => {
    const all = (await desk('?limit=200')).items;
    const first = await desk('?limit=2');
    const next = await desk(`?limit=200&cursor=${first.nextCursor}`);
    expect([...first.items, ...next.items].map(({ caseId }) => caseId)).toEqual(all.map(({ caseId }) => caseId));
    const waiting = await desk('?act=ready-to-ask');
    expect(new Set(waiting.items.map(({ act }) => act))).toEqual(new Set(['ready-to-ask']));
    expect((await desk('?state=concluded')).items).toEqual([]);
    const counters = deskCountersSchema.parse((await send('GET', 'desk/counters')).json());
    expect(counters).toMatchObject({ considered: all.length, isWhole: true });
    for (const { act, cases } of counters.acts)
      expect([act, cases]).toEqual([act, all.filter((each) => each.act === act).length]);
    expect(problem(await send('GET', '/api/v1/desk?cursor=abc'))).toMatchObject({ code: 'cursor-invalid' });
  });

  it('shows nobody the cases of another court', async () => {
    expect((await desk('', tokens.qian)).items).toEqual([]);
    expect(deskCountersSchema.parse((await send('GET', 'desk/counters', { token: tokens.qian })).json())).toMatchObject(
      {
        acts: [],
        considered: 0,
      },
    );
  });
});

describe('the matrix of a case', () => {
  it('tells nothing, no answer and not asked apart, and since when nobody answers', async () => {
    const { caseId, debtorId, inquiryId } = await ask();
    await hear(place.store, inquiryId, { 'bank.bailu': nothing, 'vehicle.jing': refused });
    const path = `cases/${caseId}/matrix`;
    const matrix = caseMatrixSchema.parse((await send('GET', path)).json());
    const cell = (agencyId: string) => matrix.rows.find((each) => each.agencyId === agencyId);
    expect(matrix.columns).toEqual([{ day: expect.any(String), inquiryIds: [inquiryId] }]);
    expect(cell('bank.bailu')).toMatchObject({ silentSince: null, cells: [{ verdict: 'nothing', answered: 1 }] });
    expect(cell('vehicle.jing')).toMatchObject({
      silentSince: matrix.columns[0]?.day,
      cells: [{ verdict: 'no-answer', reason: 'refused', answered: 0, assetCount: null }],
    });
    expect(matrix).toMatchObject({ isWhole: true, payload: 'shown' });
    const one = caseMatrixSchema.parse((await send('GET', `${path}?debtorId=${debtorId}`)).json());
    expect(one.rows).toEqual(matrix.rows);
    const other = await prepare(place); // of another case of the same court
    for (const debtor of ['deb_nobody', other.debtorId])
      expect(problem(await send('GET', `${path}?debtorId=${debtor}`))).toMatchObject({ status: 404 });
    expect(problem(await send('GET', path, { token: tokens.qian }))).toMatchObject({ status: 404 });
  });
});

describe('the search', () => {
  it('finds a case by its number, an inquiry, an identifier, its end, a name and its pinyin', async () => {
    const { caseId, inquiryId } = await ask();
    for (const q of [canary.number, '4112', canary.name, 'zhangsan', 'zs', inquiryId, `flow/${inquiryId}/bank`])
      expect([q, (await search(q)).items.some((each) => each.caseId === caseId)]).toEqual([q, true]);
    const own = (await send('GET', `cases/${caseId}`)).json().caseNumber;
    expect((await search(own)).items[0]).toMatchObject({ by: 'case-number', caseNumber: own });
    const { items, searched } = await search(canary.name);
    expect(JSON.stringify(items)).not.toContain(canary.name); // masked
    expect(searched).toContainEqual({ by: 'name', within: 'newest', cases: 200 });
  });

  it('says where it looked when nothing was found, and finds nothing of another court', async () => {
    expect(await search('没有此人')).toEqual({
      items: [],
      isCut: false,
      searched: [
        { by: 'case-number', within: 'newest', cases: 2_000 },
        { by: 'name', within: 'newest', cases: 200 },
      ],
    });
    const { inquiryId } = await ask();
    for (const q of [canary.number, '4112', canary.name, inquiryId, '京9901执'])
      expect([q, (await search(q, tokens.qian)).items]).toEqual([q, []]);
  });

  it('is in the ledger without what was looked for', async () => {
    await search(canary.number);
    const trail = await place.store.transaction(async () => place.logged.join('\n'));
    expect(trail).not.toContain(canary.number);
  });
});
