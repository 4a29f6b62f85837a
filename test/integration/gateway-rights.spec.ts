import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RegisteredOfficer, RoleName, Said } from '#contracts';
import pg from 'pg';
import { account } from '../../libs/inquiry/src/made-up-answers.spec.ts';
import {
  type Asking,
  type GatewayPlace,
  hear,
  newCase,
  newDebtor,
  nothing,
  pdf,
  type Prepared,
  prepare,
  problem,
  startGatewayPlace,
  tokenOf,
  tokens,
  upload,
} from './gateway-place.ts';

const person = (name: string, courtCode: string, roles: RoleName[]): RegisteredOfficer => ({
  ...{ userId: `usr_${name}`, name, courtCode, courtName: courtCode, roles, agencyIds: [], phone: null },
  ...{ workCardNo: 'GZ9', workCardFile: null, dutyCardNo: 'GW9', dutyCardFile: null, registrations: [] },
});
const staff = [
  person('chief', '990100', ['approver']),
  person('admin', '990100', ['court-admin']),
  person('mate', '990100', ['officer']),
  person('chief2', '990200', ['approver']),
  person('upper', '990001', ['approver']),
  person('upperadmin', '990001', ['court-admin']),
  person('watch', '990001', ['auditor']),
  person('strict', '990300', ['officer']),
  person('strict2', '990300', ['officer']),
  person('strictchief', '990300', ['approver']),
];
const by = (name: string): Asking => ({ token: tokenOf(`usr_${name}`) });
const qian = { token: tokens.qian };

let place: GatewayPlace;
const call: GatewayPlace['call'] = (method, path, asking) => place.call(method, path, asking);
beforeAll(async () => {
  place = await startGatewayPlace({ staff, officersSee: { '990300': 'assigned' } });
}, 120_000);
afterAll(() => place.stop());

interface Running extends Prepared {
  readonly inquiryId: string;
  readonly reportId: string;
}

/** An inquiry under way: one agency has answered, a version is cut. */
async function running(): Promise<Running> {
  const prepared = await prepare({ call });
  const { inquiryId } = (await call('POST', 'inquiries', { body: prepared.body })).json();
  await hear(place.store, inquiryId, { 'registry.jing': nothing });
  const { reportId } = (await call('POST', `inquiries/${inquiryId}/report-versions`)).json();
  return { ...prepared, inquiryId, reportId };
}

const order = (fileId: string, more: object = {}) => ({
  toCourtCode: '990200',
  kind: 'crossed',
  orderedBy: '990001',
  documentNumber: '（2026）京99执他1号',
  fileId,
  reason: '交叉执行',
  ...more,
});

/** Every way to one object of a case. `acts` change something. */
const readsOf = ({ caseId, debtorId, inquiryId, reportId }: Running): string[] => [
  `cases/${caseId}`,
  `cases/${caseId}/officers`,
  `cases/${caseId}/hand-overs`,
  `debtors/${debtorId}`,
  `inquiries/${inquiryId}`,
  `inquiries/${inquiryId}/lines`,
  `inquiries/${inquiryId}/requeries`,
  `inquiries/${inquiryId}/report`,
  `inquiries/${inquiryId}/report-versions`,
  `reports/${reportId}`,
];
const payloadOf = ({ inquiryId, reportId }: Running): string[] => [
  `inquiries/${inquiryId}/report`,
  `inquiries/${inquiryId}/report-versions`,
  `reports/${reportId}`,
];
const actsOf = ({ caseId, inquiryId }: Running): [string, string, unknown][] => [
  ['POST', `cases/${caseId}/debtors`, newDebtor()],
  ['POST', `cases/${caseId}/officers`, { userId: 'usr_mate', reason: 'x' }],
  ['POST', `inquiries/${inquiryId}/requeries`, { lines: 'all-unanswered', reason: 'x' }],
  ['POST', `inquiries/${inquiryId}/cancellation`, { lines: 'all-open', reason: 'x' }],
  ['POST', `inquiries/${inquiryId}/pause`, { reason: 'x' }],
  ['DELETE', `inquiries/${inquiryId}/pause`, undefined],
  ['POST', `inquiries/${inquiryId}/report-versions`, undefined],
];
const statuses = async (paths: readonly string[], asking: Asking) =>
  Object.fromEntries(await Promise.all(paths.map(async (path) => [path, (await call('GET', path, asking)).status])));
