import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('a report on the screen', () => {
  let place: ConsolePlace;
  let inquiryId: string;
  beforeAll(async () => {
    place = await openConsole();
    await place.setFaults([{ agencyId: null, category: 'vehicle', fault: 'down', times: null, afterMs: null }]);
    inquiryId = await place.court.ask(person, { dueInMs: 8_000 });
    await place.court.closed(inquiryId, { timeoutMs: 60_000 });
  });
  afterAll(() => place?.stop());

  const list = (page: Page, verdict: string) => page.locator(`[data-list="${verdict}"]`);

  it('keeps "no answer" and "nothing" apart in every list, figure and sign', async () => {
    const live = await place.court.live(inquiryId);
    const { counts, lines } = live.coverage;
    expect(counts.noAnswer).toBeGreaterThan(3);
    expect(counts.nothing).toBeGreaterThan(3);
    const page = await place.signIn('usr_zhao', `/console/inquiries/${inquiryId}/report`);
    await page.locator('.sentence').waitFor();
    expect((await page.locator('.sentence').textContent())?.trim()).toBe(live.summary.sentence.zh);
    for (const [part, count] of Object.entries({
      found: counts.found,
      nothing: counts.nothing,
      'no-answer': counts.noAnswer,
      'not-asked': counts.notAsked,
    })) {
      expect(await page.locator(`.coverage-strip [data-count="${part}"] .coverage-count`).textContent()).toBe(
        `${count}`,
      );
      const agencies = lines.filter(({ verdict }) => verdict === part).map(({ agencyName }) => agencyName);
      const text = (await list(page, part).textContent()) ?? '';
      for (const name of agencies) expect(text).toContain(name);
      expect(await list(page, part).locator('.verdict-tag').count()).toBe(agencies.length);
      for (const tag of await list(page, part).locator('.verdict-tag').all())
        expect(await tag.getAttribute('data-verdict')).toBe(part);
    }
    // the ring and its words stand only where an agency said "nothing"
    expect(await list(page, 'no-answer').locator('tbody circle').count()).toBe(0);
    expect(await list(page, 'no-answer').locator('tbody').textContent()).not.toMatch(/无财产/);
    for (const total of await page.locator('.total-amount').allTextContents()) expect(total).toMatch(/^≥ /);
    const vehicles = page.locator('[data-category="vehicle"]');
    expect(await vehicles.getAttribute('data-verdict')).toBe('no-answer');
    await expectNoAxe(page);
    await shot(page, 'report-partial-zh-CN');
  });

  it('leads from a figure to the message it comes from, with a reason', async () => {
    const page = await place.signIn('usr_zhao', `/console/inquiries/${inquiryId}/report`);
    await page.locator('.source').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('原文散列').waitFor();
    await expectNoAxe(page);
    await drawer.getByLabel('查看原文的事由（留痕）').fill('核对余额');
    await drawer.getByRole('button', { name: '查看原文' }).click();
    await drawer.locator('pre').first().waitFor();
    expect(((await drawer.locator('pre').first().textContent()) ?? '').length).toBeGreaterThan(50);
    await page.keyboard.press('Escape');
  });

  it('is kept as a version, which the address names, and is another court’s nothing at all', async () => {
    const page = await place.signIn('usr_zhao', `/console/inquiries/${inquiryId}/report`);
    await page.locator('.versions a').first().click();
    await page.waitForURL(/\/console\/reports\/rep_/);
    await page.getByRole('heading', { name: /报告第 \d+ 版/ }).waitFor();
    await page.getByText('（不可更改）').waitFor();
    const { pathname } = new URL(page.url());
    const stranger = await place.signIn('usr_qian', pathname);
    await stranger.locator('[data-failure="not-found"]').waitFor();
    expect(await stranger.locator('.sentence').count()).toBe(0);
  });
});
