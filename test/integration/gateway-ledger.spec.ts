import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  auditEventViewSchema,
  auditFoundSchema,
  auditPackViewSchema,
  pageSchema,
  verificationViewSchema,
} from '#contracts';
import { checkRows, openPack, readCheckpoints } from '#platform';
import { call, canary, type GatewayPlace, newCase, newDebtor, startGatewayPlace, tokens } from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chakong-audit-'));
  place = await startGatewayPlace();
  send = place.call;
}, 120_000);
afterAll(async () => {
  await place?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const wei = { token: tokens.wei };
const newest = async (more = '') =>
  pageSchema(auditEventViewSchema).parse((await send('GET', `audit-events?limit=50${more}`, wei)).json()).items;
const lastOf = async (action: string) => (await newest(`&action=${action}`))[0];

async function debtorOf(token: string): Promise<{ caseId: string; debtorId: string }> {
  const { caseId } = (await send('POST', 'cases', { token, body: newCase })).json();
  const { debtorId } = (await send('POST', `cases/${caseId}/debtors`, { token, body: newDebtor() })).json();
  return { caseId, debtorId };
}

describe('what is done over the API', () => {
  it('is in the ledger with person, case, address and the person asked about, before the answer is there', async () => {
    const { caseId, debtorId } = await debtorOf(tokens.zhao);
    expect((await send('GET', `debtors/${debtorId}`, { token: tokens.zhao })).status).toBe(200);
    expect(await lastOf('debtor.read')).toMatchObject({
      actor: { userId: 'usr_zhao', role: 'officer', courtCode: '990100', via: 'tok_zhao' },
      ...{ caseId, debtorId, objectId: debtorId, address: '127.0.0.1', result: 'done' },
      detail: { ownSurname: false },
    });
    await send('GET', 'cases?limit=1', { token: tokens.zhao });
    expect(await lastOf('cases.listed')).toMatchObject({ detail: { count: 1 } });
  });

  it('is there when it was refused: another court’s case, a missing right, an inquiry without grounds', async () => {
    const { caseId, debtorId } = await debtorOf(tokens.zhao);
    expect((await send('GET', `cases/${caseId}`, { token: tokens.qian })).status).toBe(404);
    const denied = await lastOf('access.denied');
    expect(denied).toMatchObject({
      ...{ objectId: caseId, result: 'refused', actor: { userId: 'usr_qian' } },
      detail: { code: 'not-found', wanted: 'case.read', method: 'GET', route: '/api/v1/cases/:caseId' },
    });
    expect((await send('GET', 'audit-events', { token: tokens.zhao })).status).toBe(403);
    expect(await lastOf('access.denied')).toMatchObject({ detail: { code: 'not-allowed', wanted: 'audit.read' } });
    const scope = { categories: 'all', agencies: ['bank.bailu'], except: [] };
    const legal = { documentName: '通知书', documentNumber: 'W20260301000001', fileId: 'file_missing' };
    const body = { caseId, debtorId, purpose: 'execution', scope, legal };
    const refused = await send('POST', 'inquiries', { token: tokens.zhao, body });
    expect([refused.status, refused.json().code]).toEqual([422, 'purpose-guard']);
    expect(await lastOf('inquiry.refused')).toMatchObject({
      ...{ caseId, debtorId, purpose: 'execution', result: 'refused', detail: { code: 'purpose-guard' } },
    });
  });

  it('leaves a trace again when the same intent is repeated', async () => {
    const asking = { token: tokens.zhao, body: newCase, key: 'an-intent-of-the-ledger-1' };
    const { caseId } = (await send('POST', 'cases', asking)).json();
    await send('POST', 'cases', asking);
    const [again, first] = await newest('&action=case.created');
    expect([again?.detail, first?.detail]).toEqual([{ replayed: true }, {}]);
    expect([again?.objectId, first?.objectId]).toEqual([caseId, caseId]);
  });

  it('is not shown, and not done, when the ledger cannot be written', async () => {
    const { store } = place.parts;
    const record = () => Promise.reject(Object.assign(new Error('no ledger'), { code: '53100' }));
    const other = await place.another({ store: { ...store, ledger: { ...store.ledger, record } } });
    const before = (await send('GET', 'cases?limit=200', { token: tokens.zhao })).json().items.length;
    for (const [method, path, asking] of [
      ['GET', 'cases', {}],
      ['GET', 'cases/case_none', {}],
      ['POST', 'cases', { body: newCase }],
    ] as const) {
      const reply = await call(other.url, { method, path }, { token: tokens.zhao, ...asking });
      expect([method, path, reply.status]).toEqual([method, path, 500]);
    }
    expect((await send('GET', 'cases?limit=200', { token: tokens.zhao })).json().items).toHaveLength(before);
  });
});

describe('auditors', () => {
  it('see who asked about a person over all cases, by debtor and by number, and their own look is there', async () => {
    const one = await debtorOf(tokens.zhao);
    const two = await debtorOf(tokens.zhao);
    const search = async (body: object) =>
      auditFoundSchema.parse((await send('POST', 'audit-events/search', { ...wei, body })).json());
    const found = await search({ debtorId: one.debtorId });
    expect(found.items.map(({ debtorId }) => debtorId)).toEqual(expect.arrayContaining([one.debtorId, two.debtorId]));
    const byNumber = await search({ identifier: { type: 'citizen-id', number: canary.number } });
    expect(byNumber.items.map(({ debtorId }) => debtorId)).toEqual(
      expect.arrayContaining([one.debtorId, two.debtorId]),
    );
    expect(await lastOf('audit.read')).toMatchObject({ actor: { userId: 'usr_wei' } });
    const first = await search({ userId: 'usr_zhao', limit: 1 });
    const second = await search({ userId: 'usr_zhao', limit: 1, before: first.nextBefore });
    expect(second.items[0]?.seq).toBeLessThan(first.items[0]?.seq ?? 0);
    for (const body of [
      {},
      { userId: 'usr_zhao', debtorId: one.debtorId },
      { identifier: { type: 'citizen-id', number: '1' } },
    ])
      expect((await send('POST', 'audit-events/search', { ...wei, body })).status).toBe(400);
    expect((await send('POST', 'audit-events/search', { ...wei, body: { debtorId: 'deb_none' } })).status).toBe(404);
  });

  it('see nothing of other courts, neither in lists nor one by one, but what is done in their own cases', async () => {
    const { caseId } = (
      await send('POST', 'cases', { token: tokens.qian, body: { ...newCase, courtCode: '990200' } })
    ).json();
    expect(await newest(`&caseId=${caseId}`)).toEqual([]);
    const other = await place.store.ledger.head();
    const events = await place.store.ledger.list({ rows: 'inside', caseId, action: 'case.created', limit: 5 });
    expect(events.length).toBeGreaterThan(0);
    expect((await send('GET', `audit-events/${events[0]?.seq ?? other.seq}`, wei)).status).toBe(404);
  });

  it('read a reason only one by one', async () => {
    await send('POST', 'channels/vehicle-national/pause', { token: tokens.sun, body: { reason: '检修' } });
    await send('DELETE', 'channels/vehicle-national/pause', { token: tokens.sun });
    const rows = await place.store.ledger.list({ rows: 'inside', action: 'operations.changed', limit: 2 });
    const paused = rows[1];
    expect([paused?.hasReason, paused?.reason]).toEqual([true, null]);
    const mine = await newest('&action=operations.changed');
    if (mine.length > 0) {
      const one = (await send('GET', `audit-events/${paused?.seq}`, wei)).json();
      expect(one.reason).toBe('检修');
    }
    const [whole] = await place.store.ledger.list({
      rows: 'inside',
      seq: paused?.seq ?? 0,
      limit: 1,
      withReasons: true,
    });
    expect(whole?.reason).toBe('检修');
  });

  it('are shown cards, and every page of the list is walked without a gap', async () => {
    const cards = (await send('GET', 'audit-events/anomalies?days=1', wei)).json();
    expect(cards).toMatchObject({ isWhole: true, items: expect.any(Array) });
    const seqs: number[] = [];
    for (let path = 'audit-events?limit=7'; path !== ''; ) {
      const page = (await send('GET', path, wei)).json();
      seqs.push(...page.items.map(({ seq }: { seq: number }) => seq));
      path = page.nextCursor === null ? '' : `audit-events?limit=7&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    expect(seqs).toEqual(seqs.toSorted((one, other) => other - one));
    expect(new Set(seqs).size).toBe(seqs.length);
  });
});

describe('proof', () => {
  const verify = async (body = {}) =>
    verificationViewSchema.parse((await send('POST', 'audit-events/verification', { ...wei, body })).json());

  it('holds over all that was done', async () => {
    expect(await verify()).toMatchObject({ outcome: 'intact', firstBroken: null, forgedCheckpoints: 0, first: 1 });
    expect(await verify({ from: 3, to: 5 })).toMatchObject({ outcome: 'intact', rows: 3, first: 3, last: 5 });
  });

  it('leaves the house as a pack with its reason in the ledger, and is checked without us', async () => {
    const body = { reason: '年度检查', withReasons: true };
    const made = await send('POST', 'audit-packs', { ...wei, body });
    expect(made.status).toBe(201);
    const pack = auditPackViewSchema.parse(made.json());
    expect((await lastOf('audit.exported'))?.objectId).toBe(pack.packId);
    const reply = await fetch(`${place.gateway.url}${pack.links.content}`, {
      headers: { authorization: `Bearer ${tokens.wei}` },
    });
    expect(reply.headers.get('content-type')).toBe('application/zip');
    const file = join(dir, 'pack.zip');
    writeFileSync(file, new Uint8Array(await reply.arrayBuffer()));
    const read = await openPack(file);
    const { checkpoints } = await readCheckpoints(read.checkpoints, read.publicKeys);
    const verdict = await checkRows({ rows: read.rows, from: pack.from, to: pack.to, checkpoints, head: null });
    expect(verdict).toMatchObject({ outcome: 'intact', rows: pack.to, firstBroken: null });
    expect(verdict.withheld).toBeGreaterThan(0); // the other court's events
    expect(readFileSync(file).toString('latin1')).not.toContain(canary.number);
    expect((await send('GET', `audit-packs/${pack.packId}`, { token: tokens.zhao })).status).toBe(403);
  });

  it('is counted, and a change behind its back is told', async () => {
    const metrics = await call(place.gateway.url, { method: 'GET', path: '/metrics' }, { token: tokens.sun });
    expect(metrics.text).toMatch(/chakong_audit_events_total\{action="case.created"\} \d+/);
    expect(metrics.text).toMatch(/chakong_audit_chain_ok 1/);
  });
});