const all = (paths: readonly string[], status: number) => Object.fromEntries(paths.map((path) => [path, status]));

describe('rows of another court', () => {
  it('are not there: neither one by one, nor in a list, nor to act on', async () => {
    const target = await running();
    expect(await statuses(readsOf(target), qian)).toEqual(all(readsOf(target), 404));
    for (const [method, path, body] of actsOf(target))
      expect([path, (await call(method, path, { ...qian, body })).status]).toEqual([path, 404]);
    for (const list of ['cases?limit=200', 'inquiries?limit=200', `inquiries?caseId=${target.caseId}`])
      expect((await call('GET', list, qian)).text).not.toContain(target.caseId);
    expect((await call('GET', 'inquiries?limit=200')).text).toContain(target.inquiryId);
    const asked = await call('POST', 'inquiries', { ...qian, body: target.body });
    expect(asked.status).toBe(422);
    expect(await statuses(readsOf(target), {})).toEqual(all(readsOf(target), 200));
  });

  it('are no matter of operators and auditors at all', async () => {
    const target = await running();
    for (const asking of [{ token: tokens.sun }, by('watch')])
      for (const path of readsOf(target)) expect((await call('GET', path, asking)).status).toBe(403);
  });
});

describe('the asking without the payload', () => {
  it('is what superiors and administrators see of the courts below', async () => {
    const target = await running();
    const asking = readsOf(target).filter((path) => !payloadOf(target).includes(path));
    for (const name of ['upper', 'upperadmin', 'admin']) {
      expect([name, await statuses(asking, by(name))]).toEqual([name, all(asking, 200)]);
      for (const path of payloadOf(target)) expect([403, 404]).toContain((await call('GET', path, by(name))).status);
      const view = (await call('GET', `inquiries/${target.inquiryId}`, by(name))).json();
      expect(view).toMatchObject({ payload: 'withheld', counts: { asked: 3, nothing: 1 } });
      const { items } = (await call('GET', `inquiries/${target.inquiryId}/lines`, by(name))).json();
      expect(new Set(items.map((line: any) => `${line.payload} ${line.assetCount} ${line.candidateCount}`))).toEqual(
        new Set(['withheld null null']),
      );
      expect((await call('GET', 'inquiries?limit=200', by(name))).text).toContain(target.inquiryId);
    }
    expect((await call('GET', `inquiries/${target.inquiryId}`, by('chief'))).json().payload).toBe('shown');
    expect(await statuses(payloadOf(target), by('chief'))).toEqual(all(payloadOf(target), 200));
  });

  it('is refused in words where the inquiry is seen, and may not be acted on', async () => {
    const { inquiryId, caseId } = await running();
    expect(problem(await call('GET', `inquiries/${inquiryId}/report`, by('upper')))).toMatchObject({
      code: 'not-allowed',
    });
    const body = { userId: 'usr_mate', reason: 'x' };
    expect(problem(await call('POST', `cases/${caseId}/officers`, { ...by('upper'), body }))).toMatchObject({
      code: 'not-allowed',
    });
  });
});

/** A stream as far as it goes in a moment. */
async function streamed(inquiryId: string, asking: Asking): Promise<string> {
  const response = await fetch(`${place.gateway.url}/api/v1/inquiries/${inquiryId}/events?after=0`, {
    headers: { authorization: `Bearer ${asking.token}` },
    signal: AbortSignal.timeout(10_000),
  });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('event: line')) break;
  }
  return text;
}

