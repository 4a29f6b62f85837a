import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { syntheticDebtor } from '../../apps/simulator/src/index.ts';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(240_000);

inBrowser('the engine room', () => {
  let place: ConsolePlace;
  beforeAll(
    async () =>
      (place = await openConsole({
        channelText: (text) => text.replace('resetTimeoutMs: 5000', 'resetTimeoutMs: 600000'), // stays open for this spec
      })),
  );
  afterAll(() => place?.stop());

  it('shows an agency that dies, what waits for it, and asks again once it is back', async () => {
    const rule = { category: null, times: null, afterMs: null } as const;
    await place.setFaults([
      { ...rule, agencyId: 'vehicle.jing', fault: 'down' },
      { ...rule, agencyId: 'registry.jing', fault: 'garbage' },
    ]);
    const asked = Array.from({ length: 8 }, (_, n) => n).map((n) =>
      place.court.ask(syntheticDebtor(3, n), {
        ...{ dueInMs: 12_000, categories: ['vehicle', 'real-estate'] },
        agencies: ['vehicle.jing', 'registry.jing'],
      }),
    );
    const inquiryIds = await Promise.all(asked);
    for (const inquiryId of inquiryIds) await place.court.closed(inquiryId, { timeoutMs: 60_000 });

    const page = await place.signIn('usr_sun', '/console/ops');
    const dead = page.locator('tr[data-row-key="vehicle.jing"]');
    await dead.waitFor();
    expect(await dead.textContent()).toContain('熔断');
    await page.getByText(/条通道：\d+ 正常/).waitFor();
    await expectNoAxe(page);
    await shot(page, 'operations-zh-CN');

    await place.setFaults([]);
    await dead.getByRole('button', { name: '补查…' }).click();
    await page.locator('[data-inquiries]').waitFor();
    expect(Number(await page.locator('[data-inquiries]').getAttribute('data-inquiries'))).toBeGreaterThan(0);
    const run = page.getByRole('button', { name: '补查未反馈的' });
    expect(await run.isDisabled()).toBe(true); // not without a reason
    await page.getByLabel('事由（留痕）').fill('机构线路已恢复');
    await expectNoAxe(page);
    await run.click();
    await page.locator('[data-asked]').waitFor();
    expect(Number(await page.locator('[data-asked]').getAttribute('data-asked'))).toBeGreaterThan(0);
    await page.getByRole('dialog').locator('.ant-btn-default').click();

    await dead.getByRole('link').click();
    await page.locator('[data-breaker="open"]').waitFor();
    await page.getByText('连续失败').waitFor();
    await expectNoAxe(page);
    await shot(page, 'operations-agency-zh-CN');
    await page.getByRole('button', { name: '解除熔断' }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/理由|事由/)
      .fill('机构确认已恢复');
    await page.getByRole('dialog').locator('.ant-btn-primary').click();
    await page.locator('[data-breaker="closed"]').waitFor();
  });

  it('holds a channel with a reason that operators read, and lets it go on', async () => {
    const page = await place.signIn('usr_sun', '/console/ops');
    const channel = page.locator('tr[data-row-key="vehicle-national"]');
    await channel.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('.ant-btn-primary').isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('线路维护');
    await dialog.locator('.ant-btn-primary').click();
    await channel.getByText('已暂停').waitFor();
    await channel.getByText('原因：线路维护').waitFor();
    await channel.getByRole('button').click();
    await page.getByRole('dialog').locator('.ant-btn-primary').click();
    await channel.getByText('原因：线路维护').waitFor({ state: 'detached' });
  });

  it('lists what operators are told, and reads messages again that could not be read', async () => {
    const page = await place.signIn('usr_sun', '/console/ops/events');
    await page.locator('tr[data-row-key]').first().waitFor();
    await expectNoAxe(page);
    await shot(page, 'operations-events-zh-CN');
    await page.goto(`${place.url}/console/ops/quarantine`);
    await page.locator('tr[data-row-key]').first().waitFor();
    await expectNoAxe(page);
    await page.getByRole('button', { name: '选择本页全部' }).click();
    await page.getByRole('button', { name: /^重新判读所选 [1-9]/ }).click();
    await page.getByRole('dialog').locator('.ant-btn-primary').click();
    await page.locator('[data-chosen]').waitFor();
    expect(Number(await page.locator('[data-chosen]').getAttribute('data-chosen'))).toBeGreaterThan(0);
    await page.getByRole('dialog').locator('.ant-btn-default').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Quarantine' }).waitFor();
    await expectNoAxe(page);
  });
});
