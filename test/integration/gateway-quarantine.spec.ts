import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noAnswerSaid, rawAnswerViewSchema } from '#contracts';
import { call as callGateway, type GatewayPlace, prepare, startGatewayPlace, tokens } from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
});
const sun = { token: tokens.sun };
const raw = new TextEncoder().encode('<?xml version="1.0"?><x>张三</x>');

/** An inquiry of which one agency has sent something that nobody could read. */
async function unreadAnswer() {
  const { body } = await prepare(place);
  const { inquiryId } = (await send('POST', 'inquiries', { body })).json();
  const stored = await place.store.inquiries.get(inquiryId, 'inside');
  const line = stored?.plan.find(({ channelId }) => channelId === 'vehicle-national');
  if (!stored || !line?.requestNumber || line.shardNo === null) throw new Error('nobody was asked');
  const at = place.gateway ? '2026-11-22T10:00:00+08:00' : '';
  const answerId = `ans_${inquiryId.slice(4)}`;
  const answer = {
    ...noAnswerSaid('unintelligible'),
    ...{ answerId, inquiryId, agencyId: line.agencyId, category: line.category, channelId: 'vehicle-national' },
    ...{ adapterId: 'vehicle', adapterVersion: '1.0.0', requestNumber: line.requestNumber },
    ...{ matchRule: 'id-only' as const, matchKeysSent: [], attempt: 1, maxAttempts: 3 },
    ...{ firstSentAt: at, sentAt: at, receivedAt: at, nextAttemptAt: null, breakerState: null, breakerOpenSince: null },
    ...{ simulated: true, rawHash: `sha256:${'1'.repeat(64)}`, contentHash: `sha256:${'2'.repeat(64)}` },
  };
  const unread = { paths: ['unexpected payload at: body.rows'], exchanges: [] };
  const entry = { inquiryId, channelId: 'vehicle-national', shardNo: line.shardNo, fence: null };
  await place.store.journal.append([{ ...entry, answers: [{ answer, raw: [raw], unread }] }]);
  return { inquiryId, answerId, agencyId: line.agencyId };
}

describe('one answer', () => {
  it('is shown to its court, and its messages only with a purpose and the scope', async () => {
    const { inquiryId, answerId, agencyId } = await unreadAnswer();
    const path = `answers/${answerId}?inquiryId=${inquiryId}`;
    const read = await send('GET', path);
    expect([read.status, read.json()]).toMatchObject([200, { answerId, agencyId, reason: 'unintelligible' }]);
    expect((await send('GET', `answers/${answerId}`)).status).toBe(400);
    const rawPath = `answers/${answerId}/raw?inquiryId=${inquiryId}&agencyId=${agencyId}`;
    expect((await send('GET', rawPath)).json()).toMatchObject({ status: 400, errors: [{ parameter: 'X-Purpose' }] });
    const headers = { 'x-purpose': encodeURIComponent('核对原文') };
    const shown = await send('GET', rawPath, { headers });
    const view = rawAnswerViewSchema.parse(shown.json());
    expect(view.messages).toMatchObject([{ mediaType: 'application/xml', sizeBytes: raw.length }]);
    expect(Buffer.from(view.messages[0]?.base64 ?? '', 'base64')).toEqual(Buffer.from(raw));
    expect(shown.headers.get('cache-control')).toBe('no-store');
    for (const token of [tokens.qian]) {
      expect((await send('GET', path, { token })).status).toBe(404);
      expect((await send('GET', rawPath, { token, headers })).status).toBe(404);
    }
    expect((await send('GET', rawPath, { ...sun, headers })).status).toBe(403);
    expect((await send('GET', rawPath, { token: tokens.reader, headers })).status).toBe(403);
    expect(place.logged.filter((line) => line.includes('answer.raw-read'))).toHaveLength(1);
    expect(place.logged.join('')).not.toContain('张三');
  }, 60_000);
});