describe('what was found', () => {
  it('stands nowhere for those who see the asking only: no sum, no number of assets', async () => {
    const { body } = await prepare({ call });
    const { inquiryId } = (await call('POST', 'inquiries', { body })).json();
    const { signal: _, ...said } = nothing as Extract<Said, { verdict: 'nothing' }>;
    await hear(place.store, inquiryId, { 'bank.bailu': { ...said, verdict: 'found', assets: [account(), account()] } });
    await call('POST', `inquiries/${inquiryId}/cancellation`, { body: { lines: 'all-open', reason: 'x' } });
    await place.store.inquiries.close(inquiryId, new Date());
    const read = async (asking: Asking) =>
      (
        await Promise.all([
          call('GET', `inquiries/${inquiryId}`, asking).then(({ text }) => text),
          call('GET', `inquiries/${inquiryId}/lines`, asking).then(({ text }) => text),
          streamed(inquiryId, asking),
        ])
      ).join('\n');
    const whole = await read({ token: tokens.zhao });
    expect(whole).toMatch(/¥/);
    expect(whole).toMatch(/"assetCount":[12]/);
    for (const name of ['upper', 'admin', 'upperadmin']) {
      const told = await read(by(name));
      expect([name, told.includes('"verdict":"found"')]).toEqual([name, true]);
      expect(told).not.toMatch(/¥|"assetCount":[0-9]|"candidateCount":[0-9]|"dropped":\{/);
    }
  });
});

describe('the ledger', () => {
  it('has what was assigned, handed over and changed, with its reason sealed, and every act that was refused', async () => {
    const refuse = () => call('GET', 'users', by('strict2'));
    await Promise.all([refuse(), refuse(), refuse()]);
    const { caseId, fileId } = await prepare({ call });
    const body = { userId: 'usr_mate', reason: '人手不足' };
    await call('POST', `cases/${caseId}/officers`, { ...by('chief'), body });
    await call('POST', `cases/${caseId}/hand-overs`, { ...by('chief'), body: order(fileId) });
    await call('GET', `cases/${caseId}/hand-overs`);
    await call('GET', `cases/${caseId}/hand-overs`, qian);
    const db = new pg.Client({ connectionString: place.databaseUrl });
    await db.connect();
    const { rows } = await db.query<{ action: string; body: string }>(
      'SELECT action, body FROM audit_events ORDER BY seq',
    );
    await db.end();
    const told = rows.map(({ action, body: text }) => ({ action, ...JSON.parse(text) }));
    expect(told.filter((each) => each.caseId === caseId).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['case.assigned', 'case.handed-over']),
    );
    expect(told.find((each) => each.action === 'case.handed-over' && each.caseId === caseId)?.detail).toMatchObject({
      ...{ kind: 'crossed', fromCourtCode: '990100', toCourtCode: '990200', readers: 8 },
    });
    const views = told.filter((each) => each.action === 'case.read' && each.caseId === caseId);
    expect(views.map(({ actor, detail }) => `${actor.userId} ${detail.by}`)).toEqual([
      'usr_zhao hand-over',
      'usr_qian undefined',
    ]);
    const denied = told.filter(({ action, actor }) => action === 'access.denied' && actor.userId === 'usr_strict2');
    const refusal = { result: 'refused', detail: { route: '/api/v1/users', code: 'not-allowed' } };
    expect(denied).toMatchObject([refusal, refusal, refusal]);
    expect(JSON.stringify(told)).not.toContain('人手不足');
  });
});

describe('assignment', () => {
  it('keeps who works on a case, by whom and why, among officers of its court', async () => {
    const { caseId } = await prepare({ call });
    const path = `cases/${caseId}/officers`;
    const assign = (name: string, asking: Asking = {}) =>
      call('POST', path, { ...asking, body: { userId: `usr_${name}`, reason: '人手不足' } });
    expect((await call('GET', path)).json().items).toMatchObject([{ userId: 'usr_zhao', reason: null, until: null }]);
    expect((await assign('mate', by('chief'))).status).toBe(201);
    expect(problem(await assign('mate'))).toMatchObject({ code: 'state-conflict' });
    for (const wrong of ['qian', 'chief', 'nobody'])
      expect(problem(await assign(wrong))).toEqual({ status: 400, code: 'validation', at: ['/userId'] });
    expect(problem(await call('DELETE', `${path}/usr_zhao`))).toMatchObject({ code: 'reason-required' });
    const reason = { 'x-reason': encodeURIComponent('调离') };
    expect(problem(await call('DELETE', `${path}/usr_mate`, { headers: reason }))).toMatchObject({
      code: 'not-allowed',
    });
    const { items } = (await call('DELETE', `${path}/usr_zhao`, { headers: reason })).json();
    expect(items).toMatchObject([
      { userId: 'usr_zhao', endedBy: 'usr_zhao', endReason: '调离', until: expect.any(String) },
      { userId: 'usr_mate', assignedBy: 'usr_chief', reason: '人手不足', until: null },
    ]);
    const last = await call('DELETE', `${path}/usr_mate`, { ...by('mate'), headers: reason });
    expect(problem(last)).toMatchObject({ code: 'state-conflict' });
    expect(problem(await assign('zhao'))).toMatchObject({ code: 'not-allowed' }); // works on it no more
  });

  it('decides what officers of a strict court see', async () => {
    const at = { ...newCase, courtCode: '990300' };
    const { caseId } = (await call('POST', 'cases', { ...by('strict'), body: at })).json();
    const see = async (name: string) => {
      const listed = (await call('GET', 'cases', by(name))).text.includes(caseId);
      return [(await call('GET', `cases/${caseId}`, by(name))).status, listed];
    };
    expect(await see('strict')).toEqual([200, true]);
    expect(await see('strict2')).toEqual([404, false]);
    expect(await see('strictchief')).toEqual([200, true]);
    const body = { userId: 'usr_strict2', reason: '分案' };
    const key = 'assign-strict2-000001';
    const first = await call('POST', `cases/${caseId}/officers`, { ...by('strict'), body, key });
    const again = await call('POST', `cases/${caseId}/officers`, { ...by('strict'), body, key });
    expect([first.status, again.json()]).toEqual([201, first.json()]);
    expect(await see('strict2')).toEqual([200, true]);
    const headers = { 'x-reason': 'x' };
    await call('DELETE', `cases/${caseId}/officers/usr_strict`, { ...by('strictchief'), headers });
    expect(await see('strict')).toEqual([404, false]);
  });
});

