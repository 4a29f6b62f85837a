import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { problemSchema } from '#contracts';
import { syntheticDebtor } from '../../apps/simulator/src/index.ts';
import { type Court, debtorBody, openCourt, type Reply, sampleCase } from './court.ts';
import { type Product, startProduct, tokens } from './product.ts';

jest.setTimeout(120_000);

describe('bad input over the whole product', () => {
  let product: Product;
  let court: Court;
  let caseId: string;
  beforeAll(async () => {
    product = await startProduct();
    court = product.court;
    caseId = await court.openCase();
  });
  afterAll(() => product?.stop());

  const person = syntheticDebtor(1, 4_242);
  const withKey = (key: string = randomUUID()) => ({ 'idempotency-key': key });
  /** A problem as it must be, and what it says in short. */
  const problemOf = (reply: Reply) => {
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const { code, status, errors } = problemSchema.parse(reply.json());
    expect(status).toBe(reply.status);
    return { status, code, at: errors.map(({ pointer, parameter }) => pointer ?? parameter ?? '') };
  };

  it('refuses JSON that is none, another content type, and a body over the limit', async () => {
    const json = { ...withKey(), 'content-type': 'application/json' };
    expect(problemOf(await court.request('POST', 'cases', { raw: '{"caseNumber": ', headers: json }))).toMatchObject({
      status: 400,
      code: 'malformed',
    });
    expect(
      problemOf(
        await court.request('POST', 'cases', {
          raw: 'caseNumber=1',
          headers: { ...withKey(), 'content-type': 'text/plain' },
        }),
      ),
    ).toMatchObject({ status: 415 });
    const large = JSON.stringify({ ...sampleCase, legalBasis: 'x'.repeat(2_000_000) });
    expect(problemOf(await court.request('POST', 'cases', { raw: large, headers: json }))).toMatchObject({
      status: 413,
      code: 'too-large',
    });
  });

  it('names all unknown and wrong fields at once', async () => {
    const body = { ...sampleCase, caseNumber: 7, claim: { amount: 2_000_000, currency: 'CNY' }, colour: 'blue' };
    const { status, code, at } = problemOf(await court.request('POST', 'cases', { body, headers: withKey() }));
    expect({ status, code }).toEqual({ status: 400, code: 'validation' });
    expect(at).toEqual(expect.arrayContaining(['/caseNumber', '/claim/amount', '/colour']));
    expect(problemOf(await court.request('GET', 'agencies?categroy=bank'))).toMatchObject({
      status: 400,
      code: 'unknown-parameter',
    });
  });

  it('asks to confirm a wrong check digit and an old number of 15 digits, and refuses what is no number', async () => {
    const add = (number: string) =>
      court.request('POST', `cases/${caseId}/debtors`, {
        body: debtorBody({ ...person, kind: 'natural', idNumber: number }),
        headers: withKey(),
      });
    const wrongDigit = await add('110100199003074113');
    expect({
      status: wrongDigit.status,
      codes: wrongDigit.json().warnings.map(({ code }: { code: string }) => code),
    }).toEqual({ status: 201, codes: ['checksum-failed'] });
    const old = await add('110100900307411');
    expect({ status: old.status, codes: old.json().warnings.map(({ code }: { code: string }) => code) }).toEqual({
      status: 201,
      codes: ['id15-only'],
    });
    expect(problemOf(await add('11010019900307'))).toMatchObject({ status: 400, at: ['/ids/0/number'] });
    expect(problemOf(await add('not a number at all'))).toMatchObject({ status: 400, at: ['/ids/0/number'] });
  });

  it('asks about an old number as it is', async () => {
    const report = await court.closed(await court.ask({ kind: 'natural', name: '张三', idNumber: '110100900307411' }));
    expect(report.coverage.counts).toMatchObject({ asked: 60, noAnswer: 0 });
    expect(report.debtor.ids.map(({ number }) => number)).toEqual(['110100900307411']);
  });

  it('gives no name to a bank that would mangle it, and asks the others', async () => {
    const name = '演示𠮷';
    const idNumber = await rareDebtorNumber();
    const added = await court.request('POST', `cases/${caseId}/debtors`, {
      body: debtorBody({ kind: 'natural', name, idNumber }),
      headers: withKey(),
    });
    expect(added.json().warnings.map(({ code }: { code: string }) => code)).toContain('rare-character');
    const inquiryId = await court.ask({ kind: 'natural', name, idNumber });
    const report = await court.closed(inquiryId);
    const banks = report.coverage.lines.filter(({ channelId }) => channelId === 'bank-national');
    expect(
      new Set(
        banks.map(({ verdict, reason, reasonCode, attempts }) => `${verdict} ${reason} ${reasonCode} ${attempts}`),
      ),
    ).toEqual(new Set(['no-answer identity-mismatch lossy-encoding 0']));
    const requestNumbers = new Set(banks.map(({ requestNumber }) => requestNumber));
    const calls = Object.keys(await product.calls());
    expect(calls.filter((call) => requestNumbers.has(call.split(' ')[1] ?? ''))).toEqual([]);
    const registries = report.coverage.lines.filter(({ category }) => category === 'real-estate');
    expect(registries.length).toBeGreaterThan(0);
    expect(registries.every(({ verdict }) => verdict === 'found' || verdict === 'nothing')).toBe(true);
  });

  const rareDebtorNumber = async (): Promise<string> => {
    const { magicDebtors } = await import('../../apps/simulator/src/index.ts');
    return magicDebtors.find(({ scenario }) => scenario === 'rare-character')!.idNumber;
  };

  it('gives the same inquiry for the same key and body, and 422 for another body', async () => {
    const body = await court.inquiryBody(person);
    const key = randomUUID();
    const post = (sent: unknown) => court.request('POST', 'inquiries', { body: sent, headers: withKey(key) });
    const together = await Promise.all([post(body), post(body), post(body)]);
    const accepted = together.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(together.every(({ status }) => status === 202 || status === 409)).toBe(true);
    const again = await post(body);
    expect({ status: again.status, replayed: again.headers.get('idempotency-replayed') }).toEqual({
      status: 202,
      replayed: 'true',
    });
    expect(new Set([...accepted, again].map((reply) => reply.json().inquiryId)).size).toBe(1);
    expect(problemOf(await post({ ...body, dueAt: null }))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    expect(problemOf(await court.request('POST', 'inquiries', { body }))).toMatchObject({
      status: 400,
      code: 'idempotency-key-required',
    });
    const listed = (await court.request('GET', `inquiries?caseId=${String(body['caseId'])}&limit=200`)).json()
      .items as { debtorId: string }[];
    expect(listed.filter(({ debtorId }) => debtorId === body['debtorId'])).toHaveLength(1);
  });

  it('refuses an agency that does not exist, and an inquiry without its grounds', async () => {
    const body = await court.inquiryBody(person, { agencies: ['bank.bailu', 'bank.nowhere'] });
    expect(problemOf(await court.request('POST', 'inquiries', { body, headers: withKey() }))).toMatchObject({
      status: 400,
      at: ['/scope/agencies/1'],
    });
    const groundless = {
      ...body,
      scope: { categories: 'all', agencies: 'all-entitled', except: [] },
      caseId: 'case_00000000000000000000000000',
      legal: { ...(body['legal'] as object), fileId: 'file_00000000000000000000000000' },
    };
    const { status, at } = problemOf(
      await court.request('POST', 'inquiries', { body: groundless, headers: withKey() }),
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(at.length).toBeGreaterThan(1);
  });

  it('shows nothing of another court, not even that it exists', async () => {
    const inquiryId = await court.ask(person, { categories: ['vehicle'], reason: '复查' });
    const other = openCourt(product.gatewayUrl, tokens.qian);
    const paths = [
      `cases/${caseId}`,
      `inquiries/${inquiryId}`,
      `inquiries/${inquiryId}/report`,
      `inquiries/${inquiryId}/lines`,
      `inquiries/${inquiryId}/events`,
    ];
    for (const path of paths)
      expect(problemOf(await other.request('GET', path))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problemOf(await openCourt(product.gatewayUrl, 'ckt_guessed').request('GET', 'me'))).toMatchObject({
      status: 401,
    });
  });

  it('leaves no way out by a path', async () => {
    for (const path of [
      '/api/v1/../../../../etc/passwd',
      '/api/reference/../../../package.json',
      '/problems/..%2f..%2fpackage.json',
      '/problems/%2e%2e/%2e%2e/etc/passwd',
      '/api/v1/cases/..%2F..%2Fme',
      '/ops/queues/../../health/live%00',
    ]) {
      const { status, text } = await rawGet(product.gatewayUrl, path);
      expect({ path, isRefused: status >= 300 && status < 500 }).toEqual({ path, isRefused: true });
      expect(text).not.toMatch(/root:|chakong-gateway|dependencies/);
    }
  });
});

/** Sends the path as it is; `fetch` would tidy it up. */
const rawGet = (url: string, path: string): Promise<{ status: number; text: string }> =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, path, headers: { authorization: `Bearer ${tokens.zhao}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
    })
      .on('error', failed)
      .end();
  });
