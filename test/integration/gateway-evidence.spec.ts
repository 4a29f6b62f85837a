import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  exportDocumentSchema,
  exportViewSchema,
  holdViewSchema,
  jwksSchema,
  type Report,
  reportSchema,
  verifyViewSchema,
} from '#contracts';
import { compareReports, mergeReport } from '#inquiry';
import { hashToken, verificationCode, verifyDocument } from '#platform';
import pg from 'pg';
import {
  type Asking,
  call,
  canary,
  type GatewayPlace,
  hear,
  nothing,
  prepare,
  problem,
  refused,
  startGatewayPlace,
  tokens,
} from './gateway-place.ts';
import { ownPort } from '../own-port.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
let caseId: string;
let inquiryId: string;
let simulated: Report;
let real: Report;
let behind: pg.Client; // looks behind the store
const admin = 'ckt_admin-0000000000000000000000';

beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
  behind = new pg.Client({ connectionString: place.databaseUrl });
  await behind.connect();
  const prepared = await prepare(place);
  ({ caseId } = prepared);
  ({ inquiryId } = (await send('POST', 'inquiries', { body: prepared.body })).json());
  await hear(place.store, inquiryId, { 'bank.bailu': refused, 'registry.jing': nothing, 'vehicle.jing': nothing });
  simulated = reportSchema.parse((await send('POST', `inquiries/${inquiryId}/report-versions`)).json());
  const material = await place.store.reports.material(inquiryId);
  if (!material) throw new Error('no material');
  const body = { ...mergeReport(material), simulated: false };
  const { report } = await place.store.reports.append({
    ...{ inquiryId, body, cause: 'requested', upToSeq: material.upToSeq },
    succeed: (before) => ({ changes: compareReports(before, body), cause: 'requested' }),
  });
  if (!report) throw new Error('no version');
  real = report;
}, 120_000);
afterAll(async () => {
  await behind?.end();
  await place?.stop();
});

const wanted = (change: object = {}) => ({
  ...{ source: { kind: 'report', id: real.reportId }, format: 'json', locale: 'zh-CN', mask: 'standard' },
  ...{ reason: '附卷，当事人张三申请阅卷' },
  ...change,
});
const makeExport = (change: object = {}, asking: Asking = {}) =>
  send('POST', 'exports', { body: wanted(change), ...asking });
const ledger = async (action: string): Promise<any[]> => {
  const asked = 'SELECT body::jsonb AS body, reason FROM audit_events WHERE action = $1 ORDER BY seq';
  return (await behind.query(asked, [action])).rows;
};