describe('a hand-over', () => {
  it('of a running inquiry takes everything along and leaves the old court its reading', async () => {
    const target = await running();
    const { caseId, inquiryId } = target;
    const [handed] = [await call('POST', `cases/${caseId}/hand-overs`, { ...by('chief'), body: order(target.fileId) })];
    expect(handed.json()).toMatchObject({
      fromCourtCode: '990100',
      toCourtCode: '990200',
      kind: 'crossed',
      readers: 8,
    });

    expect(await statuses(readsOf(target), qian)).toEqual(all(readsOf(target), 200));
    expect((await call('GET', 'inquiries?limit=200', qian)).text).toContain(inquiryId);
    expect((await call('GET', `cases/${caseId}`, qian)).json()).toMatchObject({ courtCode: '990200' });

    expect(await statuses(readsOf(target), {})).toEqual(all(readsOf(target), 200));
    expect((await call('GET', 'inquiries?limit=200')).text).toContain(inquiryId);
    expect((await call('GET', `inquiries/${inquiryId}`, by('admin'))).json().payload).toBe('withheld');
    for (const [method, path, body] of actsOf(target))
      expect([method, path, (await call(method, path, { body })).status]).toEqual([method, path, 403]);
    expect(problem(await call('POST', 'inquiries', { body: target.body }))).toMatchObject({ code: 'not-allowed' });

    await hear(place.store, inquiryId, { 'bank.bailu': nothing }); // it goes on meanwhile
    expect((await call('GET', `inquiries/${inquiryId}`, qian)).json().counts.nothing).toBe(2);
    for (const [method, path, body] of [
      ['POST', `inquiries/${inquiryId}/pause`, { reason: 'x' }],
      ['DELETE', `inquiries/${inquiryId}/pause`, undefined],
      ['POST', `cases/${caseId}/debtors`, newDebtor()],
      ['POST', `inquiries/${inquiryId}/cancellation`, { lines: 'all-open', reason: 'x' }],
      ['POST', `inquiries/${inquiryId}/requeries`, { lines: 'all-unanswered', reason: 'x' }],
    ] as const)
      expect([path, (await call(method, path, { ...qian, body })).status < 300]).toEqual([path, true]);
    const body = { ...target.body, reason: '移送后复查' };
    const asked = await call('POST', 'inquiries', { ...qian, body }); // on the document of the case
    expect(asked.status).toBe(202);
    expect((await call('GET', `inquiries/${asked.json().inquiryId}`)).status).toBe(200);
  });

  it('can be followed by another one, and back; nobody reads by an old leave what is theirs again', async () => {
    const target = await running();
    const path = `cases/${target.caseId}/hand-overs`;
    await call('POST', path, { ...by('chief'), body: order(target.fileId) });
    const { fileId } = (await call('POST', 'files', { ...qian, raw: upload(pdf) })).json();
    const back = order(fileId, { toCourtCode: '990100', kind: 'designated' });
    const key = 'hand-back-0000000001';
    const first = await call('POST', path, { ...by('chief2'), body: back, key });
    expect(first.status).toBe(201);
    expect((await call('POST', path, { ...by('chief2'), body: back, key })).json()).toEqual(first.json());
    expect((await call('GET', path)).json().items).toHaveLength(2);
    expect((await call('POST', `inquiries/${target.inquiryId}/pause`, { body: { reason: 'x' } })).status).toBe(200);
    expect((await call('GET', `inquiries/${target.inquiryId}`, qian)).status).toBe(200);
    expect((await call('POST', `inquiries/${target.inquiryId}/pause`, { ...qian, body: { reason: 'x' } })).status).toBe(
      403,
    );
    const { items } = (await call('GET', `cases/${target.caseId}/officers`)).json();
    expect(items).toMatchObject([{ userId: 'usr_zhao', endReason: '交叉执行' }]);
  });

  it('is refused with every rule it breaks', async () => {
    const { caseId, fileId } = await prepare({ call });
    const refused = async (more: object) => {
      const asked = await call('POST', `cases/${caseId}/hand-overs`, { ...by('chief'), body: order(fileId, more) });
      return [asked.status, asked.json().errors?.map((item: any) => item.rule ?? item.code)];
    };
    expect(await refused({ kind: 'raised' })).toEqual([400, ['to-superior', 'by-itself']]);
    expect(await refused({ kind: 'crossed', toCourtCode: '990001' })).toEqual([400, ['same-level', 'by-superior']]);
    expect(await refused({ toCourtCode: '999', fileId: 'file_none' })).toEqual([400, ['to-known', 'unknown-file']]);
    expect((await call('POST', `cases/${caseId}/hand-overs`, { body: order(fileId) })).status).toBe(403); // an officer
  });
});

