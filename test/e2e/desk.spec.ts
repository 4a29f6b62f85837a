import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Product, startProduct } from './product.ts';
import { eventually, repository } from './running-process.ts';

jest.setTimeout(120_000);

let product: Product;
beforeAll(async () => {
  product = await startProduct({
    configure: (configDir) => {
      for (const folder of ['channels', 'agencies'])
        cpSync(join(repository, 'config/examples/manual-desk', folder), join(configDir, folder), { recursive: true });
    },
  });
});
afterAll(() => product?.stop());

const form = (name: string) =>
  JSON.parse(readFileSync(join(repository, `libs/adapters/src/manual/fixtures/forms/${name}.json`), 'utf8'));
const debtor = { kind: 'natural' as const, name: '张三', idNumber: '110100199003074112' };

it('an answer on paper ends an inquiry like any other, and a later one makes a later version that says what changed', async () => {
  const { court } = product;
  const inquiryId = await court.ask(debtor, { agencies: ['registry.county', 'vehicle.jing'] });
  const task = await eventually('the task in the list', async () => {
    const { items } = (await court.request('GET', 'manual-tasks?limit=200')).json();
    return items.find((each: { inquiryId: string }) => each.inquiryId === inquiryId);
  });
  const fileId = await court.upload();
  const answer = async (name: string) => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { ...form(name), fileIds: [fileId] };
    return (await court.request('POST', `manual-tasks/${task.requestNumber}/answer`, { body, headers })).json();
  };
  expect(await answer('nothing')).toMatchObject({ outcome: 'accepted', late: false });
  const first = await court.closed(inquiryId, { complete: true });
  const lineOf = ({ coverage }: typeof first) => coverage.lines.find(({ agencyId }) => agencyId === 'registry.county');
  expect(lineOf(first)).toMatchObject({ verdict: 'nothing', mode: 'manual', rawMessageHash: expect.any(String) });

  expect(await answer('nothing')).toMatchObject({ outcome: 'repeated' });
  expect(await answer('found')).toMatchObject({ outcome: 'changed', late: true });
  const second = await eventually('a second version', async () => {
    const { latestReport } = await court.inquiry(inquiryId);
    return latestReport !== null && latestReport.reportId !== first.reportId && latestReport.reportId;
  });
  const changed = (await court.request('GET', `reports/${second}?include=changes`)).json();
  expect(lineOf(changed)).toMatchObject({ verdict: 'found', assetCount: 1 });
  expect([changed.reportVersion, changed.supersedes]).toEqual([first.reportVersion + 1, first.reportId]);
  expect(changed.changes.lines).toContainEqual(
    expect.objectContaining({
      agencyId: 'registry.county',
      before: 'nothing',
      after: 'found',
      transition: 'new-asset',
    }),
  );
  expect((await court.report(first.reportId)).contentHash).toBe(first.contentHash); // the first one stays as it was
});