describe('an export', () => {
  it('needs a reason, and is refused for simulated answers unless it is a draft', async () => {
    expect(problem(await makeExport({ reason: ' ' }))).toEqual({
      status: 403,
      code: 'reason-required',
      at: ['/reason'],
    });
    const source = { kind: 'report', id: simulated.reportId };
    expect(problem(await makeExport({ source }))).toEqual({
      status: 422,
      code: 'simulated-not-exportable',
      at: ['/draft'],
    });
    expect(problem(await makeExport({ format: 'csv' }))).toEqual({ status: 400, code: 'validation', at: ['/format'] });
    expect((await makeExport({ format: 'csv' })).json().errors[0].fix).toContain('pdf');
    expect(problem(await makeExport({ source: { kind: 'report', id: 'rep_none' } }))).toMatchObject({ status: 404 });
    expect(problem(await makeExport({}, { token: tokens.qian }))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await makeExport({}, { token: tokens.reader }))).toMatchObject({ status: 403, code: 'not-allowed' });
    expect(problem(await makeExport({}, { key: null }))).toMatchObject({ status: 400 });
    expect(await ledger('report.exported')).toEqual([]);
  });

  it('is signed, masked, watermarked, and in the ledger with its reason', async () => {
    const made = await makeExport();
    const view = exportViewSchema.parse(made.json());
    expect([made.status, made.headers.get('location'), view.state]).toEqual([
      202,
      `/api/v1/exports/${view.exportId}`,
      'ready',
    ]);
    const content = await send('GET', `exports/${view.exportId}/content`);
    expect([content.status, content.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const document = exportDocumentSchema.parse(content.json());
    expect(document.export).toMatchObject({
      ...{ mask: 'standard', draft: false, leftOut: [], notices: [] },
      masked: expect.arrayContaining([{ what: 'identity-numbers', count: 3 }]),
      watermark: {
        userId: 'usr_zhao',
        name: '赵执',
        courtCode: '990100',
        exportId: view.exportId,
        purpose: 'execution',
      },
    });
    expect(content.text).not.toContain(canary.number);
    const { reportId, reportVersion, contentHash, signature } = real;
    expect(document.original).toMatchObject({ reportId, reportVersion, contentHash, signature });
    const keys = jwksSchema.parse(await (await fetch(`${place.gateway.url}/.well-known/chakong-keys.json`)).json());
    expect(verifyDocument(content.json(), keys)).toMatchObject({ valid: true, exportId: view.exportId, reportId });
    const forged = JSON.parse(content.text.replace('usr_zhao', 'usr_qian'));
    expect(verifyDocument(forged, keys)).toMatchObject({ valid: false });

    const [entry] = await ledger('report.exported');
    expect(entry.body).toMatchObject({
      ...{ objectId: view.exportId, caseId, purpose: 'execution', result: 'done' },
      shown: { reportId, reportVersion, hash: view.hash },
      detail: { mask: 'standard', format: 'json', draft: false },
    });
    expect(JSON.stringify(entry.body)).not.toContain('张三');
    expect(entry.reason.toString('utf8')).not.toContain('张三');
    const { rows } = await behind.query('SELECT content FROM exports');
    expect(rows[0].content.toString('utf8')).not.toContain('chakong-export');
  });

  it('unmasked has the very content of its version; what was left out is null and named', async () => {
    const read = async (change: object) => {
      const { exportId } = (await makeExport(change)).json();
      return (await send('GET', `exports/${exportId}/content`)).json();
    };
    const keys = { keys: [...(await place.store.signingKeys.list())] };
    const whole = verifyDocument(await read({ mask: 'none' }), keys);
    expect(whole.findings).toContainEqual(expect.objectContaining({ code: 'content-hash', outcome: 'passed' }));
    const part = await read({ mask: 'none', sections: ['assets'] });
    expect(part.report).toMatchObject({ assets: [], roles: null, coverage: { lines: null, counts: { nothing: 2 } } });
    expect(part.export.leftOut).toEqual(['coverage-lines', 'roles']);
    expect(verifyDocument(part, keys).valid).toBe(true);
  });

  it('of a simulated report is a draft and says so everywhere', async () => {
    const { exportId } = (await makeExport({ source: { kind: 'report', id: simulated.reportId }, draft: true })).json();
    const document = (await send('GET', `exports/${exportId}/content`)).json();
    expect(document.export).toMatchObject({ draft: true, notices: [{ zh: expect.stringContaining('草稿') }] });
    const { findings } = verifyDocument(document, { keys: [...(await place.store.signingKeys.list())] });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'draft' }));
  });

  it('is only for whoever made it, once per key, and not after its time', async () => {
    const key = 'export-key-000000000001';
    const first = await makeExport({}, { key });
    const again = await makeExport({}, { key });
    expect([again.json(), again.headers.get('idempotency-replayed')]).toEqual([first.json(), 'true']);
    const { exportId } = first.json();
    expect((await send('GET', `exports/${exportId}`, { token: tokens.qian })).status).toBe(404);
    expect((await send('GET', `exports/${exportId}/content`, { token: tokens.qian })).status).toBe(404);
    await behind.query("UPDATE exports SET expires_at = now() - interval '1 second' WHERE export_id = $1", [exportId]);
    expect((await send('GET', `exports/${exportId}`)).json()).toMatchObject({ state: 'expired' });
    expect(problem(await send('GET', `exports/${exportId}/content`))).toMatchObject({ status: 410, code: 'expired' });
    const before = new Date();
    await place.store.retention.cull({ rule: 'exports', before, after: null, limit: 100 });
    const { rows } = await behind.query('SELECT content, hash, culled_by FROM exports WHERE export_id = $1', [
      exportId,
    ]);
    expect(rows[0]).toMatchObject({
      content: null,
      hash: first.json().hash,
      culled_by: expect.stringMatching(/^crt_/),
    });
    expect(problem(await send('GET', `exports/${exportId}/content`))).toMatchObject({ status: 410 });
    await expect(place.store.retention.count('exports', before).then(({ due }) => due)).resolves.toBe(0);
  });
});

