import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { comparisonViewSchema, debtorVersionSchema, noticeDraftSchema, pageSchema, reportSchema } from '#contracts';
import { compareReports } from '#inquiry';
import pg from 'pg';
import {
  type GatewayPlace,
  hear,
  nothing,
  prepare,
  problem,
  refused,
  startGatewayPlace,
  tokens,
} from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
let behind: pg.Client; // looks behind the store
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
  behind = new pg.Client({ connectionString: place.databaseUrl });
  await behind.connect();
}, 120_000);
afterAll(async () => {
  await behind?.end();
  await place?.stop();
});

const cut = async (inquiryId: string): Promise<string> =>
  (await send('POST', `inquiries/${inquiryId}/report-versions`)).json().reportId;

/** Two versions of one inquiry: at first a registry says nothing and the rest is silent; then a bank answers too. */
async function twoVersions() {
  const prepared = await prepare(place);
  const { inquiryId } = (await send('POST', 'inquiries', { body: prepared.body })).json();
  await hear(place.store, inquiryId, { 'registry.jing': nothing, 'vehicle.jing': refused });
  const older = await cut(inquiryId);
  await hear(place.store, inquiryId, { 'bank.bailu': nothing });
  return { ...prepared, inquiryId, older, newer: await cut(inquiryId) };
}
const compare = (older: string, newer: string, token: string = tokens.zhao) =>
  send('POST', 'comparisons', { body: { older, newer }, key: null, token });

describe('a comparison', () => {
  it('says what the pure one says about the two versions, and has one id for one pair', async () => {
    const { older, newer, inquiryId } = await twoVersions();
    const reply = await compare(older, newer);
    expect(reply.status).toBe(201);
    const view = comparisonViewSchema.parse(reply.json());
    expect(reply.headers.get('location')).toBe(`/api/v1/comparisons/${view.comparisonId}`);
    const [before, after] = await Promise.all(
      [older, newer].map(async (id) => reportSchema.parse((await send('GET', `reports/${id}`)).json())),
    );
    if (!before || !after) throw new Error('no versions');
    expect(view.changes).toEqual(JSON.parse(JSON.stringify(compareReports(before, after))));
    expect(view.older).toMatchObject({ reportId: older, reportVersion: 1, inquiryId, isFull: false });
    const transitions = Object.fromEntries(view.changes.lines.map((line) => [line.agencyId, line.transition]));
    expect(transitions).toMatchObject({
      'bank.bailu': 'now-confirmed-nothing',
      'registry.jing': 'still-nothing',
      'vehicle.jing': 'still-no-answer',
    });
    expect(view.changes.sentence.zh).toContain('1 家无法判断');
    expect((await compare(older, newer)).json().comparisonId).toBe(view.comparisonId);
    expect((await send('GET', `comparisons/${view.comparisonId}`)).json()).toEqual(JSON.parse(JSON.stringify(view)));
  });

  it('joins two inquiries about one debtor, and refuses two debtors, one version and the wrong order', async () => {
    const one = await twoVersions();
    const other = await twoVersions();
    expect(problem(await compare(one.newer, other.older))).toEqual({ status: 400, code: 'validation', at: ['/newer'] });
    expect((await compare(one.newer, other.older)).json().errors[0].code).toBe('another-debtor');
    expect((await compare(one.newer, one.older)).json().errors[0].code).toBe('not-newer');
    expect((await compare(one.newer, one.newer)).json().errors[0].code).toBe('same-version');
    const body = { ...one.body, reason: '补充查询' };
    const next = (await send('POST', 'inquiries', { body })).json();
    await hear(place.store, next.inquiryId, { 'registry.jing': refused });
    const view = comparisonViewSchema.parse((await compare(one.newer, await cut(next.inquiryId))).json());
    expect(view.changes.lines.find(({ agencyId }) => agencyId === 'registry.jing')?.transition).toBe('cannot-tell');
  });

  it('is nothing to another court, and nothing to whoever may not read reports', async () => {
    const { older, newer, debtorId } = await twoVersions();
    const { comparisonId } = (await compare(older, newer)).json();
    expect(problem(await compare(older, newer, tokens.qian))).toMatchObject({ status: 404 });
    for (const path of [
      `comparisons/${comparisonId}`,
      `comparisons/${comparisonId}/notice`,
      `debtors/${debtorId}/report-versions`,
    ]) {
      expect(problem(await send('GET', path, { token: tokens.qian }))).toMatchObject({ status: 404 });
      expect(problem(await send('GET', path, { token: tokens.reader }))).toMatchObject({ status: 403 });
    }
  });

  it('is in the ledger with both versions, whenever it is made or read', async () => {
    const { older, newer, caseId } = await twoVersions();
    const { comparisonId } = (await compare(older, newer)).json();
    await send('GET', `comparisons/${comparisonId}`);
    const { rows } = await behind.query(
      "SELECT action, body::jsonb AS body FROM audit_events WHERE action LIKE 'comparison.%' ORDER BY seq DESC LIMIT 2",
    );
    expect(rows.map(({ action }) => action)).toEqual(['comparison.read', 'comparison.made']);
    for (const { body } of rows) {
      expect(body).toMatchObject({ objectId: comparisonId, caseId, shown: { reportId: newer }, detail: { older } });
    }
  });

  it('gives the draft of a notice that names who has not answered and nobody else', async () => {
    const { older, newer } = await twoVersions();
    const { comparisonId } = (await compare(older, newer)).json();
    const reply = await send('GET', `comparisons/${comparisonId}/notice`);
    const { paragraphs, undecided, simulated } = noticeDraftSchema.parse(reply.json());
    expect([undecided, simulated]).toEqual([1, true]);
    expect(paragraphs.join('')).toContain('演练');
    const open = paragraphs.find((each) => each.startsWith('以下机构')) ?? '';
    expect(open).toContain('不能据此认定');
    expect(open).not.toContain('白鹭');
    for (const hidden of ['张三', '110100199003074112']) expect(reply.text).not.toContain(hidden);
  });
});

describe('the versions about a debtor', () => {
  it('are those of all inquiries, newest first, page by page', async () => {
    const { debtorId, older, newer } = await twoVersions();
    const list = async (query: string) =>
      pageSchema(debtorVersionSchema).parse((await send('GET', `debtors/${debtorId}/report-versions${query}`)).json());
    expect((await list('')).items.map(({ reportId }) => reportId)).toEqual([newer, older]);
    const first = await list('?limit=1');
    expect((await list(`?limit=1&cursor=${first.nextCursor}`)).items.map(({ reportId }) => reportId)).toEqual([older]);
  });
});