describe('people and roles', () => {
  it('are those of the own court and below, and are changed by somebody else only', async () => {
    const listed = (await call('GET', 'users?limit=200', by('admin'))).json().items;
    expect(new Set(listed.map((each: any) => each.courtCode))).toEqual(new Set(['990100']));
    const above = (await call('GET', 'users?limit=200', by('upperadmin'))).json().items;
    expect(above.map((each: any) => each.userId)).toEqual(
      expect.arrayContaining(['usr_qian', 'usr_upper', 'usr_mate']),
    );
    const change = (userId: string, roles: RoleName[], asking: Asking = by('admin')) =>
      call('PUT', `users/${userId}/roles`, { ...asking, body: { roles, reason: 'x' } });
    expect(problem(await change('usr_admin', ['approver']))).toMatchObject({ code: 'own-draft' });
    expect(problem(await change('usr_qian', ['approver']))).toMatchObject({ code: 'not-found' });
    expect(problem(await change('usr_mate', ['officer', 'auditor']))).toMatchObject({ code: 'validation' });
    expect(problem(await change('usr_mate', ['clerk']))).toMatchObject({ code: 'validation' });
    expect(problem(await change('usr_mate', ['officer'], by('chief')))).toMatchObject({ code: 'not-allowed' });
  });

  it('suspended somebody is refused everything, on every replica within five seconds', async () => {
    const replica = await place.another({});
    const at = async () =>
      (await fetch(`${replica.url}/api/v1/me`, { headers: { authorization: `Bearer ${by('mate').token}` } })).status;
    expect(await at()).toBe(200);
    const change = (roles: RoleName[]) =>
      call('PUT', 'users/usr_mate/roles', { ...by('admin'), body: { roles, reason: '停职' } });
    expect((await change([])).json()).toMatchObject({
      roles: [],
      registeredRoles: ['officer'],
      changedBy: 'usr_admin',
    });
    expect((await call('GET', 'cases', by('mate'))).status).toBe(403);
    const endsAt = Date.now() + 5_000;
    while ((await at()) !== 403 && Date.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await at()).toBe(403);
    await change(['officer']);
    expect((await call('GET', 'cases', by('mate'))).status).toBe(200);
  }, 20_000);

  it('of the caller are told with packed rules', async () => {
    const me = (await call('GET', 'me', by('upper'))).json();
    expect(me.rules.length).toBeGreaterThan(3);
    expect(JSON.stringify(me.rules)).toContain('990300'.slice(0, 3));
  });
});
