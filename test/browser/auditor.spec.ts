import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(240_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('the auditor', () => {
  let place: ConsolePlace;
  beforeAll(async () => {
    place = await openConsole({
      environment: { CHAKONG_AUDIT_THRESHOLDS: 'night-burst=10,same-person=2,many-people=50,refusals=10' },
    });
    for (let at = 0; at < 3; at += 1) await place.court.ask(person, { dueInMs: 8_000, reason: '重复核对' });
  });
  afterAll(() => place?.stop());

  it('goes from what looks unusual to the entries, and takes them along as a pack', async () => {
    const page = await place.signIn('usr_zheng', '/console/audit');
    const card = page.locator('[data-anomaly]').first();
    await card.waitFor();
    await card
      .getByRole('link', { name: /^查看第/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('[data-entry="action"]').waitFor();
    await expectNoAxe(page);
    await shot(page, 'audit-entry-zh-CN');
    await page.keyboard.press('Escape');

    await card.getByRole('link', { name: /^取证/ }).click();
    await page.waitForURL((at) => at.searchParams.has('pack'));
    const [, to = ''] = (new URL(page.url()).searchParams.get('pack') ?? '').split('-');
    // the form is another one for another range; what is typed before that is gone with the old one
    await page.locator(`input[value="${to}"]`).waitFor();
    await page.getByLabel('制作事由（留痕）').fill('核查线索');
    await page.getByRole('button', { name: '制作证据包' }).click();
    await page.locator('[data-pack]').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载证据包' }).click();
    const download = await downloading;
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    await page.locator(`[data-hash="${hash}"]`).waitFor();
    await expectNoAxe(page);
    await shot(page, 'audit-pack-zh-CN');
  });

  it('keeps the filter in the address, and nothing of a person', async () => {
    const page = await place.signIn('usr_zheng', '/console/audit?action=inquiry.sent', { language: 'en' });
    const table = page.getByRole('region', { name: 'Entries that fit' });
    await table.locator('tbody tr[data-row-key]').first().waitFor();
    const acts = await table.locator('tbody tr[data-row-key] td:nth-child(4)').allTextContents();
    expect(new Set(acts)).toEqual(new Set(['inquiry.sent']));
    const officer = page.getByLabel('Officer id');
    await officer.fill(person.idNumber);
    await officer.press('Enter');
    await page.getByText('An id begins with usr_').waitFor();
    expect(page.url()).not.toContain(person.idNumber);
    await officer.fill('usr_qian'); // who has sent nothing
    await officer.press('Enter');
    await page.getByText('No entry fits; try fewer conditions.').waitFor();
    expect(new URL(page.url()).search).toBe('?action=inquiry.sent&officer=usr_qian');
    await expectNoAxe(page);
  });
});

inBrowser('whoever holds a document', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('finds out whether it is ours, which version it is, and whether it was changed', async () => {
    const inquiryId = await place.court.ask(person, { dueInMs: 8_000 });
    const report = await place.court.closed(inquiryId, { timeoutMs: 60_000 });
    const page = await place.signIn('usr_sun', '/console/verify'); // an operator, who sees no report
    const file = page.getByLabel('选择文件');
    const drop = (value: object) =>
      file.setInputFiles({
        name: 'report.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(value)),
      });
    await drop(report);
    await page.getByText(`内容与本系统保存的第 ${report.reportVersion} 版一致`).waitFor();
    await page.locator('[data-later]').waitFor(); // a late answer may have made a version after it
    await expectNoAxe(page);
    await shot(page, 'verify-zh-CN');
    await drop({ ...report, reportVersion: report.reportVersion + 1 });
    await page.getByText(/不是本系统出具的版本/).waitFor();
    await drop({ ...report, generatedAt: '2026-01-01T00:00:00+08:00' });
    await page.getByText('文件内容与其自带的哈希不符').waitFor();

    const english = await place.signIn('usr_sun', '/console/verify', { language: 'en' });
    await english
      .getByLabel('Report number (or the text of the QR code)')
      .fill(`${report.reportId} ${report.reportVersion} ${report.contentHash}`);
    await english.getByRole('button', { name: 'Check', exact: true }).click();
    await english.getByText(`It is version ${report.reportVersion}, made here`).waitFor();
    await expectNoAxe(english);
    expect(new URL(english.url()).search).toBe('');
  });
});
