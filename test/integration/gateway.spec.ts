import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseViewSchema, debtorViewSchema, inquiryViewSchema, reportSchema } from '#contracts';
import { zipSync } from 'fflate';
import {
  canary,
  type GatewayPlace,
  call,
  newCase,
  newDebtor,
  pdf,
  prepare,
  problem,
  startGatewayPlace,
  tokens,
  upload,
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

const ask = async (scope: object = {}) => {
  const prepared = await prepare(place, scope);
  const reply = await send('POST', 'inquiries', { body: prepared.body });
  expect([reply.status, reply.text]).toEqual([202, expect.anything()]);
  return { ...prepared, inquiry: inquiryViewSchema.parse(reply.json()) };
};
const merge = async (inquiryId: string) => {
  await place.store.inquiries.close(inquiryId, new Date());
  const reply = await send('POST', `inquiries/${inquiryId}/report-versions`);
  expect(reply.status).toBe(201);
  return reportSchema.parse(reply.json());
};

describe('access', () => {
  it('needs a token that is known, valid and has the scope', async () => {
    expect(problem(await send('GET', 'me', { token: null }))).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(problem(await send('GET', 'me', { token: 'ckt_guessed-0000000000000000' }))).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    });
    expect(problem(await send('GET', 'me', { token: tokens.old }))).toMatchObject({
      status: 401,
      code: 'token-expired',
    });
    expect(problem(await send('GET', 'nowhere', { token: null }))).toMatchObject({ status: 401 });
    expect(problem(await send('GET', '/%61pi/v1/me', { token: null }))).toMatchObject({ status: 401 });
    expect(problem(await send('GET', 'channels'))).toMatchObject({ status: 403, code: 'not-allowed' });
    expect(problem(await send('GET', 'cases', { token: tokens.sun }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    expect(problem(await send('POST', 'cases', { token: tokens.reader, body: newCase }))).toMatchObject({
      status: 403,
    });
    const me = await send('GET', 'me');
    expect(me.json()).toMatchObject({
      userId: 'usr_zhao',
      courtCode: '990100',
      scopes: expect.arrayContaining(['inquiries:write']),
    });
    expect(me.headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=60$/);
  });

  it('counts the calls of each token', async () => {
    const gateway = await place.another({
      settings: {
        ...place.parts.settings,
        controlUrl: 'tcp://127.0.0.1:0',
        rateLimits: { default: { quota: 3, windowSeconds: 60 } },
      },
    });
    const get = () => call(gateway.url, { method: 'GET', path: 'me' });
    const replies = [await get(), await get(), await get(), await get()];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(replies[3]?.headers.get('retry-after')).toBeTruthy();
  });

  it('shows another court nothing, not even that it is there', async () => {
    const { caseId, debtorId, inquiry, fileId } = await ask();
    const { reportId } = await merge(inquiry.inquiryId);
    const own = `inquiries/${inquiry.inquiryId}`;
    for (const path of [
      `cases/${caseId}`,
      `debtors/${debtorId}`,
      own,
      `${own}/lines`,
      `${own}/report`,
      `${own}/report-versions`,
      `${own}/events`,
      `reports/${reportId}`,
    ]) {
      expect({ path, ...problem(await send('GET', path, { token: tokens.qian })) }).toMatchObject({
        path,
        status: 404,
        code: 'not-found',
      });
    }
    for (const [path, body] of [
      [`cases/${caseId}/debtors`, newDebtor()],
      [`${own}/requeries`, { lines: 'all-unanswered', reason: 'x' }],
      [`${own}/cancellation`, { lines: 'all-open', reason: 'x' }],
      [`${own}/report-versions`, undefined],
    ] as const) {
      expect({ path, ...problem(await send('POST', path, { token: tokens.qian, body })) }).toMatchObject({
        path,
        status: 404,
      });
    }
    const foreign = {
      caseId,
      debtorId,
      purpose: 'execution',
      scope: { categories: 'all', agencies: 'all-entitled' },
      legal: { documentName: 'n', documentNumber: '1', fileId },
    };
    expect(problem(await send('POST', 'inquiries', { token: tokens.qian, body: foreign }))).toMatchObject({
      status: 422,
      code: 'purpose-guard',
      at: expect.arrayContaining(['/caseId', '/debtorId', '/legal/fileId']),
    });
    expect((await send('GET', 'cases', { token: tokens.qian })).json().items).toEqual([]);
    expect(problem(await send('POST', 'cases', { token: tokens.qian, body: newCase }))).toMatchObject({
      status: 403,
      at: ['/courtCode'],
    });
  });
});

describe('a problem', () => {
  it('is said of whatever cannot be read', async () => {
    const json = { 'content-type': 'application/json' };
    expect(problem(await send('POST', 'cases', { raw: '{"caseNumber":', headers: json }))).toMatchObject({
      status: 400,
      code: 'malformed',
    });
    expect(problem(await send('POST', 'cases', { raw: '', headers: json }))).toMatchObject({
      status: 400,
      code: 'malformed',
    });
    expect(problem(await send('POST', 'cases', { raw: '{"__proto__":{"a":1}}', headers: json }))).toMatchObject({
      status: 400,
    });
    expect(
      problem(
        await send('POST', 'cases', { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      ),
    ).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    expect(
      problem(await send('POST', 'cases', { raw: 'text', headers: { 'content-type': 'text/plain' } })),
    ).toMatchObject({ status: 415 });
    expect(problem(await send('POST', 'cases', { raw: upload(pdf) }))).toMatchObject({ status: 415 });
    expect(
      problem(await send('POST', 'cases', { raw: JSON.stringify({ a: 'x'.repeat(1_100_000) }), headers: json })),
    ).toMatchObject({ status: 413, code: 'too-large' });
    expect(problem(await send('POST', 'cases'))).toMatchObject({ status: 400, code: 'validation' });
    expect(problem(await send('GET', '/api/v1/%zz'))).toMatchObject({ status: 400, code: 'malformed' });
    expect(problem(await send('GET', '/nowhere', { token: null }))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await send('PUT', 'cases', { body: {} }))).toMatchObject({ status: 404 });
    for (const id of ['case_', 'inq_1', `case_${'1'.repeat(300)}`, '..%2f..%2fme', 'case_%00', canary.number]) {
      expect({ id, ...problem(await send('GET', `cases/${id}`)) }).toMatchObject({
        id,
        code: expect.stringMatching(/not-found|malformed/),
      });
    }
  });

  it('names everything at once, with pointer and fix, and never a value', async () => {
    const body = {
      ...newCase,
      caseNumber: 12,
      claim: { amount: '1e5', currency: canary.name },
      filedOn: canary.number,
      [canary.name]: 1,
      colour: 'red',
    };
    const reply = await send('POST', 'cases', { body });
    expect(problem(reply)).toMatchObject({ status: 400, code: 'validation' });
    expect(problem(reply).at.toSorted((one = '', other = '') => (one < other ? -1 : 1))).toEqual([
      '/?',
      '/caseNumber',
      '/claim/amount',
      '/claim/currency',
      '/colour',
      '/filedOn',
    ]);
    expect(
      reply.json().errors.every(({ fix, detail }: { fix: string; detail: string }) => fix !== '' && detail !== ''),
    ).toBe(true);
    const nested = {
      ...(await prepare(place)).body,
      scope: { categories: ['bank', 'spaceship'], agencies: ['Not An Id'], except: 3 },
    };
    expect(problem(await send('POST', 'inquiries', { body: nested })).at).toEqual([
      '/scope/categories/1',
      '/scope/agencies/0',
      '/scope/except',
    ]);
    expect(problem(await send('GET', 'agencies?categroy=bank&limit=0'))).toMatchObject({
      status: 400,
      code: 'unknown-parameter',
      at: expect.arrayContaining(['categroy', 'limit']),
    });
    expect(problem(await send('GET', 'me?x=1'))).toMatchObject({ status: 400, code: 'unknown-parameter', at: ['x'] });
    expect(problem(await send('GET', 'cases?limit=1&limit=2'))).toMatchObject({
      status: 400,
      code: 'validation',
      at: ['limit'],
    });
    expect(problem(await send('GET', 'cases?cursor=abc'))).toMatchObject({ status: 400, code: 'cursor-invalid' });
  });

  it('has a title in the language of the caller, a page, and the id of the request', async () => {
    const ask = (language: string) =>
      send('GET', 'nowhere', { headers: { 'accept-language': language, 'x-request-id': 'my-request-1' } });
    const [zh, en] = [await ask('zh-CN'), await ask('en-GB,en;q=0.8')];
    expect([zh.json().title, en.json().title]).toEqual(['未找到', 'Not found']);
    expect([zh.json().requestId, zh.headers.get('x-request-id')]).toEqual(['my-request-1', 'my-request-1']);
    const page = await send('GET', zh.json().type, { token: null });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('not-found')]);
    expect((await send('GET', 'me', { headers: { 'x-request-id': '<script>' } })).headers.get('x-request-id')).toMatch(
      /^req_/,
    );
  });
});

describe('a debtor', () => {
  const add = async (number: string, name = canary.name) =>
    send('POST', `cases/${(await prepare(place)).caseId}/debtors`, { body: newDebtor(number, name) });

  it('is entered with warnings, refused only where the number cannot be one', async () => {
    const codes = async (number: string, name?: string) =>
      debtorViewSchema.parse((await add(number, name)).json()).warnings.map(({ code }) => code);
    expect(await codes(canary.number)).toEqual([]);
    expect(await codes('110100199003074113')).toEqual(['checksum-failed']);
    expect(await codes('110100900307411')).toEqual(['id15-only']);
    expect(await codes(canary.number, '张𠮷')).toEqual(['rare-character']);
    expect(problem(await add('1101001990030741'))).toMatchObject({
      status: 400,
      code: 'validation',
      at: ['/ids/0/number'],
    });
    expect(problem(await add(canary.number, '   '))).toMatchObject({ status: 400, at: ['/name'] });
  });

  it('comes back masked, also in its case', async () => {
    const { caseId, debtorId } = await prepare(place);
    const read = await send('GET', `debtors/${debtorId}`);
    expect(debtorViewSchema.parse(read.json())).toMatchObject({
      nameMasked: '张*',
      ids: [{ numberMasked: '1101**********4112' }],
    });
    const file = await send('GET', `cases/${caseId}`);
    expect(caseViewSchema.parse(file.json()).debtors).toHaveLength(1);
    expect(read.text + file.text).not.toContain(canary.number);
    expect(file.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('a file', () => {
  it('is what its bytes say, under a harmless name', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    const types = await Promise.all(
      [
        upload(pdf, 'a.txt'),
        upload(png),
        upload('\u00ff\u00d8'),
        upload(zipSync({ 'OFD.xml': Buffer.from('<OFD/>') })),
      ].map(async (raw) => (await send('POST', 'files', { raw })).json()),
    );
    expect(types.map(({ fileType, code }) => fileType ?? code)).toEqual([
      'pdf',
      'png',
      'unsupported-media-type',
      'ofd',
    ]);
    expect((await send('POST', 'files', { raw: upload(pdf, '../../etc/pass"wd.pdf') })).json()).toMatchObject({
      fileName: expect.stringMatching(/^[^/"\\]+\.pdf$/),
    });
    expect(problem(await send('POST', 'files', { raw: upload(pdf, 'a.pdf', 'document') }))).toMatchObject({
      status: 400,
      at: ['/file'],
    });
    expect(problem(await send('POST', 'files', { body: {} }))).toMatchObject({ status: 415 });
    const huge = new Uint8Array(20_971_521);
    huge.set(new TextEncoder().encode(pdf));
    expect(problem(await send('POST', 'files', { raw: upload(huge) }))).toMatchObject({
      status: 413,
      code: 'too-large',
    });
  });
});

describe('what is logged and measured', () => {
  it('holds nobody’s name or number', async () => {
    const metrics = await send('GET', '/metrics', { token: tokens.sun });
    expect(metrics.text).toContain('route="/api/v1/cases/:caseId"');
    const all = place.logged.join('') + metrics.text;
    for (const value of Object.values(canary)) expect(all.includes(value)).toBe(false);
  });
});