describe('the quarantine of operators', () => {
  it('is a list of paths, and replays become jobs of the channel', async () => {
    const one = await unreadAnswer();
    const other = await unreadAnswer();
    const list = async (more = '') => (await send('GET', `quarantine?channelId=vehicle-national${more}`, sun)).json();
    const { items } = await list('&state=waiting');
    expect(items.slice(0, 2)).toMatchObject([
      { quarantineId: other.answerId, source: 'call', paths: ['unexpected payload at: body.rows'] },
      { quarantineId: one.answerId },
    ]);
    const page = await list('&limit=1');
    expect((await list(`&limit=1&cursor=${page.nextCursor}`)).items).toMatchObject([{ quarantineId: one.answerId }]);
    const replay = (body: object) => send('POST', 'quarantine/replays', { ...sun, body });
    expect((await replay({})).status).toBe(400);
    const counted = await replay({ quarantineIds: [one.answerId, 'ans_0'], dryRun: true });
    expect([counted.status, counted.json()]).toEqual([
      202,
      { dryRun: true, chosen: 1, channels: { 'vehicle-national': 1 } },
    ]);
    const waiting = async () => (await place.parts.queue.counts()).get('replay')?.waiting;
    expect(await waiting()).toBe(0);
    expect((await replay({ quarantineIds: [one.answerId] })).json()).toMatchObject({ chosen: 1 });
    expect(await waiting()).toBe(1);
    expect((await replay({ channelId: 'vehicle-national' })).status).toBe(202);
    expect((await send('GET', 'quarantine')).status).toBe(403);
    expect((await send('POST', 'quarantine/replays', { body: { channelId: 'vehicle-national' } })).status).toBe(403);
    expect(JSON.stringify(await list())).not.toContain('张三');
  }, 60_000);
});

describe('events for operators', () => {
  it('are listed newest first, by kind and channel, and for operators only', async () => {
    const { operationsEvents } = place.store;
    await operationsEvents.tell({ kind: 'agency-silent', channelId: 'bank-national', agencyId: 'bank.bailu' });
    await operationsEvents.tell({
      kind: 'shape-drifted',
      channelId: 'vehicle-national',
      detail: { paths: 'missing vehicle.vin' },
    });
    const kinds = async (filter: string) =>
      (await send('GET', `operations-events?${filter}`, sun)).json().items.map(({ kind }: { kind: string }) => kind);
    expect(await kinds('')).toEqual(['shape-drifted', 'agency-silent']);
    expect(await kinds('kind=agency-silent,breaker-opened')).toEqual(['agency-silent']);
    expect(await kinds('channelId=vehicle-national')).toEqual(['shape-drifted']);
    expect((await send('GET', 'operations-events?kind=nonsense', sun)).status).toBe(400);
    expect((await send('GET', 'operations-events')).status).toBe(403);
  });
});

describe('a suspicion', () => {
  it('is ended by operators', async () => {
    const history = { answers: 9, unread: 0, found: { seen: 1, missing: 8 }, answered: 9 };
    const whole = { ...history, fields: {}, kinds: {}, codes: {}, recent: [] };
    const toAdd = { agencyId: 'bank.bailu', channelId: 'bank-national', history: whole };
    await place.store.agencyHistories.add([toAdd], () => ({ history: whole, suspected: true }));
    const clear = (agencyId: string, asking = sun) => send('DELETE', `agencies/${agencyId}/suspicion`, asking);
    expect((await clear('bank.bailu')).json()).toEqual({ agencyId: 'bank.bailu', cleared: true });
    expect((await clear('bank.bailu')).json()).toEqual({ agencyId: 'bank.bailu', cleared: false });
    expect(await place.store.agencyHistories.suspected(10)).toEqual([]);
    expect((await clear('bank.nowhere')).status).toBe(404);
    expect(
      (await callGateway(place.gateway.url, { method: 'DELETE', path: 'agencies/bank.bailu/suspicion' })).status,
    ).toBe(403);
  });
});
