import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inquiryViewSchema, lineViewSchema, liveReportSchema, pageSchema, reportSchema } from '#contracts';
import {
  type GatewayPlace,
  call,
  hear,
  newCase,
  newDebtor,
  nothing,
  pdf,
  prepare,
  refused,
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
describe('a request with an idempotency key', () => {
  it('is done once, on every route that creates or sends', async () => {
    const { caseId, body, inquiry } = await ask();
    const own = `inquiries/${inquiry.inquiryId}`;
    await hear(place.store, inquiry.inquiryId, { 'bank.bailu': refused });
    const reason = 'again';
    const routes: [string, object, object, string?][] = [
      ['cases', newCase, { ...newCase, caseNumber: '（2026）京9901执2号' }],
      [`cases/${caseId}/debtors`, newDebtor(), newDebtor('110100199003074113')],
      [
        'inquiries',
        { ...body, reason: 'once more' },
        { ...body, scope: { categories: 'all', agencies: ['bank.bailu'], except: [] } },
      ],
      [`${own}/requeries`, { lines: 'all-unanswered', reason }, { lines: 'all-unanswered', reason: 'other' }],
      [`${own}/cancellation`, { lines: 'all-open', reason }, { lines: 'all-open', reason: 'other' }],
      ['channels/vehicle-national/pause', { reason }, { reason: 'other' }, tokens.sun],
      ['agencies/bank.bailu/pause', { reason }, { reason: 'other' }, tokens.sun],
      ['channels/vehicle-national/breaker-resets', { reason }, { reason: 'other' }, tokens.sun],
    ];
    for (const [path, first, other, token = tokens.zhao] of routes) {
      const key = randomUUID();
      expect({ path, ...problem(await send('POST', path, { body: first, key: null, token })) }).toMatchObject({
        path,
        status: 400,
        code: 'idempotency-key-required',
      });
      expect(problem(await send('POST', path, { body: first, key: 'short', token }))).toMatchObject({
        code: 'idempotency-key-required',
      });
      const together = await Promise.all([1, 2, 3].map(() => send('POST', path, { body: first, key, token })));
      const done = together.filter(({ status }) => status < 300);
      expect({
        path,
        others: together.filter(({ status }) => status >= 300 && status !== 409).map(({ text }) => text),
      }).toEqual({ path, others: [] });
      const again = await send('POST', path, { body: first, key, token });
      expect({ path, replayed: again.headers.get('idempotency-replayed') }).toEqual({ path, replayed: 'true' });
      for (const reply of done)
        expect([reply.status, reply.headers.get('location'), reply.json()]).toEqual([
          again.status,
          again.headers.get('location'),
          again.json(),
        ]);
      expect(problem(await send('POST', path, { body: other, key, token }))).toMatchObject({
        status: 422,
        code: 'idempotency-key-reused',
      });
    }
    for (const path of ['channels/vehicle-national/pause', 'agencies/bank.bailu/pause'])
      await send('DELETE', path, { token: tokens.sun });
    expect((await send('GET', `inquiries?caseId=${caseId}`)).json().items).toHaveLength(2);
  });

  it('is bound to the bytes of a file', async () => {
    const key = randomUUID();
    const first = await send('POST', 'files', { raw: upload(pdf), key });
    expect((await send('POST', 'files', { raw: upload(pdf), key })).json()).toEqual(first.json());
    expect(problem(await send('POST', 'files', { raw: upload(`${pdf} `), key }))).toMatchObject({
      code: 'idempotency-key-reused',
    });
  });
});

describe('an inquiry', () => {
  it('is previewed, accepted, and read', async () => {
    const { body, inquiry, caseId } = await ask();
    expect(inquiry).toMatchObject({
      status: 'running',
      counts: { asked: 3, answered: 0, noAnswer: 3 },
      latestReport: null,
    });
    expect(Date.parse(inquiry.dueAt) - Date.parse(inquiry.requestedAt)).toBe(86_400_000); // the longest promise of the three
    const { legal: _, ...rest } = body;
    expect((await send('POST', 'inquiries/preview', { body: rest, key: null })).json()).toMatchObject({
      counts: { asked: 3 },
      missing: [{ rule: 'G3' }, { rule: 'G3' }, { rule: 'G3' }, { rule: 'G7', link: inquiry.links.self }],
      approvalNeeded: false,
    });
    expect(inquiryViewSchema.parse((await send('GET', inquiry.links.self)).json())).toEqual(inquiry);
    expect(
      (await send('GET', `inquiries?caseId=${caseId}`)).json().items.map(({ inquiryId }: any) => inquiryId),
    ).toEqual([inquiry.inquiryId]);
  });

  it('is refused with everything that is wrong', async () => {
    const { body, caseId } = await prepare(place);
    const post = async (change: object) => problem(await send('POST', 'inquiries', { body: { ...body, ...change } }));
    expect(
      await post({
        scope: { categories: 'all', agencies: ['bank.nowhere', 'bank.bailu'], except: ['bank.gone'] },
        dueAt: '2020-01-01T00:00:00Z',
        approverId: 'usr_nobody',
        previousInquiryId: 'inq_0',
      }),
    ).toEqual({
      status: 400,
      code: 'validation',
      at: ['/scope/agencies/0', '/scope/except/0', '/dueAt', '/approverId', '/previousInquiryId'],
    });
    expect(
      await post({
        debtorId: 'deb_0',
        purpose: 'preservation',
        legal: { documentName: ' ', documentNumber: ' ', fileId: 'file_0' },
      }),
    ).toMatchObject({
      status: 422,
      code: 'purpose-guard',
      at: expect.arrayContaining([
        '/debtorId',
        '/legal/documentName',
        '/legal/documentNumber',
        '/legal/fileId',
        '/purpose',
      ]),
    });
    expect(await post({ scope: { categories: ['insurance'], agencies: 'all-entitled', except: [] } })).toMatchObject({
      status: 422,
      code: 'nothing-to-ask',
    });
    expect((await send('GET', `inquiries?caseId=${caseId}`)).json().items).toEqual([]);
  });

  it('is accepted while the queue is away', async () => {
    const away = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    const queue = { ...place.parts.queue, startInquiry: away, scheduleClose: away, counts: away };
    const gateway = await place.another({ queue });
    const { body } = await prepare(place);
    const reply = await call(gateway.url, { method: 'POST', path: 'inquiries' }, { body });
    expect(reply.status).toBe(202);
    expect(
      (await place.store.inquiries.openShards(1_000)).filter(({ inquiryId }) => inquiryId === reply.json().inquiryId),
    ).toHaveLength(3);
    expect((await call(gateway.url, { method: 'GET', path: '/health/ready' }, { token: null })).json()).toMatchObject({
      status: 'degraded',
    });
  });

  it('tells its lines in words, page by page while answers come in', async () => {
    const { inquiry } = await ask({ agencies: 'all-entitled' });
    const total = inquiry.counts.asked + inquiry.counts.notAsked;
    const path = `inquiries/${inquiry.inquiryId}/lines`;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = pageSchema(lineViewSchema).parse(
        (await send('GET', `${path}?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)).json(),
      );
      for (const { agencyId, words } of page.items) {
        seen.push(agencyId);
        expect(words.zh).not.toBe('');
      }
      if (seen.length === 5) await hear(place.store, inquiry.inquiryId, { 'bank.bailu': nothing });
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([total, total]);
    const filtered = (await send('GET', `${path}?verdict=nothing,found&category=bank`)).json();
    expect(filtered.items.map(({ agencyId }: any) => agencyId)).toEqual(['bank.bailu']);
    const { seq } = (await send('GET', `inquiries/${inquiry.inquiryId}`)).json();
    await hear(place.store, inquiry.inquiryId, { 'bank.qingsong': nothing });
    const changed = (await send('GET', `${path}?limit=1000&changedAfter=${seq}`)).json();
    expect(changed.items).toMatchObject([{ agencyId: 'bank.qingsong', verdict: 'nothing' }]);
    expect((await send('GET', `${path}?changedAfter=${seq + 1}`)).json()).toEqual({ items: [], nextCursor: null });
    const first = await send('GET', `${path}?limit=2&reason=pending`);
    expect(first.headers.get('link')).toMatch(/^<\/api\/v1\/inquiries\/.*cursor=.*>; rel="next"$/);
    expect(problem(await send('GET', `${path}?reason=overdue&cursor=${first.json().nextCursor}`))).toMatchObject({
      code: 'cursor-invalid',
    });
    expect(problem(await send('GET', `${path}?verdict=maybe`))).toMatchObject({
      code: 'validation',
      at: ['verdict.0'],
    });
  });

  it('waits for news when asked to', async () => {
    const { inquiry } = await ask();
    const waiting = send('GET', `${inquiry.links.self}?after=${inquiry.seq}&wait=20`);
    await hear(place.store, inquiry.inquiryId, { 'bank.bailu': nothing });
    expect((await waiting).json()).toMatchObject({ status: 'partial', counts: { answered: 1 } });
  });

  it('asks again only what has no answer, and withdraws what is open', async () => {
    const { inquiry } = await ask();
    const { inquiryId } = inquiry;
    await hear(place.store, inquiryId, { 'bank.bailu': nothing });
    await hear(place.store, inquiryId, { 'registry.jing': refused });
    const requery = (lines: unknown) =>
      send('POST', `inquiries/${inquiryId}/requeries`, { body: { lines, reason: 'test' } });
    expect(
      problem(
        await requery([
          { agencyId: 'bank.bailu', category: 'bank' },
          { agencyId: 'bank.none', category: 'bank' },
        ]),
      ),
    ).toMatchObject({ status: 409, at: ['/lines/0', '/lines/1'] });
    expect((await requery('all-unanswered')).json()).toMatchObject({ asked: 1, left: 1 });
    const cancelled = await send('POST', `inquiries/${inquiryId}/cancellation`, {
      body: { lines: 'all-open', reason: 'withdrawn' },
    });
    expect([cancelled.status, cancelled.json()]).toEqual([202, { inquiryId, cancelled: 2 }]);
    expect(
      problem(
        await send('POST', `inquiries/${inquiryId}/cancellation`, { body: { lines: 'all-open', reason: 'again' } }),
      ),
    ).toMatchObject({ status: 409, code: 'state-conflict' });
    expect((await send('GET', inquiry.links.self)).json()).toMatchObject({
      counts: { nothing: 1, noAnswer: 2 },
      byReason: { cancelled: 2 },
    });
  });
});

describe('a report', () => {
  it('is live, or an immutable version', async () => {
    const { inquiry } = await ask();
    await hear(place.store, inquiry.inquiryId, { 'bank.bailu': nothing });
    const own = `inquiries/${inquiry.inquiryId}`;
    const live = liveReportSchema.parse((await send('GET', `${own}/report`)).json());
    expect(live).toMatchObject({
      live: true,
      status: 'partial',
      simulated: true,
      coverage: { counts: { nothing: 1, noAnswer: 2 } },
    });
    const cut = await send('POST', `${own}/report-versions`);
    const version = reportSchema.parse(cut.json());
    expect([cut.status, cut.headers.get('location'), version.contentHash]).toEqual([
      201,
      `/api/v1/reports/${version.reportId}`,
      live.contentHash,
    ]);
    expect(problem(await send('POST', `${own}/report-versions`))).toMatchObject({
      status: 409,
      code: 'state-conflict',
    });
    const read = await send('GET', `reports/${version.reportId}`);
    expect([read.headers.get('etag'), read.json()]).toEqual([`"${version.contentHash}"`, cut.json()]);
    const unchanged = await send('GET', `reports/${version.reportId}`, {
      headers: { 'if-none-match': `"${version.contentHash}"` },
    });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
    expect((await send('GET', `${own}/report-versions`)).json().items).toMatchObject([
      { reportVersion: 1, cause: 'requested' },
    ]);
  });
});

describe('lists', () => {
  it('are walked with limit 1 while rows are added: nothing twice, nothing missed', async () => {
    await ask();
    for (const [path, id] of [
      ['cases', 'caseId'],
      ['inquiries', 'inquiryId'],
    ] as const) {
      const whole = (await send('GET', `${path}?limit=200`)).json().items.map((item: any) => item[id]);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = (await send('GET', `${path}?limit=1${cursor && `&cursor=${cursor}`}`)).json();
        seen.push(...page.items.map((item: any) => item[id]));
        cursor = page.nextCursor;
        if (seen.length === 2) await ask();
      }
      expect(seen).toEqual(whole);
    }
    const agencies = (await send('GET', 'agencies?limit=200')).json().items;
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = (await send('GET', `agencies?limit=1&category=vehicle${cursor && `&cursor=${cursor}`}`)).json();
      walked.push(...page.items.map(({ agencyId }: any) => agencyId));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(
      agencies.filter(({ category }: any) => category === 'vehicle').map(({ agencyId }: any) => agencyId),
    );
  });
});
