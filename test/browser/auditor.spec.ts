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
