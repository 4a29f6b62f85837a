import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('those who look over an officer’s shoulder', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('approve what somebody else asked for, and only then it is sent', async () => {
    const body = await place.court.inquiryBody(person, { reason: '需查交易明细' });
    const asked = await place.court.request('POST', 'approvals', {
      body: { ...body, transactionPeriod: { from: '2026-01-01', to: '2026-03-31' } },
      headers: { 'idempotency-key': randomUUID() },
    });
    const { approvalId } = asked.json();
    expect([asked.status, approvalId]).toEqual([202, expect.stringMatching(/^apr_/)]);
    const own = await place.signIn('usr_zhao', `/console/approvals/${approvalId}`);
    await own.getByText('您提出的查询须由他人审批').waitFor();
    expect(await own.getByRole('button', { name: '同意并发出' }).count()).toBe(0);

    const page = await place.signIn('usr_zhou', '/console/approvals');
    await page.getByRole('link', { name: approvalId }).click();
    await page.getByText('查询交易明细').waitFor();
    const approve = page.getByRole('button', { name: '同意并发出' });
    expect(await approve.isDisabled()).toBe(true);
    await page.getByLabel('审批意见（留痕）').fill('同意');
    await expectNoAxe(page);
    await shot(page, 'approval-zh-CN');
    await approve.click();
    await page.getByText('已发出').waitFor();
    await page.getByRole('link', { name: '查看查询' }).waitFor();
  });

  it('read the ledger, check its chain, and find everything about one person', async () => {
    const page = await place.signIn('usr_zheng', '/console/audit');
    await page.getByRole('button', { name: '核验整条留痕链' }).click();
    await page.getByText(/连续且未被改动/).waitFor();
    await page.getByLabel('号码或编号').fill(person.idNumber);
    await page.getByRole('button', { name: '查找', exact: true }).click();
    const found = page.getByRole('region', { name: '与此人有关的全部留痕' });
    await found.getByText('approval.').first().waitFor();
    expect(new URL(page.url()).search).toBe('');
    await expectNoAxe(page);
    await shot(page, 'audit-zh-CN');
    // nothing of a debtor is in the auditor's menu
    expect(await page.getByRole('navigation').textContent()).not.toMatch(/工作台/);
  });

  it('see in the directory how every agency answers', async () => {
    const page = await place.signIn('usr_wang', '/console/agencies');
    await page.getByText('白鹭示例银行').first().waitFor();
    await page.getByLabel('按名称或编号查找').fill('车辆管理所');
    await page.getByText('京·示例车辆管理所').waitFor();
    await expectNoAxe(page);
    await page.getByLabel('按名称或编号查找').fill('没有这样的机构');
    await page.getByText('没有符合的机构').waitFor();
  });
});