describe('verification', () => {
  const verify = async (body: object) => {
    const reply = await send('POST', 'verify', { body, token: null, key: null });
    return [reply.status, reply.status === 200 ? verifyViewSchema.parse(reply.json()) : reply.json().code];
  };
  const about = ({ reportId, reportVersion }: Report) => ({ reportId, reportVersion });

  it('tells anybody with hash or code that a version is ours, and what superseded it', async () => {
    const { sealedAt } = real.signature!.claims;
    const valid = { result: 'valid', sealedAt, signed: true, supersededBy: null };
    expect(await verify({ ...about(real), contentHash: real.contentHash })).toEqual([200, valid]);
    expect(await verify({ ...about(real), code: verificationCode(real).toLowerCase() })).toEqual([200, valid]);
    expect(await verify({ ...about(simulated), contentHash: simulated.contentHash })).toMatchObject([
      200,
      { result: 'valid', supersededBy: about(real) },
    ]);
  });

  it('tells nothing apart that is wrong', async () => {
    for (const body of [
      { ...about(real), contentHash: simulated.contentHash },
      { ...about(real), reportVersion: 9, contentHash: real.contentHash },
      { ...about(real), code: verificationCode(simulated) },
      { reportId: 'rep_none', reportVersion: 1, contentHash: real.contentHash },
    ])
      expect(await verify(body)).toEqual([200, { result: 'not-valid' }]);
    expect(await verify(about(real))).toEqual([400, 'validation']);
  });

  it('is counted per address', async () => {
    const limited = await place.another({
      settings: {
        ...place.parts.settings,
        controlUrl: `tcp://127.0.0.1:${await ownPort()}`,
        rateLimits: { ...place.parts.settings.rateLimits, verify: { quota: 2, windowSeconds: 60 } },
      },
    });
    const body = { ...about(real), contentHash: real.contentHash };
    const statuses = [];
    for (let no = 0; no < 3; no += 1)
      statuses.push(
        (await call(limited.url, { method: 'POST', path: 'verify' }, { body, token: null, key: null })).status,
      );
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe('legal holds', () => {
  it('are placed and lifted with a reason, by whoever may, and seen in their own court only', async () => {
    const { installation } = place.parts;
    const [zhao] = installation.officers;
    const person = (userId: string, courtCode: string) => ({
      ...zhao!,
      userId,
      courtCode,
      roles: ['court-admin' as const],
    });
    const token = (name: string, userId: string, text: string) => ({
      ...{ tokenId: `tok_${name}`, userId, tokenHash: hashToken(text), scopes: null, expiresAt: null },
    });
    const stranger = 'ckt_strange-000000000000000000000';
    const gateway = await place.another({
      installation: {
        ...installation,
        officers: [...installation.officers, person('usr_admin', '990100'), person('usr_strange', '990200')],
        tokens: [...installation.tokens, token('admin', 'usr_admin', admin), token('strange', 'usr_strange', stranger)],
      },
    });
    const as =
      (who: string) =>
      (method: string, path: string, asking: Asking = {}) =>
        call(gateway.url, { method, path }, { token: who, ...asking });
    const mine = as(admin);
    const body = { target: { caseId }, reason: '关联刑事案件' };
    expect(problem(await mine('POST', 'legal-holds', { body: { target: { caseId } } }))).toMatchObject({
      status: 403,
      code: 'reason-required',
    });
    expect(problem(await as(tokens.zhao)('POST', 'legal-holds', { body }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    expect(problem(await as(stranger)('POST', 'legal-holds', { body }))).toMatchObject({ status: 404 });
    const placed = await mine('POST', 'legal-holds', { body });
    const hold = holdViewSchema.parse(placed.json());
    expect([placed.status, hold]).toMatchObject([
      201,
      { caseId, inquiryId: null, placedBy: 'usr_admin', liftedAt: null },
    ]);
    const other = await mine('POST', 'legal-holds', { body: { target: { inquiryId }, reason: 'x' } });
    expect(other.json()).toMatchObject({ caseId, inquiryId });
    expect((await mine('GET', 'legal-holds')).json().items).toHaveLength(2);
    expect((await as(stranger)('GET', 'legal-holds')).json().items).toEqual([]);
    expect((await as(stranger)('GET', `legal-holds/${hold.holdId}`)).status).toBe(404);

    const path = `legal-holds/${hold.holdId}`;
    const headers = { 'x-purpose': encodeURIComponent('刑事案件已结') };
    expect(problem(await mine('DELETE', path))).toMatchObject({
      status: 403,
      code: 'reason-required',
      at: ['X-Purpose'],
    });
    expect(problem(await as(stranger)('DELETE', path, { headers }))).toMatchObject({ status: 404 });
    for (let no = 0; no < 2; no += 1)
      expect((await mine('DELETE', path, { headers })).json()).toMatchObject({ liftedBy: 'usr_admin' });
    expect((await ledger('hold.placed')).map(({ body: { objectId } }) => objectId)).toEqual([
      hold.holdId,
      other.json().holdId,
    ]);
    expect(await ledger('hold.lifted')).toMatchObject([
      { body: { objectId: hold.holdId, caseId, detail: { inquiryId: null } } },
      { body: { objectId: hold.holdId, caseId, detail: { again: true } } },
    ]);
  });
});

describe('messages removed by age', () => {
  it('are gone with date and certificate, never an empty list, and previewed in numbers', async () => {
    const stored = await place.store.inquiries.get(inquiryId, 'inside');
    const line = stored?.plan.find(({ agencyId }) => agencyId === 'vehicle.jing');
    const rows = await place.store.journal.answers(inquiryId);
    const before = rows.flatMap(({ answers }) => answers).find(({ agencyId }) => agencyId === 'vehicle.jing')!;
    const answerId = before.answerId.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z'));
    const entry = { inquiryId, channelId: line?.channelId ?? '', shardNo: line?.shardNo ?? 0, fence: null };
    await place.store.journal.append([
      { ...entry, answers: [{ answer: { ...before, answerId }, raw: [Buffer.from('<a/>')] }] },
    ]);
    await place.store.inquiries.close(inquiryId, new Date('2020-01-01T00:00:00Z'));
    const path = `answers/${answerId}/raw?inquiryId=${inquiryId}`;
    const headers = { 'x-purpose': encodeURIComponent('核对原文') };
    expect((await send('GET', path, { headers })).json()).toMatchObject({
      ...{ signatureStatus: 'absent', receivedAt: before.receivedAt },
      messages: [{ signatureStatus: 'absent', hash: expect.stringMatching(/^sha256:/) }],
    });

    await behind.query('UPDATE inquiries SET closed_at = $1 WHERE inquiry_id = $2', ['2020-01-01', inquiryId]);
    await behind.query("UPDATE legal_holds SET lifted_by = 'x', lifted_at = now() WHERE lifted_at IS NULL");
    const preview = async () => (await send('GET', 'retention/preview', { token: tokens.sun })).json();
    expect((await preview()).rules[0]).toMatchObject({ rule: 'raw-messages', due: 1, held: 0 });
    expect(problem(await send('GET', 'retention/preview'))).toMatchObject({ status: 403 });
    const culled = await place.store.retention.cull({
      rule: 'raw-messages',
      before: new Date('2021-01-01'),
      after: null,
      limit: 10,
    });
    if (culled === 'busy' || culled.certificateId === null) throw new Error('nothing was removed');
    const gone = await send('GET', path, { headers });
    expect(problem(gone)).toMatchObject({ status: 410, code: 'expired' });
    expect(gone.json().detail).toContain(culled.certificateId);
    expect((await send('GET', `answers/${answerId}?inquiryId=${inquiryId}`)).json()).toMatchObject({
      rawHash: before.rawHash,
    });
    expect((await preview()).rules[0]).toMatchObject({ due: 0 });
  });
});
