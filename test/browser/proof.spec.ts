import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('what proves it', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('is a pack of the ledger that an auditor takes along, with a reason', async () => {
    await place.court.openCase();
    const page = await place.signIn('usr_zheng', '/console/audit');
    const make = page.getByRole('button', { name: '制作证据包' });
    await make.waitFor();
    expect(await make.isDisabled()).toBe(true);
    await page.getByLabel('制作事由（留痕）').fill('季度核查');
    await make.click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载证据包' }).click(),
    ]);
    expect(
      readFileSync(await download.path())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\x03\x04');
    await expectNoAxe(page);
  });

  it('is the seal of a report, read from its QR code, and no other', async () => {
    const inquiryId = await place.court.ask(person, { dueInMs: 6_000 });
    const { reportId, reportVersion, contentHash } = await place.court.closed(inquiryId, { timeoutMs: 60_000 });
    const page = await place.signIn('usr_zhao', '/console/verify');
    const field = page.getByRole('textbox');
    await field.fill('rep_1');
    await page.getByText('还不完整').waitFor();
    await field.fill(`${reportId} ${reportVersion} ${contentHash}`);
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await page.locator('[data-result="valid"]').waitFor();
    await expectNoAxe(page);
    await shot(page, 'verify-zh-CN');
    await field.fill(
      `${reportId} ${reportVersion} ${contentHash.slice(0, -1)}${contentHash.endsWith('0') ? '1' : '0'}`,
    );
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await page.locator('[data-result="not-valid"]').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(/Do not act on it/).waitFor();
    await expectNoAxe(page);
  });
});
