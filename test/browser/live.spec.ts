import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('the progress of an inquiry', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole({ latency: 1 })));
  afterAll(() => place?.stop());

  it('shows answers as they come, dead agencies as no answer, and the end, in both languages', async () => {
    await place.setFaults([{ agencyId: 'vehicle.jing', category: null, fault: 'down', times: null, afterMs: null }]);
    const inquiryId = await place.court.ask(person, { dueInMs: 20_000 });
    const page = await place.signIn('usr_zhao', `/console/inquiries/${inquiryId}`);
    await page.getByRole('heading', { name: '查询进度' }).waitFor();
    await page.locator('[data-count="found"]').waitFor();
    await page.locator('.verdict-tag[data-verdict="found"]').first().waitFor();
    await place.court.closed(inquiryId, { timeoutMs: 60_000 });
    await page.locator('[data-connection="over"]').waitFor({ timeout: 30_000 });
    expect(await page.title()).toMatch(/^\d+\/\d+ /);
    const dead = page.locator('tr, .ant-table-row', { hasText: '京·示例车辆管理所' }).first();
    await dead.waitFor();
    expect(await dead.textContent()).toMatch(/未反馈/);
    expect(await dead.locator('circle').count()).toBe(0);
    await expectNoAxe(page);
    await shot(page, 'progress-zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Progress' }).waitFor();
    await expectNoAxe(page);
  });
});
